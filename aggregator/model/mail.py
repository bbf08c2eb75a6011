"""One mail to one person, before it becomes bytes; and what the mail server must be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Mail:
    """What is to be sent: plain text to one address.

    `to` was read by `mail_address`. `purpose` is one short word that the operator sees ("digest",
    "confirm", "report", …). `headers` are added as they are: names and values of one line.
    """

    to: str
    subject: str
    text: str
    purpose: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who gets mail: the address, and the language of the words."""

    address: str
    language: str = "de"


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail that waits: its number, since when (UTC), how often it was tried, and what the server said last."""

    id: int
    mail: Mail
    queued_at: datetime
    attempts: int = 0
    error: str = ""
    given_up_at: datetime | None = None


class Encryption(StrEnum):
    """How the connection to the mail server is secured."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, and who they say they are from (`sender`, an address with or without a name)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    encryption: Encryption = Encryption.STARTTLS


def mail_address(text: str) -> str:
    """The address as mail is sent to it, "" for what is none (RFC 5321 section 4.1.2, without its oddities).

    The domain comes back in lower case and as punycode; it needs a dot. Quoted names, comments, literal
    addresses and non-ASCII names before the @ are refused: nobody's public address looks like that.
    """
    local, _, domain = text.strip().rpartition("@")
    host = ascii_domain(domain)
    fits = len(local) <= LONGEST_LOCAL_PART and len(local) + 1 + len(host) <= LONGEST_ADDRESS
    return f"{local}@{host}" if host and fits and LOCAL_PART.fullmatch(local) else ""


def ascii_domain(domain: str) -> str:
    """The domain's name as the name system knows it, "" for what is none."""
    try:
        host = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = host.split(".")
    is_public = len(labels) > 1 and not labels[-1].isdigit()
    return host if is_public and all(LABEL.fullmatch(label) for label in labels) else ""
