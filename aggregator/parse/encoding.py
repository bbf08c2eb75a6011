"""Bytes to text: what the bytes themselves say counts for more than what is said about them."""

from __future__ import annotations

import codecs
import re

# Charsets that a calendar may really be in beside UTF-8 and Windows-1252. An allow-list, because a name from
# outside may be any codec that Python knows, also zlib, punycode or UTF-7 (which hides markup from every filter).
OTHER_CHARSETS = frozenset(
    {f"iso8859-{part}" for part in (*range(2, 12), *range(13, 17))}
    | {f"cp125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)}
    | {"koi8-r", "koi8-u", "mac-roman", "big5", "gb2312", "gbk", "gb18030", "euc_kr", "euc_jp", "shift_jis"}
)
XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
HTML_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
STRAY_BYTES = "buendel.cp1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, which is what they are in German feeds that lie."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(STRAY_BYTES, _as_windows_1252)


def in_ascii_terms(content: bytes) -> bytes:
    """The body without byte order mark, and UTF-16 turned into UTF-8, so that a line end is one byte."""
    if content.startswith(codecs.BOM_UTF8):
        return content[len(codecs.BOM_UTF8) :]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    # Without a mark: the first two characters of every format we read are ASCII.
    if content[1:4:2] == b"\0\0" and b"\0" not in content[0:4:2]:
        return content.decode("utf-16-le", "replace").encode()
    if content[0:4:2] == b"\0\0" and b"\0" not in content[1:4:2]:
        return content.decode("utf-16-be", "replace").encode()
    return content


def choose_charset(content: bytes, *stated: str) -> str:
    """The charset to decode with: UTF-8 if the bytes are UTF-8, else the first stated one that fits.

    UTF-8 again if none does: `decode` then reads the bytes that are not as Windows-1252. Text in another charset
    is hardly ever valid UTF-8 by accident, so the test is surer than any declaration.
    """
    if is_utf8(content):
        return "utf-8"
    return next((codec for name in stated if (codec := _known_codec(name)) and _fits(content, codec)), "utf-8")


def decode(content: bytes, charset: str) -> str:
    """The text in the chosen charset, without a single byte lost; what cannot be read becomes U+FFFD."""
    return content.decode(charset, STRAY_BYTES)


def read_document(content: bytes, stated: str) -> str:
    """The text of an XML or HTML document; `stated` is the charset that the server named."""
    inside = [
        found.group(1).decode("ascii") for found in (XML_CHARSET.search(content), _html_charset(content)) if found
    ]
    return decode(content, choose_charset(content, stated, *inside))


def _html_charset(content: bytes) -> re.Match[bytes] | None:
    return HTML_CHARSET.search(content, 0, 4096)


def _known_codec(name: str) -> str:
    """Python's name of an allowed charset, empty for any other name."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return codec if codec in OTHER_CHARSETS else ""


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout."""
    return _fits(content, "utf-8")


def _fits(content: bytes, charset: str) -> bool:
    try:
        content.decode(charset)
    except UnicodeDecodeError:
        return False
    return True
