"""Dates that were typed in on an owner's console: the store hands them over as the body of a source of their own."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed, StatedPlace, StatedRecurrence, StatedTime
from aggregator.model.own_dates import OwnDate, Rhythm
from aggregator.parse.hashes import with_hash

MARK = "own_dates"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIELDS = ("id", "title", "start", "end", "place", "description", "link", "rhythm", "until")


def body_of(dates: tuple[OwnDate, ...]) -> bytes:
    """The dates as the body that `read` understands."""
    listed = [
        {
            **{name: str(getattr(one, name)) for name in FIELDS},
            "topics": list(one.topics),
            "without": list(one.without),
            "cancelled": one.cancelled,
        }
        for one in dates
    ]
    return json.dumps({MARK: listed}, ensure_ascii=False).encode()


def recognises(document: Any) -> bool:
    """Whether it is such a body."""
    return isinstance(document, dict) and isinstance(document.get(MARK), list)


def read(document: Any, base_url: str) -> ParsedFeed | Failure:
    """The dates as components; `base_url` is not needed."""
    return ParsedFeed(tuple(component(_date(stated)) for stated in document[MARK]), format="own")


def component(one: OwnDate) -> Component:
    """One typed-in date as any source would state it."""
    return with_hash(
        Component(
            kind="own",
            uid=one.id,
            link=one.link,
            title=one.title,
            description=one.description,
            start=stated_time(one.start),
            end=stated_end(one),
            recurrence=recurrence(one),
            place=StatedPlace(text=one.place),
            categories=one.topics,
            status="CANCELLED" if one.cancelled else "",
        )
    )


def stated_time(text: str) -> StatedTime:
    """A wall time or a day in the basic form."""
    return StatedTime(text.replace("-", "").replace(":", "") + ("00" if len(text) == len("2026-12-05T18:30") else ""))


def stated_end(one: OwnDate) -> StatedTime | None:
    """Its end; the last of whole days is inclusive as typed in and exclusive in calendars (RFC 5545 section 3.6.1)."""
    if not one.is_all_day:
        return stated_time(one.end) if one.end else None
    last = date.fromisoformat(one.end or one.start)
    return stated_time((last + timedelta(days=1)).isoformat())


def recurrence(one: OwnDate) -> StatedRecurrence:
    """Its repetition as an RRULE."""
    if one.rhythm is Rhythm.ONCE:
        return StatedRecurrence()
    day = date.fromisoformat(one.start[:10])
    rule = {
        Rhythm.WEEKLY: "FREQ=WEEKLY",
        Rhythm.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        Rhythm.MONTHLY_DAY: "FREQ=MONTHLY",
        Rhythm.MONTHLY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={which_of_month(day)}{WEEKDAYS[day.weekday()]}",
    }[one.rhythm]
    until = f";UNTIL={one.until.replace('-', '')}{'' if one.is_all_day else 'T235959'}" if one.until else ""
    time = one.start[10:]
    return StatedRecurrence((rule + until,), exceptions=tuple(stated_time(skipped + time) for skipped in one.without))


def which_of_month(day: date) -> int:
    """Its number among the same weekdays of its month; the fifth counts as the last."""
    number = (day.day - 1) // 7 + 1
    return -1 if number == 5 else number


def _date(stated: dict[str, Any]) -> OwnDate:
    texts = {name: str(stated.get(name, "")) for name in FIELDS if name != "rhythm"}
    return OwnDate(
        **texts,
        rhythm=Rhythm(stated.get("rhythm", "once")),
        topics=tuple(map(str, stated.get("topics", ()))),
        without=tuple(map(str, stated.get("without", ()))),
        cancelled=stated.get("cancelled") is True,
    )
