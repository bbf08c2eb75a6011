"""Foreign strings made safe to keep: no invisible control, no address of a person, no link but http(s)."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

# Controls, direction overrides, stray byte order marks, lone surrogates (they cannot be stored as UTF-8) and
# noncharacters (they cannot be written as XML). Direction marks (U+200E, U+200F) are honest and stay.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Characters that some readers take for a line end and others do not.
ODD_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
MARKUP = re.compile(r"<(?:/?[a-zA-Z]|!--)[^<>]*>")
UNSAFE = re.compile(r'[\s<>"\\]')
MAX_ADDRESS = 2000


def clean(text: str) -> str:
    """The text without characters that are not text."""
    # Everything that is taken out counts as not printable; most lines hold nothing of it.
    if text.isprintable():
        return text
    return ODD_BREAK.sub(" ", FORBIDDEN.sub("", text))


def one_line(text: str, limit: int = 1000) -> str:
    """The text in one line with single blanks, at most `limit` characters."""
    return " ".join(clean(text[: 4 * limit]).split())[:limit]


def has_markup(text: str) -> bool:
    """Whether the text holds at least one HTML tag."""
    return MARKUP.search(text) is not None


def without_markup(text: str) -> str:
    """The words of a piece of HTML in one line, for titles and names."""
    return one_line(html.unescape(MARKUP.sub(" ", text)))


def public_name(text: str) -> str:
    """A display name; empty if it is an e-mail address, which is nobody's name and nobody's business."""
    name = one_line(text, 200).strip("\"' ")
    return "" if "@" in name or name.lower().startswith(("mailto:", "tel:", "http:", "https:")) else name


def web_address(address: str, base: str = "") -> str:
    """The absolute http(s) address, resolved against `base`; empty if it is not one."""
    address = clean(address).strip()
    if not address or len(address) > MAX_ADDRESS or UNSAFE.search(address):
        return ""
    try:
        absolute = urljoin(base, address)
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    return absolute if parts.scheme in ("http", "https") and parts.hostname else ""
