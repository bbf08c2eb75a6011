"""Text for a terminal: headings, and paragraphs in lines of readable length."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from aggregator.model.advice import Sentences, spoken

WIDTH = 100


def heading(sentences: Sentences, language: str) -> Iterator[str]:
    """A line that begins a part, with an empty one before it."""
    yield ""
    yield spoken(sentences, language)


def paragraph(text: str, indent: int = 2) -> Iterator[str]:
    """A text in lines of readable length."""
    yield from (" " * indent + line for line in wrap(" ".join(text.split()), WIDTH - indent))
