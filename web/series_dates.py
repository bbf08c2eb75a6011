"""Single dates of a series in a form: which there are, and what was said of one; for owners and operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from aggregator.export import dates
from aggregator.model.corrections import AT, Correction, dated_of, field_of_date
from aggregator.model.events import MergedEvent
from aggregator.model.records import Status
from aggregator.model.times import EventTime
from web.forms import line
from web.scene import Scene

MOST_DATES = 40


def dates_to_correct(event: MergedEvent, scene: Scene) -> list[tuple[str, str]]:
    """The coming dates of a series as (their start now, words)."""
    if not event.is_series:
        return []
    ahead = [one for one in event.occurrences if one.ends_at >= scene.now][:MOST_DATES]
    return [(one.original.iso(), dates.announcement(one, scene.zone, scene.language)) for one in ahead]


def dates_said(given: Mapping[str, Correction], scene: Scene) -> list[tuple[str, str, str]]:
    """What people said of single dates: (field, the date by rule, what was said)."""
    said = (one for name, one in sorted(given.items()) if name.startswith(AT))
    return [(one.field, one.field.removeprefix(AT).replace("T", " "), words_of(one.value, scene)) for one in said]


def words_of(value: str, scene: Scene) -> str:
    """What was said of a date, in words."""
    if value == Status.CANCELLED.value:
        return scene.tongue.gettext("fällt aus")
    return value.replace("T", " ").replace("/", " – ")


def read_date(fields: Mapping[str, str], event: MergedEvent, given: Mapping[str, Correction]) -> tuple[str, str] | None:
    """Field and value of what a form says of one date; None if it makes no sense. `given` was said before."""
    wanted = line(fields, "date")
    one = next((each for each in event.occurrences if each.original.iso() == wanted), None)
    if one is None or not event.is_series:
        return None
    times = (line(fields, "date_start").replace(" ", "T"), line(fields, "date_end").replace(" ", "T"))
    value = Status.CANCELLED.value if fields.get("gone") else "/".join(filter(None, times))
    is_sound = dated_of(value, one.start.zone) is not None
    return (field_of_date(by_source(one.original, given)), value) if is_sound else None


def by_source(original: EventTime, given: Mapping[str, Correction]) -> EventTime:
    """A date's start as the source's rule has it: without a correction of the hours of all dates."""
    start = given.get("start")
    if start is None or original.is_date or f"{original.wall:%H:%M}" != start.value:
        return original
    try:
        hour = time.fromisoformat(start.stated)
    except ValueError:
        return original
    return replace(original, wall=datetime.combine(original.wall.date(), hour))
