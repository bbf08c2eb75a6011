"""The picture that other websites show beside a link to an event: drawn by us, nothing of others in it but words."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
WHEN_LINE = 115
SERIF = "Charter, 'Bitstream Charter', 'Noto Serif', Cambria, Georgia, serif"
SANS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
PAPER, INK, SOFT, BRICK, LIGHTER = "#fbfbf8", "#1b1d19", "#454941", "#8e2f1c", "#a8472f"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set."""

    family: str
    colour: str
    bold: bool = False


WHEN, WHAT = Style(SANS, BRICK, True), Style(SERIF, INK, True)
WHERE, WHO = Style(SANS, SOFT), Style(SERIF, SOFT)
# Size of the title and letters a line: a short one is large, the longest still fits.
TITLES = ((92, 21, 2), (76, 26, 3), (60, 33, 4))
STRETCHER, HEADER, MORTAR = 92, 42, 6


def picture(title: str, when: str, place: str, site: str) -> Markup:
    """The drawing, 1200 by 630, in our own colours: when, what, where and by whom."""
    size, lines = title_lines(title)
    top = WHEN_LINE + 40 + size
    texts = [text(shortened(when, 52), WHEN_LINE, 40, WHEN)]
    texts += [text(line, top + size * 1.12 * number, size, WHAT) for number, line in enumerate(lines)]
    texts.append(text(shortened(place, 52), top + size * 1.12 * (len(lines) - 1) + 66, 38, WHERE))
    texts.append(text(shortened(site, 52), HEIGHT - 50, 34, WHO))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-label="{title}"><rect width="{width}" height="{height}" fill="{paper}"/>{course}{texts}</svg>'
    ).format(width=WIDTH, height=HEIGHT, title=title, paper=PAPER, course=course(), texts=Markup("").join(texts))


def title_lines(title: str) -> tuple[int, list[str]]:
    """The size in which the title fits, and its lines; what is too long ends in dots."""
    for size, letters, most in TITLES:
        lines = wrap(title, letters)
        if len(lines) <= most:
            return size, lines
    size, letters, most = TITLES[-1]
    return size, wrap(title, letters, max_lines=most, placeholder=" …")


def shortened(words: str, letters: int) -> str:
    """The words, cut at a blank if they are too long for one line."""
    return wrap(words, letters, max_lines=1, placeholder=" …")[0] if words else ""


def text(words: str, y: float, size: int, style: Style) -> Markup:
    """One line of the drawing."""
    weight = Markup(' font-weight="700"') if style.bold else ""
    return Markup(
        '<text x="{x}" y="{y:g}" font-family="{family}" font-size="{size}"{weight} fill="{fill}">{words}</text>'
    ).format(x=MARGIN, y=y, family=style.family, size=size, weight=weight, fill=style.colour, words=words)


def course() -> Markup:
    """The row of bricks at the top, stretcher and header in turns."""
    bricks, x, is_stretcher = [], 0, True
    while x < WIDTH:
        width = STRETCHER if is_stretcher else HEADER
        bricks.append(f'<rect x="{x}" width="{width}" height="24" fill="{LIGHTER if is_stretcher else BRICK}"/>')
        x, is_stretcher = x + width + MORTAR, not is_stretcher
    return Markup("".join(bricks))
