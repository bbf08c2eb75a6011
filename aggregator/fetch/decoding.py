"""Unpacking an answer: gzip and deflate, counted and complete (RFC 9110 section 8.4). Pure."""

from __future__ import annotations

import zlib

from aggregator.errors import ErrorClass
from aggregator.fetch.failures import FetchStopped

GZIP_MAGIC = b"\x1f\x8b"
ZLIB_WITH_GZIP_HEADER = 16 + zlib.MAX_WBITS
BARE_DEFLATE = -zlib.MAX_WBITS
# Real servers send one. Each further member copies the rest of the input once.
MOST_MEMBERS = 100


def unpack(packed: bytes, coding: str, limit: int) -> bytes:
    """The content of an answer in a Content-Encoding of at most `limit` bytes unpacked.

    Raises FetchStopped: E_ENCODING for a coding that we never asked for or for rubbish, E_TOO_LARGE,
    E_TRUNCATED when the packed stream breaks off (which urllib3 accepts in silence).
    """
    name = coding.strip().lower()
    try:
        if name in ("", "identity"):
            # Some servers hand out calendar.ics.gz without saying so.
            return _gunzip(packed, limit) if packed.startswith(GZIP_MAGIC) else packed
        if name in ("gzip", "x-gzip"):
            return _gunzip(packed, limit)
        if name == "deflate":
            return _inflate(packed, limit)
    except zlib.error:
        raise FetchStopped(ErrorClass.ENCODING, name) from None
    raise FetchStopped(ErrorClass.ENCODING, _printable(name))


def _gunzip(packed: bytes, limit: int) -> bytes:
    """All members of a gzip file joined; what follows the last one is padding and ignored."""
    content = bytearray()
    rest, members = packed, 0
    while members == 0 or rest.startswith(GZIP_MAGIC):
        members += 1
        if members > MOST_MEMBERS:
            raise FetchStopped(ErrorClass.ENCODING, "gzip")
        engine = zlib.decompressobj(ZLIB_WITH_GZIP_HEADER)
        content += _run(engine, rest, limit - len(content))
        rest = engine.unused_data
    return bytes(content)


def _inflate(packed: bytes, limit: int) -> bytes:
    """Deflate as the RFC means it (in a zlib frame) or as old servers send it (bare)."""
    is_framed = len(packed) >= 2 and packed[0] & 0x0F == 8 and int.from_bytes(packed[:2]) % 31 == 0
    return _run(zlib.decompressobj(zlib.MAX_WBITS if is_framed else BARE_DEFLATE), packed, limit)


def _run(engine: zlib._Decompress, packed: bytes, limit: int) -> bytes:
    content = engine.decompress(packed, limit + 1)
    if len(content) > limit:
        raise FetchStopped(ErrorClass.TOO_LARGE)
    if not engine.eof:
        raise FetchStopped(ErrorClass.TRUNCATED)
    return content


def _printable(name: str) -> str:
    return name if name.isascii() and name.isalnum() and len(name) <= 20 else ""
