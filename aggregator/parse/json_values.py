"""Values out of foreign JSON: whatever stands there, what comes out has the type that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from aggregator.model.components import StatedTime
from aggregator.parse.cleaning import clean, one_line

Node = Mapping[str, Any]

MAX_TEXT = 64_000
MAX_WORDS = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The years that a calendar speaks of, in seconds; beyond them datetime ends.
EARLIEST, LATEST = -2_208_988_800, 7_258_118_400


def line(node: Node, key: str, limit: int = 1000) -> str:
    """A string or number as one line, empty for anything else."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return one_line(value if isinstance(value, str) else str(value), limit)


def paragraphs(node: Node, key: str) -> str:
    """A string with its line breaks, empty for anything else."""
    value = node.get(key)
    return clean(value[:MAX_TEXT]).strip() if isinstance(value, str) else ""


def inner(node: Node, key: str) -> Node:
    """An object inside an object, an empty one for anything else."""
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[Node]:
    """The objects of a list; what else stands in it is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: Any, key: str = "") -> tuple[str, ...]:
    """The short texts of a list of strings, or of objects that name themselves by `key`."""
    if not isinstance(value, list):
        return ()
    named = (each if isinstance(each, dict) else {key: each} for each in value[:MAX_WORDS])
    return tuple(dict.fromkeys(word for each in named if (word := line(each, key, 200))))


def degrees(node: Node, key: str) -> float | None:
    """A coordinate in degrees, also when it is written as text; None if it is none."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) and abs(number) <= 180 else None


def unix_moment(node: Node, key: str) -> datetime | None:
    """Unix seconds as a moment in UTC, None if there is no such moment."""
    seconds = node.get(key)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    if not (isfinite(seconds) and EARLIEST <= seconds <= LATEST):
        return None
    return EPOCH + timedelta(seconds=int(seconds))


def utc_time(moment: datetime | None) -> StatedTime | None:
    """A moment in UTC as a feed would state it."""
    return StatedTime(f"{moment:%Y%m%dT%H%M%S}Z") if moment else None


def iso_moment(node: Node, key: str) -> datetime | None:
    """An ISO 8601 time with an offset as a moment in UTC, None if it is none."""
    try:
        moment = datetime.fromisoformat(line(node, key, 64))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
