"""A real mail server on this machine, and what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from aggregator.model.mail import Encryption, MailServer

TAKEN = "250 OK"


class OnAnyPort(Controller):
    """aiosmtpd on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Letterbox:
    """Takes mails, or says what `answers` holds for a recipient."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.port = 0

    @property
    def server(self) -> MailServer:
        """How the program reaches it."""
        return MailServer("127.0.0.1", self.port, "Kalender <kalender@example.org>", encryption=Encryption.NONE)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        answer = self.answers.get(to, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.raw.append(content)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return TAKEN

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def open_letterbox() -> Iterator[Letterbox]:
    """A mail server on loopback for as long as the block lasts."""
    letterbox = Letterbox()
    controller = OnAnyPort(letterbox, hostname="127.0.0.1", port=0)
    controller.start()
    letterbox.port = controller.port
    try:
        yield letterbox
    finally:
        controller.stop()
