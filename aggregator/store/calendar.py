"""What pages ask of the store about days: occurrences in a window, and how many of what there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Select, Subquery, case, func, literal, select

from aggregator.model.events import Listing, PublishedEvent
from aggregator.model.filters import EventFilter
from aggregator.model.text import key
from aggregator.model.times import Window
from aggregator.store.events import load_published
from aggregator.store.filtering import Days, begins_in, conditions, days_of, overlapping
from aggregator.store.schema import event_initiatives, event_languages, event_topics, events, occurrences

# Of a long window in which the first few are wanted, they are mostly found in its first days.
FIRST_DAYS = (timedelta(days=7), timedelta(days=42))


def parts_of(window: Window) -> Iterator[Window]:
    """The window's beginnings, then the window; what is first in one is first in all that are longer."""
    for length in FIRST_DAYS:
        if window.first + length < window.last:
            yield Window(window.first, window.first + length)
    yield window


def listings(
    connection: Connection, window: Window, wanted: EventFilter, limit: int | None = None
) -> tuple[Listing, ...]:
    """The wanted occurrences that overlap the window, in the order in which a page shows them.

    That is: by first day inside the window, all-day ones first, then by start and title.
    """
    if limit is None:
        return listed(connection, listings_in(window, wanted))
    return first_listed(connection, window, limit, lambda part: listings_in(part, wanted).limit(limit))


def first_listed(
    connection: Connection, window: Window, number: int, asked: Callable[[Window], Select[Any]]
) -> tuple[Listing, ...]:
    """What a question finds that asks for so many: from the first part of the window that holds them all."""
    for part in parts_of(window):
        rows = connection.execute(asked(part)).all()
        if len(rows) == number:
            break
    return listed_at(connection, [(row.event_id, row.position, row.day, row.last_day) for row in rows])


def listings_in(window: Window, wanted: EventFilter) -> Select[Any]:
    """The question for the listings of a window."""
    days = days_of(wanted, window)
    found = overlapping(days, wanted)
    day = first_day_inside(found, days).label("day")
    question = shown(select(found.c.event_id, found.c.position, day, found.c.last_day), found, wanted)
    order = (day, found.c.all_day.desc(), found.c.start_at, events.c.title, events.c.id, found.c.position)
    return question.order_by(*order)


def soonest(
    connection: Connection, window: Window, wanted: EventFilter, limit: int, offset: int = 0
) -> tuple[Listing, ...]:
    """Each wanted event once, at its first occurrence in the window; in the order of `listings`."""
    return first_listed(connection, window, limit, lambda part: soonest_in(part, wanted).limit(limit).offset(offset))


def soonest_in(window: Window, wanted: EventFilter) -> Select[Any]:
    """The question for each event of a window once."""
    days = days_of(wanted, window)
    found = overlapping(days, wanted)
    day = first_day_inside(found, days).label("day")
    order = (day, found.c.all_day.desc(), found.c.start_at, found.c.position)
    turn = func.row_number().over(partition_by=found.c.event_id, order_by=order).label("turn")
    columns = (found.c.event_id, found.c.position, day, found.c.last_day, found.c.all_day, found.c.start_at)
    each = shown(select(*columns, events.c.title, turn), found, wanted).subquery("each")
    first = select(each).where(each.c.turn == 1)
    return first.order_by(each.c.day, each.c.all_day.desc(), each.c.start_at, each.c.title, each.c.event_id)


def latest(
    connection: Connection, window: Window, wanted: EventFilter, limit: int, offset: int = 0
) -> tuple[Listing, ...]:
    """Each wanted event once, at its last occurrence that begins in the window; the latest first."""
    found = overlapping(days_of(wanted, window), wanted)
    order = (found.c.first_day.desc(), found.c.start_at.desc(), found.c.position.desc())
    turn = func.row_number().over(partition_by=found.c.event_id, order_by=order).label("turn")
    columns = (found.c.event_id, found.c.position, found.c.first_day.label("day"), found.c.last_day, found.c.start_at)
    each = shown(select(*columns, turn), found, wanted).subquery("each")
    last = select(each).where(each.c.turn == 1).order_by(each.c.day.desc(), each.c.start_at.desc(), each.c.event_id)
    return listed(connection, last.limit(limit).offset(offset))


