"""Reading prose and writing down what was understood in one short line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from aggregator.model.prose import ProseOccurrence, ProseReading, ProseSeries, TextPart
from aggregator.normalise.prose.reading import read_prose

ZONE = "Europe/Berlin"
PUBLISHED = date(2026, 11, 20)  # a Friday

Told = Callable[..., str]


def span(told: ProseOccurrence | ProseSeries) -> str:
    start, end = told.start, told.end
    if start.is_date:
        last = end.wall.date() - timedelta(days=1) if end else None
        return f"{start.wall:%Y-%m-%d}" + (f" to {last:%Y-%m-%d}" if last else "")
    text = f"{start.wall:%Y-%m-%d %H:%M}"
    if end is None:
        return text
    hours = end.wall - start.wall
    return text + (f"-{end.wall:%H:%M}" if hours <= timedelta(hours=14) else f" to {end.wall:%Y-%m-%d %H:%M}")


def written(reading: ProseReading) -> str:
    if series := reading.certain_series:
        without = "".join(f" not {each.wall:%Y-%m-%d}" for each in series.exceptions)
        return f"{series.rule} @ {span(series)}{without}"
    return " + ".join(span(each) for each in reading.certain)


@pytest.fixture
def reading() -> Callable[..., ProseReading]:
    """The full reading of a text, with an optional title."""

    def read(text: str, title: str = "", published: date | None = PUBLISHED, language: str = "de") -> ProseReading:
        return read_prose((TextPart("title", title), TextPart("content", text)), published, ZONE, language)

    return read


@pytest.fixture
def told(reading: Callable[..., ProseReading]) -> Told:
    """What is surely told, in one line: "2026-12-05 19:30-21:00", "RULE @ start", or nothing."""

    def read(text: str, title: str = "", published: date | None = PUBLISHED, language: str = "de") -> str:
        return written(reading(text, title, published, language))

    return read
