"""A date that an owner typed in on the console."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rhythm(StrEnum):
    """How a typed-in date repeats; the numbered ones mean the same weekday of the month as the first date."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_DAY = "monthly_day"
    MONTHLY_WEEKDAY = "monthly_weekday"


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One date, or a simple series.

    `start` and `end` are wall time in the source's zone as ISO texts ("2026-12-05T18:30"), or days ("2026-12-05")
    for whole days, the last one inclusive. `until` is the last day of a series, "" for open. `without` are the days
    on which a series does not take place.
    """

    id: str
    title: str
    start: str
    end: str = ""
    place: str = ""
    description: str = ""
    link: str = ""
    topics: tuple[str, ...] = ()
    rhythm: Rhythm = Rhythm.ONCE
    until: str = ""
    without: tuple[str, ...] = ()
    cancelled: bool = False

    @property
    def is_all_day(self) -> bool:
        """Whether only days are known."""
        return "T" not in self.start
