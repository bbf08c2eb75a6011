"""Mails that came back: whether an address is nobody's any more, and which weekly mail a report of it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message

LEAVE = re.compile(r"/digest/leave/([\w-]{16,64})")
ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463: no such address, mailbox disabled or full, no way there; not 5.1.7 and 5.1.8, which are about the sender.
ADDRESS, MAILBOX, NETWORK = "1", "2", "4"
ABOUT_SENDER = {("1", "7"), ("1", "8")}
# RFC 5321 section 4.2.2: no such mailbox, not here, name not allowed.
PLAIN_REFUSALS = {550, 551, 553}
LONGEST = 1_000_000


def is_about_address(code: int, words: str) -> bool:
    """Whether a mail server's final refusal of a recipient says that the address is nobody's.

    Refusals by policy (5.7.1: "your network is on a list") are about us, and must cost nobody their mail.
    """
    found = ENHANCED.search(words)
    if found is None:
        return code in PLAIN_REFUSALS
    return code >= 500 and is_of_mailbox(found[1], found[2])


def is_of_mailbox(subject: str, detail: str) -> bool:
    """Whether an enhanced status 5.subject.detail is about the recipient's mailbox."""
    return subject in (ADDRESS, MAILBOX, NETWORK) and (subject, detail) not in ABOUT_SENDER


def token_of(headers: Iterable[tuple[str, str]]) -> str:
    """The subscription whose weekly mail has these headers, "" for other mails."""
    links = (value for name, value in headers if name.lower() == "list-unsubscribe")
    return next((found[1] for link in links if (found := LEAVE.search(link))), "")


def returned_token(content: bytes) -> str:
    """The subscription that a delivery report (RFC 3464) is about; "" if it is none, or not final.

    Only a report that holds the returned mail's link to leave counts: nobody else knows it, so that nobody can end
    the subscriptions of others by writing reports.
    """
    parts = list(parts_of(message_from_bytes(content[:LONGEST])))
    if not any(is_final_failure(part) for part in parts):
        return ""
    return next((token for part in parts if (token := token_of(headers_of(part)))), "")


def parts_of(message: Message) -> Iterator[Message]:
    """The message and all its parts, also those of mails inside it."""
    yield from message.walk()


def is_final_failure(part: Message) -> bool:
    """Whether one block of a report says that a mailbox does not exist or takes nothing."""
    found = ENHANCED.fullmatch(str(part.get("Status", "")).split(" ")[0])
    return str(part.get("Action", "")).lower().strip() == "failed" and bool(found and is_of_mailbox(found[1], found[2]))


def headers_of(part: Message) -> list[tuple[str, str]]:
    """The headers of a part; of returned headers (text/rfc822-headers, RFC 6522) those that stand in its text."""
    if part.get_content_type() == "text/rfc822-headers":
        returned = message_from_bytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        return [(name, str(value)) for name, value in returned.items()]
    return [(name, str(value)) for name, value in part.items()]
