"""A piece of wall for each topic: the same bricks burnt darker every time, so that a topic is known again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from markupsafe import Markup

WIDTH, ROWS, BRICKS, HEIGHT, MORTAR = 212, 3, 6, 14, 5
STRETCHER, HEADER = 41, 23
HIGH = ROWS * (HEIGHT + MORTAR) - MORTAR


@dataclass(frozen=True, slots=True)
class Brick:
    """One brick: its upper left corner and width in units of the wall, and whether it is burnt darker."""

    x: int
    y: int
    width: int
    is_dark: bool


def wall(topic: str) -> tuple[Brick, ...]:
    """The bricks of a topic's piece of wall, `WIDTH` by `HIGH` units, stretcher and header in turns."""
    burnt = int.from_bytes(blake2b(topic.encode(), digest_size=4).digest(), "big")
    bricks = []
    for row in range(ROWS):
        x, is_stretcher = 0, row % 2 == 0
        for place in range(BRICKS):
            width = min(STRETCHER if is_stretcher else HEADER, WIDTH - x)
            is_dark = bool(burnt >> (row * BRICKS + place) & 1)
            bricks.append(Brick(x, row * (HEIGHT + MORTAR), width, is_dark))
            x, is_stretcher = x + width + MORTAR, not is_stretcher
    return tuple(bricks)


@lru_cache(maxsize=256)
def drawn(topic: str) -> Markup:
    """The wall for a page, in the colours of its style sheet; it says nothing that the words beside it do not."""
    paths = ("".join(path(one) for one in wall(topic) if one.is_dark is dark) for dark in (True, False))
    dark, pale = (Markup('<path d="{}"/>').format(path) for path in paths)
    whole = '<svg class="wall" viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>'
    return Markup(whole).format(WIDTH, HIGH, dark, pale)


def path(brick: Brick) -> str:
    """One brick as part of an SVG path."""
    return f"M{brick.x} {brick.y}h{brick.width}v{HEIGHT}h-{brick.width}z"
