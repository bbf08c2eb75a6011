"""Which events and occurrences of a census a filter wants: its words, places and facts, its weekdays and hours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from itertools import accumulate
from operator import or_

from sqlalchemy import Connection, select

from aggregator.model.corrections import APPROVED, REFUSED
from aggregator.model.filters import EventFilter
from aggregator.model.text import key
from aggregator.store.alliance_pages import events_said, is_choosing
from aggregator.store.bits import at_least, bits_of, both, without
from aggregator.store.census import Census, events_on
from aggregator.store.filtering import conditions, members_under, minute_of
from aggregator.store.schema import events
from aggregator.store.sphere import numbers_inside

WEEK = range(7)


def dateless(wanted: EventFilter) -> EventFilter:
    """The filter without anything that asks for a date."""
    return replace(wanted, first=None, last=None, weekdays=(), after=None, before=None)


def chosen(census: Census, wanted: EventFilter, connection: Connection) -> int:
    """The events that fit all but the dates."""
    found = census.everyone
    if wanted.topics:
        found &= reduce(or_, (census.topics.get(topic, 0) for topic in wanted.topics))
    if wanted.languages:
        found &= reduce(or_, (census.languages.get(language, 0) for language in wanted.languages))
    for is_asked, name in (
        (wanted.free, "free"),
        (wanted.accessible, "accessible"),
        (wanted.children, "children"),
        (wanted.online is True, "online"),
        (wanted.online is False, "on site"),
    ):
        if is_asked:
            found &= census.facts[name]
    if wanted.initiatives:
        found &= announced_by(census, set(wanted.initiatives))
    if wanted.umbrellas:
        found &= reduce(or_, (on_page_of(umbrella, census, connection) for umbrella in wanted.umbrellas))
    if wanted.places:
        found &= reduce(or_, (at_place(census, key(place)) for place in wanted.places))
    if wanted.near:
        near = wanted.near
        found &= census.remembered(("near", near), lambda: bits_of(numbers_inside(near, census.spots), len(census.ids)))
    if wanted.text:
        found &= census.remembered(("text", wanted.text), lambda: with_words(census, wanted.text, connection))
    return found


def on_page_of(umbrella: str, census: Census, connection: Connection) -> int:
    """The events that the page of an alliance shows."""
    found = announced_by(census, members_under(connection, (umbrella,)))
    if is_choosing(connection, umbrella):
        approved = events_said(connection, APPROVED, umbrella)
        found &= announced_by(census, {umbrella}) | with_ids(approved, census)
    return found & ~with_ids(events_said(connection, REFUSED, umbrella), census)


def with_ids(ids: Collection[str], census: Census) -> int:
    """The events with these ids."""
    return bits_of((at for at, name in enumerate(census.ids) if name in ids), len(census.ids)) if ids else 0


def announced_by(census: Census, names: set[str]) -> int:
    """The events that one of these initiatives announces."""
    pairs = census.announced
    asked = bytes(name in names for name in pairs.names)
    return bits_of((event for event, name in zip(pairs.event, pairs.name, strict=True) if asked[name]), len(census.ids))


def at_place(census: Census, words: str) -> int:
    """The events of which the place's name or address holds the words."""

    def listed() -> tuple[str, list[int], list[list[int]]]:
        there: dict[str, list[int]] = {}
        for at, place in enumerate(census.place_keys):
            there.setdefault(place, []).append(at)
        return "\n".join(there), list(accumulate(len(place) + 1 for place in there)), list(there.values())

    def found() -> int:
        text, ends, there = census.remembered("place keys", listed)
        numbers: list[int] = []
        at = text.find(words)
        while at >= 0:
            line = bisect_right(ends, at)
            numbers += there[line]
            at = text.find(words, ends[line])
        return bits_of(numbers, len(census.ids))

    return census.remembered(("place", words), found) if words else 0


def with_words(census: Census, text: str, connection: Connection) -> int:
    """The events that have the words, which only the store can tell."""
    return with_ids(set(connection.scalars(select(events.c.id).where(*conditions(EventFilter(text=text))))), census)


def dated(census: Census, wanted: EventFilter) -> bytes:
    """The occurrences on the weekdays and in the hours that the filter wants."""
    mask = b"\1" * len(census.event)
    if wanted.weekdays:
        asked = sum(1 << weekday for weekday in wanted.weekdays)
        mask = both(mask, census.weekdays.translate(bytes(bool(bits & asked) for bits in range(256))))
    if wanted.after is not None:
        mask = both(mask, at_least(census.minute, minute_of(wanted.after)))
    if wanted.before is not None:
        timed, late = (at_least(census.minute, minute) for minute in (0, minute_of(wanted.before)))
        mask = both(mask, without(timed, late))
    return mask


def by_weekday(census: Census, rows: bytes) -> list[int]:
    """The events that have an occurrence of the mask on each weekday, and last those with one on none."""
    tables = [bytes(bool(bits >> weekday & 1) for bits in range(256)) for weekday in WEEK]
    tables.append(bytes(not bits for bits in range(256)))
    return [events_on(census, both(rows, census.weekdays.translate(table))) for table in tables]
