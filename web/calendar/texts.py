"""Plain text of others as paragraphs, with addresses in it made into links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# Longer than any real address, and short enough that trimming one stays cheap.
ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}", re.IGNORECASE)
# A sentence's own punctuation after an address does not belong to it.
TRAILING = ".,;:!?…“”«»’"
BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of text; `href` is set when it is an address, http or https only."""

    text: str
    href: str = ""


Line = tuple[Piece, ...]


def paragraphs(text: str) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs of a text, each as lines, each as pieces."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    return tuple(tuple(pieces(line) for line in block.strip().split("\n")) for block in blocks if block.strip())


def pieces(line: str) -> Line:
    """One line cut at its addresses."""
    cut: list[Piece] = []
    end = 0
    for match in ADDRESS.finditer(line):
        address = bare(match[0])
        if not safe_link(address):
            continue
        if match.start() > end:
            cut.append(Piece(line[end : match.start()]))
        cut.append(Piece(address, address))
        end = match.start() + len(address)
    if end < len(line):
        cut.append(Piece(line[end:]))
    return tuple(cut)


def bare(address: str) -> str:
    """The address without the punctuation of the sentence around it, and without a bracket that it did not open."""
    while address and (
        address[-1] in TRAILING
        or (address[-1] in BRACKETS and address.count(address[-1]) > address.count(BRACKETS[address[-1]]))
    ):
        address = address[:-1]
    return address


def safe_link(address: str) -> str:
    """The address if it is one that we link to: http or https with a host; else ""."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in ("http", "https") and host else ""


def host_of(address: str) -> str:
    """The host of an address without "www.", for telling where a link leads; "" when it has none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
