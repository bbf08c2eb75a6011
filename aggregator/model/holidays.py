"""Days on which a town is different: public holidays by law, and school holidays by decree.

Public holidays follow from Easter and the law of the sixteen German states as it stands in 2026; days
that only some municipalities of a state keep are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

STATES = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
"""The states by their codes of ISO 3166-2:DE."""

EVERYWHERE = frozenset(STATES)
NORTH_AND_EAST = frozenset({"BB", "HB", "HH", "MV", "NI", "SH", "SN", "ST", "TH"})
ALL_SAINTS = frozenset({"BW", "BY", "NW", "RP", "SL"})

# Days after Easter Sunday, or month and day; German and English name; states.
MOVABLE = (
    (-2, "Karfreitag", "Good Friday", EVERYWHERE),
    (0, "Ostersonntag", "Easter Sunday", frozenset({"BB"})),
    (1, "Ostermontag", "Easter Monday", EVERYWHERE),
    (39, "Christi Himmelfahrt", "Ascension Day", EVERYWHERE),
    (49, "Pfingstsonntag", "Whit Sunday", frozenset({"BB"})),
    (50, "Pfingstmontag", "Whit Monday", EVERYWHERE),
    (60, "Fronleichnam", "Corpus Christi", ALL_SAINTS | {"HE"}),
)
FIXED = (
    ((1, 1), "Neujahr", "New Year’s Day", EVERYWHERE),
    ((1, 6), "Heilige Drei Könige", "Epiphany", frozenset({"BW", "BY", "ST"})),
    ((3, 8), "Frauentag", "Women’s Day", frozenset({"BE", "MV"})),
    ((5, 1), "Tag der Arbeit", "Labour Day", EVERYWHERE),
    ((8, 15), "Mariä Himmelfahrt", "Assumption Day", frozenset({"SL"})),
    ((9, 20), "Weltkindertag", "Children’s Day", frozenset({"TH"})),
    ((10, 3), "Tag der Deutschen Einheit", "German Unity Day", EVERYWHERE),
    ((10, 31), "Reformationstag", "Reformation Day", NORTH_AND_EAST),
    ((11, 1), "Allerheiligen", "All Saints’ Day", ALL_SAINTS),
    ((12, 25), "Erster Weihnachtstag", "Christmas Day", EVERYWHERE),
    ((12, 26), "Zweiter Weihnachtstag", "Boxing Day", EVERYWHERE),
)
REPENTANCE = ("Buß- und Bettag", "Day of Repentance", frozenset({"SN"}))


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday."""

    day: date
    german: str
    english: str

    def name(self, language: str) -> str:
        """What it is called."""
        return self.english if language.startswith("en") else self.german


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One stretch without school, from `first` to `last`, both inclusive."""

    name: str
    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int, state: str) -> tuple[Holiday, ...]:
    """The public holidays of a state in one year, in order; none for a state that is not in `STATES`."""
    sunday = easter(year)
    found = [
        Holiday(sunday + timedelta(days=after), german, english)
        for after, german, english, states in MOVABLE
        if state in states
    ]
    found += [Holiday(date(year, *day), german, english) for day, german, english, states in FIXED if state in states]
    german, english, states = REPENTANCE
    if state in states:
        found.append(Holiday(day_of_repentance(year), german, english))
    return tuple(sorted(found, key=lambda holiday: holiday.day))


def day_of_repentance(year: int) -> date:
    """The Wednesday before 23 November."""
    before = date(year, 11, 22)
    return before - timedelta(days=(before.weekday() - 2) % 7)


def holidays_between(first: date, last: date, state: str) -> tuple[Holiday, ...]:
    """The public holidays of a state from first to last, both inclusive."""
    years = range(first.year, last.year + 1)
    return tuple(one for year in years for one in public_holidays(year, state) if first <= one.day <= last)
