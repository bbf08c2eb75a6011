"""The texts of imprint, privacy and about: what the operator wrote, else the draft that we ship."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from aggregator.store import texts
from web.languages import SOURCE_LANGUAGE

FOLDER = Path(__file__).parent / "drafts"
PATHS = {"imprint": "/impressum", "privacy": "/datenschutz", "about": "/ueber"}
LANGUAGES = ("de", "en")
LONGEST = 40_000
# What a draft leaves to the operator stands in square brackets.
GAP = re.compile(r"\[[^\]]+\]")
HEADING = "## "


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text: a heading, or a paragraph of lines."""

    heading: str = ""
    lines: tuple[str, ...] = ()


@cache
def draft(name: str, language: str) -> str:
    """The shipped text; German where there is none in the language."""
    path = FOLDER / f"{name}.{language}.txt"
    return path.read_text("utf-8") if path.exists() else draft(name, SOURCE_LANGUAGE)


def text_of(connection: Connection, name: str, language: str) -> str:
    """The text as the public reads it."""
    return texts.load(connection, name, language) or draft(name, language)


def is_filled_in(connection: Connection, name: str) -> bool:
    """Whether nothing is left to fill in, in the language that the law asks for."""
    return not GAP.search(text_of(connection, name, SOURCE_LANGUAGE))


def blocks(text: str) -> Iterator[Block]:
    """The text in pieces; a line that begins with ## is a heading, blank lines part paragraphs."""
    for piece in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in piece.split("\n")]
        if lines[0].startswith(HEADING):
            yield Block(heading=lines[0].removeprefix(HEADING))
            lines = lines[1:]
        if lines:
            yield Block(lines=tuple(lines))
