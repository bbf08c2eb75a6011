"""What a pasted address would give: shown before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aggregator.errors import Failure
from aggregator.model.defects import Defect
from aggregator.model.discovery import Candidate, Profile
from aggregator.model.facts import Facts
from aggregator.model.prose import Suggestion
from aggregator.model.records import Status
from aggregator.model.times import EventTime


class Outcome(StrEnum):
    """What came of an address."""

    READABLE = "readable"
    EMPTY = "empty"
    REFUSED = "refused"
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate that was asked: what it gave, or why it gave nothing.

    `leads_to` counts the further candidates that a page named.
    """

    candidate: Candidate
    failure: Failure | None = None
    events: int = 0
    notices: int = 0
    leads_to: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next dates as we understand it. An all-day `end` is exclusive."""

    title: str
    start: EventTime
    end: EventTime | None = None
    place: str = ""
    status: Status = Status.CONFIRMED
    repeats: bool = False
    link: str = ""
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A notice that may be an event: its title and link, and the date that its words may tell."""

    title: str
    suggestion: Suggestion
    link: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A notice with a deadline: its title, and the last day."""

    title: str
    day: EventTime


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of the events lack something that people look for."""

    places: int = 0
    ends: int = 0
    zones: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether all of them have everything."""
        return not (self.places or self.ends or self.zones)


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that a helper wants to know of one pasted address.

    `pasted` is the address without secrets, fit to be shown. `removed` names the personal parameters that were
    taken out. `chosen` is the feed that we would use; `format` is what it really is. `singles`, `series` and
    `notices` count its records, `upcoming` its coming dates inside the horizon. `doubtful` are dates to come that
    we are not sure enough of, `due` the deadlines of its notices. `known_as` is the id of the source that pulls this
    feed already.
    """

    pasted: str
    outcome: Outcome
    removed: tuple[str, ...] = ()
    failure: Failure | None = None
    trials: tuple[Trial, ...] = ()
    chosen: Candidate | None = None
    format: str = ""
    title: str = ""
    singles: int = 0
    series: int = 0
    notices: int = 0
    upcoming: int = 0
    coming: tuple[Coming, ...] = ()
    defects: tuple[Defect, ...] = ()
    missing: Missing = Missing()
    known_as: str = ""
    profile: Profile | None = None
    doubtful: tuple[Doubtful, ...] = ()
    due: tuple[Due, ...] = ()

    @property
    def events(self) -> int:
        """Single events and series together."""
        return self.singles + self.series
