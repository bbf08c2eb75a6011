"""Days with a name: fixed ones, those that follow Easter, and those that follow Christmas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from aggregator.normalise.prose.numerals import ordinal_of
from aggregator.normalise.prose.tokens import Words

DayOfYear = Callable[[int], date]

MONDAY, WEDNESDAY, SUNDAY = 0, 2, 6


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - moon - leap_rest) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def weekday_in_month(month: int, weekday: int, place: int, year: int) -> date:
    """The first (1) to fifth or the last (-1) of a weekday in a month; a fifth that is missing is the last."""
    first = date(year, month, 1)
    days = range((weekday - first.weekday()) % 7 + 1, _length(first) + 1, 7)
    index = place - 1 if place > 0 else place
    return first.replace(day=days[max(-len(days), min(index, len(days) - 1))])


def _length(first: date) -> int:
    """How many days the month has."""
    return ((first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def _fixed(month: int, day: int) -> DayOfYear:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> DayOfYear:
    return lambda year: easter(year) + timedelta(days=days)


def _advent(number: int, further: int = 0) -> DayOfYear:
    """The Sunday of Advent; the fourth is the last Sunday before Christmas Day."""

    def day(year: int) -> date:
        christmas = date(year, 12, 25)
        fourth = christmas - timedelta(days=christmas.weekday() + 1)
        return fourth - timedelta(days=7 * (4 - number) - further)

    return day


def _in_month(month: int, weekday: int, place: int) -> DayOfYear:
    return partial(weekday_in_month, month, weekday, place)


NAMED: Mapping[str, DayOfYear] = {
    name: day
    for names, day in (
        ("neujahr|neujahrstag|new year s day|nouvel an", _fixed(1, 1)),
        ("heilige drei koenige|heiligen drei koenige|dreikoenigstag|epiphanias", _fixed(1, 6)),
        ("valentinstag|valentine s day", _fixed(2, 14)),
        ("weiberfastnacht|altweiber|schmotziger donnerstag", _after_easter(-52)),
        ("rosenmontag", _after_easter(-48)),
        ("faschingsdienstag|fastnachtsdienstag|veilchendienstag", _after_easter(-47)),
        ("aschermittwoch|ash wednesday", _after_easter(-46)),
        ("palmsonntag|palm sunday", _after_easter(-7)),
        ("gruendonnerstag|maundy thursday", _after_easter(-3)),
        ("karfreitag|good friday|vendredi saint", _after_easter(-2)),
        ("karsamstag|ostersamstag|ostersonnabend|holy saturday", _after_easter(-1)),
        ("ostersonntag|easter sunday", _after_easter(0)),
        ("ostermontag|easter monday|lundi de paques", _after_easter(1)),
        ("weisser sonntag|weissen sonntag", _after_easter(7)),
        ("christi himmelfahrt|himmelfahrt|himmelfahrtstag|vatertag|ascension day", _after_easter(39)),
        ("pfingstsamstag|pfingstsonnabend", _after_easter(48)),
        ("pfingstsonntag|whit sunday", _after_easter(49)),
        ("pfingstmontag|whit monday|lundi de pentecote", _after_easter(50)),
        ("trinitatis", _after_easter(56)),
        ("fronleichnam|corpus christi", _after_easter(60)),
        ("walpurgisnacht|walpurgis", _fixed(4, 30)),
        ("tag der arbeit|maifeiertag|may day", _fixed(5, 1)),
        ("muttertag", _in_month(5, SUNDAY, 2)),
        ("johannistag", _fixed(6, 24)),
        ("mariae himmelfahrt|maria himmelfahrt", _fixed(8, 15)),
        ("tag des offenen denkmals", _in_month(9, SUNDAY, 2)),
        ("tag der deutschen einheit", _fixed(10, 3)),
        ("erntedank|erntedankfest|erntedanksonntag", _in_month(10, SUNDAY, 1)),
        ("reformationstag|halloween", _fixed(10, 31)),
        ("allerheiligen|all saints day", _fixed(11, 1)),
        ("allerseelen", _fixed(11, 2)),
        ("martinstag|sankt martin|st martin", _fixed(11, 11)),
        ("volkstrauertag", _advent(1, -14)),
        ("buss und bettag", _advent(1, -11)),
        ("totensonntag|ewigkeitssonntag", _advent(1, -7)),
        ("nikolaustag|nikolaus", _fixed(12, 6)),
        ("heiligabend|heilig abend|heiliger abend|heiligen abend|christmas eve", _fixed(12, 24)),
        ("weihnachtstag|weihnachtsfeiertag|christmas day", _fixed(12, 25)),
        ("boxing day", _fixed(12, 26)),
        ("silvester|silvesterabend|altjahrsabend|new year s eve", _fixed(12, 31)),
    )
    for name in names.split("|")
}
"""What is more a theme than a day ("Tag der Menschenrechte") is not here: such texts name their own day."""

FIRST_WORDS = frozenset(name.split()[0] for name in NAMED)
LONGEST_NAME = max(len(name.split()) for name in NAMED)
COUNTED_CHRISTMAS = ("weihnachtstag", "weihnachtsfeiertag", "weihnachtsfeiertages", "feiertag")
NATIONAL = ("neujahr", "karfreitag", "ostermontag", "tag der arbeit", "himmelfahrt", "pfingstmontag") + (
    "tag der deutschen einheit",
    "weihnachtstag",
    "boxing day",
)


def public_holidays(year: int) -> frozenset[date]:
    """The days on which all of Germany is closed."""
    return frozenset(NAMED[name](year) for name in NATIONAL)


def read_holiday(words: Words, index: int) -> tuple[DayOfYear, int] | None:
    """A named day at `index` and the index behind it: "Pfingstmontag", "1. Advent", "2. Weihnachtstag"."""
    return _counted(words, index) or _named(words, index)


def _named(words: Words, index: int) -> tuple[DayOfYear, int] | None:
    """The longest name that begins here."""
    if words.low(index) not in FIRST_WORDS:
        return None
    names: list[str] = []
    found = None
    position = index
    while len(names) < LONGEST_NAME:
        token = words.at(position)
        if token.text in ("-", ".", "'", "’") and names:
            position += 1
            continue
        if not token.is_word:
            break
        names.append(token.low)
        position += 1
        if day := NAMED.get(" ".join(names)):
            found = (day, position)
    # "St. Martin" is most often a church; only the day or the feast after it tells a date.
    return None if found and names[0] in ("st", "sankt") and not words.at(index).is_capital else found


def _counted(words: Words, index: int) -> tuple[DayOfYear, int] | None:
    """A Sunday of Advent or a day of Christmas."""
    token = words.at(index)
    number = token.number if token.number is not None else ordinal_of(token.low)
    if number is None or number < 1:
        return None
    position = words.skip(index + 1, ".") if token.number is not None else index + 1
    name = words.low(position)
    if name in ("advent", "adventssonntag", "advents", "adventsonntag") and number <= 4:
        return _advent(number), position + 1
    if name in ("adventssamstag", "adventssonnabend") and number <= 4:
        return _advent(number, -1), position + 1
    if name in COUNTED_CHRISTMAS and number <= 2 and (name != "feiertag" or token.number is None):
        return _fixed(12, 24 + number), position + 1
    return None
