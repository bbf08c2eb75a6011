"""The one place that turns an EventFilter into SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    false,
    not_,
    or_,
    select,
    union_all,
)

from aggregator.model.corrections import APPROVED, REFUSED
from aggregator.model.filters import EventFilter
from aggregator.model.stems import wanted_stem
from aggregator.model.text import key
from aggregator.model.times import Window
from aggregator.store.alliance_pages import chooses, said_of
from aggregator.store.schema import event_initiatives, event_languages, event_topics, events, initiatives, occurrences
from aggregator.store.searching import holds
from aggregator.store.sphere import inside


@dataclass(frozen=True, slots=True)
class Days:
    """A span of local days, both inclusive, so that it can reach to the last day there is."""

    first: date = date.min
    last: date = date.max

    @property
    def is_empty(self) -> bool:
        """Whether no day lies in it."""
        return self.last < self.first


def days_of(wanted: EventFilter, window: Window | None = None) -> Days:
    """The days that both the filter and the window let through."""
    first, last = wanted.first or date.min, wanted.last or date.max
    if window is None:
        return Days(first, last)
    return Days(max(first, window.first), min(last, window.last - timedelta(days=1)))


def matched(wanted: EventFilter) -> Select[tuple[str]]:
    """The ids of the events that the filter wants; days and hours must be those of one and the same occurrence."""
    question = select(events.c.id).where(*conditions(wanted))
    if wanted.asks_for_dates:
        question = question.where(events.c.id.in_(select(overlapping(days_of(wanted), wanted).c.event_id)))
    return question


def overlapping(days: Days, wanted: EventFilter) -> Subquery:
    """The occurrences that overlap the days, on the weekdays and in the hours that the filter wants.

    Two questions, each answered by an index from the window alone: those that begin inside, and the
    few of several days that began before. Where words are asked for, only events that have them are asked for
    their dates.
    """
    if days.is_empty:
        return select(occurrences).where(false()).subquery("in_window")
    fitting = select(occurrences).where(*fits(wanted))
    if wanted.text:
        with_words = select(events.c.id).where(*words_in(wanted)).correlate(None)
        dated = or_(begins_in(days), reaches_into(days))
        return fitting.where(occurrences.c.event_id.in_(with_words), dated).subquery("in_window")
    return union_all(*(fitting.where(part) for part in (begins_in(days), reaches_into(days)))).subquery("in_window")


def begins_in(days: Days) -> ColumnElement[bool]:
    """Whether an occurrence begins in the days."""
    return occurrences.c.first_day.between(days.first, days.last)


def reaches_into(days: Days) -> ColumnElement[bool]:
    """Whether an occurrence of several days began before and reaches into the days."""
    table = occurrences.c
    return and_(table.last_day > table.first_day, table.last_day >= days.first, table.first_day < days.first)


def fits(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """What the filter asks of a row of `occurrences`; what has no hour is neither early nor late."""
    table = occurrences.c
    asked: list[ColumnElement[bool]] = []
    if wanted.weekdays:
        asked.append(table.weekdays.bitwise_and(sum(1 << weekday for weekday in wanted.weekdays)) != 0)
    if wanted.after is not None:
        asked.append(table.start_minute >= minute_of(wanted.after))
    if wanted.before is not None:
        asked.append(table.start_minute < minute_of(wanted.before))
    return asked


def minute_of(hour: time) -> int:
    """A time of day as minutes from midnight."""
    return 60 * hour.hour + hour.minute


def conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """What the filter, but for its dates, asks of a row of `events`; all must hold."""
    asked = words_in(wanted)
    if wanted.topics:
        asked.append(listed(event_topics.c.topic, wanted.topics))
    if wanted.initiatives:
        asked.append(listed(event_initiatives.c.initiative, wanted.initiatives))
    if wanted.umbrellas:
        asked.append(or_(*(on_page_of(umbrella) for umbrella in wanted.umbrellas)))
    if wanted.places:
        asked.append(or_(*(at_place(place) for place in wanted.places)))
    if wanted.near:
        asked.append(inside(wanted.near, events))
    if wanted.languages:
        asked.append(listed(event_languages.c.language, wanted.languages))
    return asked + facts_known(wanted)


def words_in(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """What the filter's words ask of a row of `events`; words without letters or digits are in none."""
    asked = [has_word(word) for word in key(wanted.text).split()]
    return asked if asked or not wanted.text else [false()]


def facts_known(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """What must be known of an event; what nobody told is neither yes nor no."""
    marks = (
        (wanted.free, events.c.free),
        (wanted.accessible, events.c.accessible),
        (wanted.children, events.c.children),
    )
    asked: list[ColumnElement[bool]] = [column.is_(True) for is_wanted, column in marks if is_wanted]
    if wanted.online is not None:
        asked.append(events.c.online.is_(wanted.online))
    return asked


def has_word(word: str) -> ColumnElement[bool]:
    """Whether the word, a compound with it or another form of it is in the event or in a name of who announces it."""
    named = select(initiatives.c.id).where(initiatives.c.search_text.contains(word, autoescape=True))
    by_name = select(event_initiatives.c.event_id).where(event_initiatives.c.initiative.in_(named))
    texts = events.alias("texts")
    forms = [form for form in (word, wanted_stem(word)) if form]
    by_text = [select(texts.c.id).where(holds(texts.c.id, texts.c.search_text, form)) for form in forms]
    return events.c.id.in_(union_all(*by_text, by_name))


def at_place(place: str) -> ColumnElement[bool]:
    """Whether the place's name or address holds the words; words without letters or digits mean no place."""
    wanted = key(place)
    return events.c.place.contains(wanted, autoescape=True) if wanted else false()


def listed(names: Column[str], wanted: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether the event has one of the wanted names in a table such as `event_topics`."""
    table = names.table
    return events.c.id.in_(select(table.c.event_id).where(names.in_(wanted)))


def on_page_of(umbrella: str) -> ColumnElement[bool]:
    """Whether the alliance, a member or a member's member announces the event, and the alliance wants to show it."""

    def announced_by(ids: Select[tuple[str]] | tuple[str, ...]) -> ColumnElement[bool]:
        theirs = event_initiatives.c.initiative.in_(ids)
        return events.c.id.in_(select(event_initiatives.c.event_id).where(theirs))

    approved = or_(announced_by((umbrella,)), events.c.id.in_(said_of(APPROVED, umbrella)))
    is_refused = events.c.id.in_(said_of(REFUSED, umbrella))
    return and_(announced_by(ids_under((umbrella,))), not_(is_refused), or_(not_(chooses(umbrella)), approved))


def members_under(connection: Connection, umbrellas: tuple[str, ...]) -> set[str]:
    """The ids of the umbrellas, their members and their members' members."""
    return set(connection.scalars(ids_under(umbrellas)))


def ids_under(umbrellas: tuple[str, ...]) -> Select[tuple[str]]:
    """The question for the ids of umbrellas with all their members."""
    own = select(initiatives.c.id).where(initiatives.c.id.in_(umbrellas)).cte(recursive=True)
    # UNION and not UNION ALL: two initiatives that name each other must not go on for ever.
    members = own.union(select(initiatives.c.id).join(own, initiatives.c.umbrella == own.c.id))
    return select(members.c.id)