def stored_days(connection: Connection) -> Window | None:
    """From the first to the last day on which anything stored goes on; None for an empty calendar."""
    days = occurrences.c
    # Each is the end of an index; asked for together they would be looked for in every row.
    first, last = (connection.scalar(select(end)) for end in (func.min(days.first_day), func.max(days.first_day)))
    if first is None or last is None:
        return None
    longest = connection.scalar(select(func.max(days.last_day)).where(days.last_day > days.first_day))
    last = max(last, longest or last)
    return Window(first, min(last, date.max - timedelta(days=1)) + timedelta(days=1))


def has_more(connection: Connection, window: Window, number: int) -> bool:
    """Whether more occurrences than that begin in the window."""
    begun = select(literal(1)).where(begins_in(days_of(EventFilter(), window))).limit(number + 1)
    return connection.scalar(select(func.count()).select_from(begun.subquery())) > number  # type: ignore[operator]


def titles(connection: Connection, today: date) -> tuple[str, ...]:
    """The normal forms (model.text.key) of all titles of what is not over."""
    ahead = select(occurrences.c.event_id).where(occurrences.c.last_day >= today)
    return tuple(connection.scalars(select(events.c.title).where(events.c.id.in_(ahead)).distinct()))


def with_wanted_dates(connection: Connection, wanted: EventFilter) -> tuple[PublishedEvent, ...]:
    """The wanted events in the order of their ids, each with those of its occurrences that the filter wants."""
    days = days_of(wanted)
    found = overlapping(days, wanted)
    question = shown(select(found.c.event_id, found.c.position), found, wanted)
    positions: dict[str, list[int]] = {}
    for event_id, position in connection.execute(question.order_by(found.c.event_id, found.c.position)):
        positions.setdefault(event_id, []).append(position)
    return tuple(
        replace(one, event=replace(one.event, occurrences=tuple(one.event.occurrences[place] for place in places)))
        for one in load_published(connection, positions)
        for places in (positions[one.identity.id],)
    )


def listed(connection: Connection, question: Select[Any]) -> tuple[Listing, ...]:
    """The occurrences that a question finds by event and position, with their events."""
    rows = connection.execute(question).all()
    return listed_at(connection, [(row.event_id, row.position, row.day, row.last_day) for row in rows])


def listed_at(connection: Connection, places: Sequence[tuple[str, int, date, date]]) -> tuple[Listing, ...]:
    """The occurrences at these positions of events, in this order; with the first day seen and the last day."""
    published = {event.identity.id: event for event in load_published(connection, {place[0] for place in places})}
    return tuple(
        Listing(published[event], published[event].event.occurrences[position], day, last_day)
        for event, position, day, last_day in places
    )


def over(connection: Connection, window: Window, now: datetime) -> set[tuple[str, int]]:
    """The occurrences of the window that ended by `now` (UTC), by event and position."""
    found = overlapping(days_of(EventFilter(), window), EventFilter())
    question = select(found.c.event_id, found.c.position).where(found.c.end_at <= now)
    return {(event, position) for event, position in connection.execute(question)}


def counts_by_day(
    connection: Connection, window: Window, wanted: EventFilter, longest: int | None = None
) -> dict[date, int]:
    """How many wanted occurrences each day of the window has; days without any are left out.

    Occurrences of more than `longest` days do not count: an exhibition would mark every day alike.
    """
    days = days_of(wanted, window)
    found = overlapping(days, wanted)
    question = shown(select(found.c.first_day, found.c.last_day, func.count()), found, wanted)
    counts: Counter[date] = Counter()
    for first, last, number in connection.execute(question.group_by(found.c.first_day, found.c.last_day)):
        if longest is not None and (last - first).days >= longest:
            continue
        for day in days_between(max(first, days.first), min(last, days.last)):
            counts[day] += number
    return dict(sorted(counts.items()))


