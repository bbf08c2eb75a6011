"""One source's normalised statement about one event: the unit of matching."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.defects import Defect
from aggregator.model.facts import Facts
from aggregator.model.places import Place
from aggregator.model.prose import Suggestion
from aggregator.model.times import EventTime
from aggregator.model.values import dataclass


class Status(StrEnum):
    """What is said of an event's taking place, by STATUS, eventStatus or words in the title."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    MOVED = "moved"
    SOLD_OUT = "sold_out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A judged repetition: RRULE values that are safe to expand, and the extra and excepted starts."""

    rules: tuple[str, ...] = ()
    dates: tuple[EventTime, ...] = ()
    exceptions: tuple[EventTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One instance of an event in time.

    `original` is the start that the rule gave it (its RECURRENCE-ID), also when it was moved; for a
    single event it equals `start`. `record` is the override that speaks for it, empty if none does.
    An all-day `end` is exclusive (RFC 5545 section 3.6.1).
    """

    original: EventTime
    start: EventTime
    end: EventTime | None = None
    record: str = ""
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Record:
    """One source's statement about one event: a single, a whole series, or one override of a series.

    `id` is the stored identity; a fresh record's id is derived from `key`, and the changes stage
    replaces it by the id already stored for the same event. `key` is the identity inside the source
    (rule 1 of docs/design.md). `series` is the id of the series that an override belongs to and
    `original` the start that it replaces. A notice has neither start nor occurrences.
    `title` is cleaned for people (status words taken out), `stated_title` is as written.
    `description` is plain text with blank lines between paragraphs. `topics` are topic ids,
    `categories` the source's own words. `fingerprint` changes exactly when the statement does.
    `evidence` quotes the words that dates were read from, when no field of the source stated them.
    `due` is the day on which a notice's deadline ends. `suggestions` are dates that its words may tell, not
    surely enough to be shown; they wait for a person. `page_of` is the fingerprint of the feed's own statement
    when the item's page was asked: until that changes, what the page said stands.
    """

    id: str
    key: str
    source: str
    kind: str
    title: str
    stated_title: str
    fingerprint: str
    uid: str = ""
    guid: str = ""
    link: str = ""
    description: str = ""
    start: EventTime | None = None
    end: EventTime | None = None
    recurrence: Recurrence = Recurrence()
    series: str = ""
    original: EventTime | None = None
    this_and_future: bool = False
    occurrences: tuple[Occurrence, ...] = ()
    status: Status = Status.CONFIRMED
    place: Place = Place()
    organizer: str = ""
    topics: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    sequence: int = 0
    facts: Facts = Facts()
    evidence: str = ""
    due: EventTime | None = None
    suggestions: tuple[Suggestion, ...] = field(default=(), repr=False)
    page_of: str = field(default="", repr=False)

    @property
    def is_notice(self) -> bool:
        """Whether it tells no date, and so is not an event."""
        return self.start is None

    @property
    def is_series(self) -> bool:
        """Whether it stands for more than one occurrence by rule or list."""
        return bool(self.recurrence.rules or self.recurrence.dates)

    @property
    def is_override(self) -> bool:
        """Whether it replaces one occurrence of a series of the same source."""
        return bool(self.series)


ACCESS = tuple((name, vars(Record)[name].__get__, vars(Record)[name].__set__) for name in Record.__dataclass_fields__)


def altered(record: Record, **changes: object) -> Record:
    """What `dataclasses.replace` gives, in half the time: reading takes three of them for each record."""
    made = object.__new__(Record)
    for name, value_of, put in ACCESS:
        put(made, changes[name] if name in changes else value_of(record))
    return made


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What a child process hands back for one body: records and what was wrong with the rest.

    `format` is what the body really was.
    """

    records: tuple[Record, ...] = ()
    defects: tuple[Defect, ...] = ()
    title: str = ""
    refresh_interval: timedelta | None = None
    complete: bool = True
    format: str = ""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record with what the store knows of it over time (all UTC)."""

    record: Record
    first_seen: datetime
    changed_at: datetime
    missing_since: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """When a record was first seen, and since when it is withdrawn."""

    first_seen: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What one healthy answer means for the store: the changes stage's whole decision.

    `added` and `changed` are written in full; nothing is written for `unchanged` ids. `missing` are
    ids newly missing, `returned` ids seen again (their marks are cleared), `withdrawn` ids now
    confirmed as gone. `rekeyed` are those of the unchanged whose source gave them another key (a new
    UID): written in full too, but no news to anyone; `rolled` the same of those that show other dates only because the
    horizon has moved. `held` names the error class of an answer whose
    absences are not believed (`held_detail`: how many of how many are gone, `lost`: which): it takes nothing
    away, yet what it adds or changes counts. `defects` are those that only a comparison shows.
    """

    added: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    unchanged: tuple[str, ...] = ()
    rekeyed: tuple[Record, ...] = ()
    rolled: tuple[Record, ...] = ()
    missing: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    held: str = ""
    held_detail: str = ""
    lost: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the store would stay as it is, but for the horizon."""
        changes = (self.added, self.changed, self.rekeyed, self.missing, self.returned, self.withdrawn)
        return not any(changes)
