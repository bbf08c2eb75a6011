"""The merged event: what the public sees, computed from a cluster of records."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from aggregator.model.facts import Facts
from aggregator.model.linkage import Relation
from aggregator.model.places import Place
from aggregator.model.records import Recurrence, Status
from aggregator.model.times import EventTime, zone_info
from aggregator.model.values import dataclass

ASSUMED_LENGTH = timedelta(hours=2)
NIGHT_ENDS = timedelta(hours=6, microseconds=1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's announcement of the event, for "auch angekündigt von".

    `rule` says why it was merged (empty for the leading one), `occurrence` to which ISO original start
    an instance belongs (empty: to the whole event). `licence` is what its source puts its texts under.
    """

    record: str
    source: str
    initiative: str
    title: str
    start: EventTime | None
    end: EventTime | None = None
    link: str = ""
    relation: Relation = Relation.SAME
    occurrence: str = ""
    rule: str = ""
    place: str = ""
    status: Status = Status.CONFIRMED
    licence: str = ""


@dataclass(frozen=True, slots=True)
class EventOccurrence:
    """One instance of a merged event; fields that are None or empty are those of the event.

    `original` is the start by rule (RECURRENCE-ID). An all-day `end` is exclusive.
    """

    original: EventTime
    start: EventTime
    end: EventTime | None = None
    status: Status = Status.CONFIRMED
    title: str = ""
    place: Place | None = None
    description: str = ""
    url: str = ""

    @property
    def ends_at(self) -> datetime:
        """The UTC moment at which it is over: its end, never its start (rule 6)."""
        end = self.end.instant if self.end is not None else None
        if end is not None and end > self.start.instant:
            return end
        assumed = timedelta(days=1) if self.start.is_date else ASSUMED_LENGTH
        return self.start.shifted(assumed).instant

    def days(self, zone: str) -> tuple[date, date]:
        """Its first and last local day in `zone`, both inclusive.

        A night that ends before six in the morning belongs to the evening on which it began.
        """
        first = self.start.local_day(zone)
        if self.start.is_date:
            last = self.end.local_day(zone) - timedelta(days=1) if self.end else first
        else:
            last = (self.ends_at.astimezone(zone_info(zone)) - NIGHT_ENDS).date() if self.end else first
        return first, max(first, last)


@dataclass(frozen=True, slots=True)
class Umbrella:
    """The event that another one is an item of: its id and title."""

    event: str
    title: str


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """The golden record of one cluster.

    `provenance` names for each field the record that it was taken from. `occurrences` are all inside
    the horizon, sorted by start; a single event has one. `deviations` are the instances that differ
    from the rule (moved, cancelled, announced with another title), also those outside the horizon:
    with `recurrence` they say the whole series. `initiatives` are those that announce it, the leading
    one first. `language` is that of the text, `facts.languages` are those spoken there. `part_of` are the
    festivals that it is an item of, `corrected` the fields that a person changed against the sources.
    """

    title: str
    start: EventTime
    occurrences: tuple[EventOccurrence, ...]
    statements: tuple[Statement, ...]
    provenance: tuple[tuple[str, str], ...]
    end: EventTime | None = None
    recurrence: Recurrence = Recurrence()
    deviations: tuple[EventOccurrence, ...] = ()
    status: Status = Status.CONFIRMED
    description: str = ""
    place: Place = Place()
    url: str = ""
    topics: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    language: str = ""
    facts: Facts = Facts()
    part_of: tuple[Umbrella, ...] = ()
    corrected: tuple[str, ...] = ()

    @property
    def is_series(self) -> bool:
        """Whether it repeats."""
        return bool(self.recurrence.rules or self.recurrence.dates)

    @property
    def is_endless(self) -> bool:
        """Whether its rule tells no end: then nobody can count its dates, only those of the horizon."""
        return any(not {"COUNT", "UNTIL"} & parts_of_rule(rule) for rule in self.recurrence.rules)

    @property
    def is_all_day(self) -> bool:
        """Whether only days are known of it."""
        return self.start.is_date


def parts_of_rule(rule: str) -> set[str]:
    """The names in an RRULE, such as FREQ and UNTIL (RFC 5545 section 3.3.10)."""
    return {part.partition("=")[0].upper() for part in rule.split(";")}


@dataclass(frozen=True, slots=True)
class EventIdentity:
    """What must never be re-derived of a merged event: minted once and stored (rules 2 and 9).

    `id` stands in addresses, `uid` in calendars. `founder` is the record that the id follows when a
    cluster splits. `fingerprint` is that of the visible fields at `modified_at`; `sequence` counts its
    changes (RFC 5545 section 3.8.7.4). Times are UTC.
    """

    id: str
    uid: str
    founder: str
    sequence: int
    created_at: datetime
    modified_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """A merged event with its identity: what exports and pages render."""

    identity: EventIdentity
    event: MergedEvent


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of an agenda or month: an occurrence with its event, read from the store.

    `day` is the first local day inside the window asked for; `last_day` its last local day.
    """

    published: PublishedEvent
    occurrence: EventOccurrence
    day: date
    last_day: date
