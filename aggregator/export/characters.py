"""Text that every format can carry: no control characters, no hidden direction changes, no broken addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 section 2.2 forbids, the C1 controls, and the bidi controls that can turn a title around.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
LONGEST_ADDRESS = 2000


def printable(text: str) -> str:
    """The text with `\\n` as its only line end, and nothing that breaks XML or fools the eye."""
    # All that is taken out or turned into a line end counts as not printable; most texts hold nothing of it.
    if text.isprintable():
        return text
    return UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The printable text on one line."""
    return " ".join(printable(text).split())


def web_address(text: str) -> str:
    """The address if it is http or https and in one piece, else ""; so that one bad link costs only itself."""
    if len(text) > LONGEST_ADDRESS or text != one_line(text) or " " in text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
