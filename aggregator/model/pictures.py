"""A logo or picture of an initiative."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a PNG or JPEG without hidden data; `digest` stands in its address, `alt` says what it shows."""

    digest: str
    media_type: str
    content: bytes = field(repr=False)
    alt: str
    licence: str = ""
