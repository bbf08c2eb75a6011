"""JSON bodies: which platform speaks, told by the shape of what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.settings import ReadingLimits
from aggregator.parse import buendel, gancio, kartevonmorgen, mobilizon, own


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform's API: how its answers are recognised, and how they are read."""

    recognises: Callable[[Any], bool]
    read: Callable[[Any, str], ParsedFeed | Failure]


PLATFORMS = {
    "gancio": Platform(gancio.recognises, gancio.read),
    "mobilizon": Platform(mobilizon.recognises, mobilizon.read),
    "kartevonmorgen": Platform(kartevonmorgen.recognises, kartevonmorgen.read),
    "buendel": Platform(buendel.recognises, buendel.read),
    "own": Platform(own.recognises, own.read),
}


def parse_platform(document: str, wanted_format: str, base_url: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    """The events of a platform's answer; JSON of any other shape is E_NOT_A_FEED.

    An empty list says nothing of who sent it: it is an answer without events only where `wanted_format`
    names the platform.
    """
    try:
        answer = json.loads(document)
    except (ValueError, RecursionError):
        # "[Fehler] Datenbank …" begins like JSON and is none.
        return Failure(ErrorClass.PARSE if wanted_format in PLATFORMS else ErrorClass.NOT_A_FEED, "JSON")
    name = next((name for name, platform in PLATFORMS.items() if platform.recognises(answer)), "")
    if not name and answer == [] and wanted_format in PLATFORMS:
        name = wanted_format
    # Nobody else's answer is a console of ours.
    if not name or wanted_format not in ("auto" if name != "own" else "own", name):
        return Failure(ErrorClass.NOT_A_FEED, "JSON")
    feed = PLATFORMS[name].read(answer, base_url)
    if isinstance(feed, ParsedFeed) and len(feed.components) > limits.max_events:
        return Failure(ErrorClass.LIMIT, f"> {limits.max_events}")
    return feed
