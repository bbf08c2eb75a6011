"""From a mail to its bytes on the wire (RFC 5322), by Python's own email package."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr

from aggregator.model.mail import QueuedMail, mail_address

LONGEST_SUBJECT = 200
LONGEST_LINE = 900
# The email package refuses line breaks in values, but up to Python 3.12 not in names.
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z-]*")


class WholeLines(EmailPolicy):
    """As SMTP wants it, but a header of plain ASCII stays one line.

    Python folds addresses of web pages into encoded words, by which nobody can unsubscribe any more.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes (RFC 5322 section 2.1.1 allows lines of 998)."""
        if value.isascii() and len(value) <= LONGEST_LINE:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


def compose(queued: QueuedMail, sender: str, now: datetime) -> EmailMessage:
    """The message as it goes to the mail server.

    Raises ValueError for an address that is none, and for a header that would break its line, so that
    nothing that a visitor wrote can become a header of its own.
    """
    mail = queued.mail
    if mail_address(mail.to) != mail.to:
        raise ValueError("this is not a mail address")
    message = EmailMessage(policy=WholeLines(linesep="\r\n"))
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = one_line(mail.subject)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(queued, sender)
    # No one's absence note shall answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers:
        if not HEADER_NAME.fullmatch(name):
            raise ValueError("this is not the name of a header")
        message[name] = value
    message.set_content(mail.text, cte="quoted-printable")
    return message


def one_line(text: str) -> str:
    """The text without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def message_id(queued: QueuedMail, sender: str) -> str:
    """The same at every attempt, so that a mail that arrives twice is known to be one."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{queued.queued_at:%Y%m%d%H%M%S}.{queued.id}.{queued.mail.purpose}@{domain}>"