def topic_counts(connection: Connection, window: Window, wanted: EventFilter) -> dict[str, int]:
    """How many wanted events (a series counts once) each topic has in the window, by topic id."""
    return counts_by_name(connection, event_topics.c.topic, events_shown(window, wanted))


def initiative_counts(connection: Connection, window: Window, wanted: EventFilter) -> dict[str, int]:
    """How many wanted events each initiative announces in the window, by initiative id."""
    return counts_by_name(connection, event_initiatives.c.initiative, events_shown(window, wanted))


def language_counts(connection: Connection, window: Window, wanted: EventFilter) -> dict[str, int]:
    """How many wanted events are known to be held in each language, by its code."""
    return counts_by_name(connection, event_languages.c.language, events_shown(window, wanted))


def weekday_counts(connection: Connection, window: Window, wanted: EventFilter) -> dict[int, int]:
    """How many wanted events go on on each weekday of the window, 0 is Monday."""
    found = overlapping(days_of(wanted, window), wanted)
    rows = connection.execute(shown(select(found.c.event_id, found.c.weekdays).distinct(), found, wanted)).all()
    going_on = {(row.event_id, weekday) for row in rows for weekday in range(7) if (row.weekdays or 0) >> weekday & 1}
    return dict(sorted(Counter(weekday for _, weekday in going_on).items()))


def event_count(connection: Connection, window: Window, wanted: EventFilter) -> int:
    """How many wanted events there are in the window; a series counts once."""
    number: int = connection.execute(select(func.count()).select_from(events_shown(window, wanted))).scalar_one()
    return number


def umbrella_counts(
    connection: Connection, window: Window, wanted: EventFilter, umbrellas: Iterable[str]
) -> dict[str, int]:
    """How many wanted events each of the umbrellas and its members announce in the window, by umbrella id."""
    counts = {
        umbrella: event_count(connection, window, replace(wanted, umbrellas=(umbrella,))) for umbrella in umbrellas
    }
    return {umbrella: number for umbrella, number in counts.items() if number}


def place_counts(connection: Connection, window: Window, wanted: EventFilter) -> dict[str, int]:
    """How many wanted events each place has in the window, by its most common spelling, most first."""
    found = events_shown(window, wanted)
    number = func.count().label("number")
    question = select(events.c.place_name, number).where(events.c.id.in_(select(found.c.event_id)))
    question = question.group_by(events.c.place_name).order_by(number.desc(), events.c.place_name)
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, count in connection.execute(question):
        if key(name):
            counts[spellings.setdefault(key(name), name)] += count
    return dict(counts.most_common())


def first_day_inside(found: Subquery, days: Days) -> Any:
    """The day on which an occurrence is first seen in the window."""
    first = literal(days.first, found.c.first_day.type)
    return case((found.c.first_day < first, first), else_=found.c.first_day)


def shown(question: Select[Any], found: Subquery, wanted: EventFilter) -> Select[Any]:
    """The question about occurrences (filtering.overlapping), asked only of those whose event the filter wants."""
    question = question.join_from(found, events, events.c.id == found.c.event_id)
    # Words were asked for already: each text is read once, not once for each date of its event.
    return question.where(*conditions(replace(wanted, text="")))


def events_shown(window: Window, wanted: EventFilter) -> Subquery:
    """The ids of the wanted events in the window, each once."""
    found = overlapping(days_of(wanted, window), wanted)
    return shown(select(found.c.event_id), found, wanted).distinct().subquery("shown")


def counts_by_name(connection: Connection, name: Column[str], found: Subquery) -> dict[str, int]:
    """How many of the found events have each name in `event_topics` or `event_initiatives`."""
    question = select(name, func.count()).where(name.table.c.event_id.in_(select(found.c.event_id)))
    return {row[0]: row[1] for row in connection.execute(question.group_by(name).order_by(name))}


def days_between(first: date, last: date) -> list[date]:
    """All days from the first to the last, both inclusive."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
