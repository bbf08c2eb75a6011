"""Hands mails to the mail server; what the server says comes back as a value."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from email.message import EmailMessage

from aggregator.mail.returning import is_about_address
from aggregator.model.mail import Encryption, MailServer

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why a mail was not taken; `for_good` if asking again would be answered the same.

    `is_nobody` if that is because the address is nobody's any more.
    """

    reason: str
    for_good: bool = False
    is_nobody: bool = False


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection to the server, secured and logged in as its settings say.

    Raises OSError (smtplib's errors are among them) when there is none to be had.
    """
    context = ssl.create_default_context()
    if server.encryption is Encryption.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.encryption is Encryption.STARTTLS:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        yield connection
        with suppress(OSError):
            connection.quit()
    finally:
        connection.close()


def send(connection: smtplib.SMTP, message: EmailMessage) -> NotSent | None:
    """Hand over one message; None when the server took it."""
    try:
        connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        told = answered(code, said)
        return replace(told, is_nobody=told.for_good and is_about_address(code, told.reason))
    except smtplib.SMTPSenderRefused as refused:
        # Our own address is not welcome: a matter of the settings, not of whom we write to.
        return replace(answered(refused.smtp_code, refused.smtp_error), for_good=False)
    except smtplib.SMTPResponseException as refused:
        return answered(refused.smtp_code, refused.smtp_error)
    except OSError as error:
        return NotSent(type(error).__name__)
    return None


def answered(code: int, said: bytes | str) -> NotSent:
    """What the server's refusal means: from 500 on it is final (RFC 5321 section 4.2.1)."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return NotSent(f"{code} {words}"[:300], for_good=code >= 500)
