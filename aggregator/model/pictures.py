"""A logo or picture of an initiative: what it is, and nothing hidden in it (where it was taken, by which telephone)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# Of a PNG only what is needed to draw it; texts and camera data stay out.
DRAWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"pHYs")
START_OF_SCAN = 0xDA


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a PNG or JPEG without hidden data; `digest` stands in its address, `alt` says what it shows."""

    digest: str
    media_type: str
    content: bytes = field(repr=False)
    alt: str
    licence: str = ""


def hung_picture(content: bytes, alt: str, licence: str = "") -> Picture:
    """The picture of a file that is one (`without_hidden` tells)."""
    media_type, shown = without_hidden(content)
    return Picture(hashlib.blake2b(shown, digest_size=16).hexdigest(), media_type, shown, alt, licence)


def without_hidden(content: bytes) -> tuple[str, bytes]:
    """Media type and bytes with nothing but the picture; two empty ones for what is none."""
    try:
        if content.startswith(PNG):
            return "image/png", PNG + b"".join(png_parts(content))
        if content.startswith(JPEG):
            return "image/jpeg", b"\xff\xd8" + b"".join(jpeg_parts(content))
    except (IndexError, ValueError):
        return "", b""
    return "", b""


def png_parts(content: bytes) -> Iterator[bytes]:
    """The chunks that draw (PNG section 5.3): length, name, data, checksum."""
    at = len(PNG)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        part = content[at : at + 12 + length]
        if len(part) != 12 + length:
            raise ValueError("cut off")
        if part[4:8] in DRAWN:
            yield part
        at += len(part)
        if part[4:8] == b"IEND":
            return
    raise ValueError("no end")


def jpeg_parts(content: bytes) -> Iterator[bytes]:
    """The segments up to the picture's own data, without comments and application data but JFIF (T.81 annex B)."""
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(content):
            raise ValueError("cut off")
        if marker == START_OF_SCAN:
            yield content[at:]
            return
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            yield content[at : at + 2 + length]
        at += 2 + length
    raise ValueError("no picture")
