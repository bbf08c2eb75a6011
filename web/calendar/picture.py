"""The picture that other websites show beside a link to an event: drawn by us, nothing of others in it but words."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from web.calendar.wall import HEIGHT as BRICK_HEIGHT
from web.calendar.wall import WIDTH as WALL_WIDTH
from web.calendar.wall import wall

# The fonts travel with us: a server has none that can be counted on.
FONTS = Path(__file__).parents[1] / "fonts"
SERIF, SANS, SANS_BOLD = "NotoSerif-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"
# What the fonts hold; any other letter would be an empty box.
UNDRAWABLE = re.compile(r"[^ -~\u00a0-\u024f\u0386-\u03ce\u0400-\u045f\u0490\u0491\u1e00-\u1eff‐-‧‰-›€№™←-↓−]+")

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, SOFT, BRICK, LIGHTER, LINE = "#fbfbf8", "#1b1d19", "#454941", "#8e2f1c", "#a8472f", "#d9d8cf"
STRETCHER, HEADER, MORTAR, COURSE = 92, 42, 6, 24
WHEN_TOP, TITLE_TOP, FOOT = 76, 142, 110
PALE = "#e2c9bf"
# The initiative's own picture is laid into this room, and not drawn at all beyond so many pixels.
LOGO = (WALL_WIDTH, 72)
MOST_PIXELS = 4_000_000
# Sizes of the title, and how many lines each may take: a short one is large, the longest still fits.
TITLES = ((88, 2), (72, 3), (56, 4))
LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the picture; `topic` is an id, which has a bond of bricks of its own.

    `logo` are the bytes of a picture that the initiative uploaded, `credit` who it is by and its licence.
    """

    title: str
    when: str
    place: str
    site: str
    topic: str = ""
    logo: bytes = field(default=b"", repr=False)
    credit: str = ""


def picture(words: Words) -> bytes:
    """The drawing as PNG, 1200 by 630, in our own colours: when, what, where and by whom."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    lay_course(draw)
    line(draw, words.when, WHEN_TOP, font(SANS_BOLD, 40), BRICK)
    size, lines = title_lines(drawable(words.title))
    for number, part in enumerate(lines):
        line(draw, part, TITLE_TOP + size * LEADING * number, font(SERIF, size), INK)
    line(draw, words.place, TITLE_TOP + size * LEADING * len(lines) + 18, font(SANS, 38), SOFT)
    draw.line(((MARGIN, HEIGHT - FOOT), (WIDTH - MARGIN, HEIGHT - FOOT)), LINE, 3)
    site = cut(drawable(words.site), font(SANS, 34), WIDTH - 2 * MARGIN - WALL_WIDTH - STRETCHER)
    line(draw, site, HEIGHT - FOOT + 26, font(SANS, 34), SOFT)
    if not (words.logo and hang(image, words)) and words.topic:
        lay_wall(draw, words.topic)
    out = io.BytesIO()
    # Few colours, and no one looks twice: a palette makes a fifth of the bytes.
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=16)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """One of our fonts in a size of pixels, laid out without other libraries, so alike on every machine."""
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(words: str) -> str:
    """The words without letters that the fonts do not have."""
    return " ".join(UNDRAWABLE.sub(" ", words).split())


def title_lines(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; what is too long ends in dots."""
    for size, most in TITLES:
        lines = wrapped(title, font(SERIF, size))
        if len(lines) <= most and all(font(SERIF, size).getlength(one) <= WIDTH - 2 * MARGIN for one in lines):
            return size, lines
    size, most = TITLES[-1]
    lines = wrapped(title, font(SERIF, size))
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return size, [cut(one, font(SERIF, size)) for one in lines]


def wrapped(title: str, by: ImageFont.FreeTypeFont) -> list[str]:
    """The title in lines, broken at blanks."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and by.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cut(words: str, by: ImageFont.FreeTypeFont, room: float = WIDTH - 2 * MARGIN) -> str:
    """The words, ending in dots if they are too long for the room (pixels)."""
    if by.getlength(words) <= room:
        return words
    kept = words[:200]
    while kept and by.getlength(f"{kept} …") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()} …"


def line(draw: ImageDraw.ImageDraw, words: str, top: float, by: ImageFont.FreeTypeFont, colour: str) -> None:
    """One line of the picture."""
    draw.text((MARGIN, top), cut(drawable(words), by), colour, by)


def lay_wall(draw: ImageDraw.ImageDraw, topic: str) -> None:
    """The topic's piece of wall at the right of the foot."""
    for brick in wall(topic):
        x, y = WIDTH - MARGIN - WALL_WIDTH + brick.x, HEIGHT - FOOT + 22 + brick.y
        draw.rectangle((x, y, x + brick.width - 1, y + BRICK_HEIGHT - 1), BRICK if brick.is_dark else PALE)


def hang(image: Image.Image, words: Words) -> bool:
    """The initiative's own picture at the right of the foot with its credit; False for one that we cannot draw."""
    try:
        with Image.open(io.BytesIO(words.logo)) as found:
            if found.width * found.height > MOST_PIXELS:
                return False
            found.thumbnail(LOGO)
            logo = found.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    corner = (WIDTH - MARGIN - logo.width, HEIGHT - FOOT + 12)
    image.paste(logo, corner, logo)
    if words.credit:
        small = font(SANS, 16)
        credit = cut(drawable(words.credit), small, WIDTH / 2)
        left = WIDTH - MARGIN - small.getlength(credit)
        ImageDraw.Draw(image).text((left, HEIGHT - 24), credit, SOFT, small)
    return True


def lay_course(draw: ImageDraw.ImageDraw) -> None:
    """The row of bricks at the top, stretcher and header in turns."""
    x, is_stretcher = 0, True
    while x < WIDTH:
        width = STRETCHER if is_stretcher else HEADER
        draw.rectangle((x, 0, x + width - 1, COURSE - 1), LIGHTER if is_stretcher else BRICK)
        x, is_stretcher = x + width + MORTAR, not is_stretcher
