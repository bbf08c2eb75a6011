"""One day as it is written: "Sa., 5.12.", "Dienstag, den 5. Mai 2026", "June 5th", "am ersten Sonntag im Mai"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from aggregator.normalise.prose.holidays import DayOfYear, read_holiday, weekday_in_month
from aggregator.normalise.prose.lexicon import ARTICLES, ENGLISH_MONTHS, MONTHS, SHARED_MONTHS
from aggregator.normalise.prose.numerals import NOT_DATES_AFTER, UNITS, ordinal_of
from aggregator.normalise.prose.tokens import Kind, Token, Words
from aggregator.normalise.prose.weekdays import is_day_number, read_weekday, weekday_behind, weekday_of

YEARS = range(1000, 2200)
DATE_PREPOSITIONS = frozenset(["am", "den", "dem", "vom", "zum", "vor", "nach", "on", "le", "du"])
ENGLISH_ENDINGS = ("st", "nd", "rd", "th")
ORDINAL_ENDINGS = (*ENGLISH_ENDINGS, "er", "ter", "ten", "te", "e")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; whatever is None was not written.

    `weekday` counts from Monday, 0. `named` gives the date of a holiday or of "erster Sonntag im Mai" in a
    year. `firm` is False for shapes that are often something else: "5.12" without a last dot.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    named: DayOfYear | None = None
    firm: bool = True

    @property
    def is_placed(self) -> bool:
        """Whether it can be found in a calendar once the year is known."""
        return self.month is not None or self.named is not None


Found = tuple[Day, int]


def read_day(words: Words, index: int, loose: bool = False) -> Found | None:
    """A day with its month or name at `index`, and the index behind it.

    `loose` accepts "5.12" without a last dot, as a list does whose other days are written so.
    """
    weekday, position = read_weekday(words, index)
    cued = loose or weekday is not None or words.low(index - 1) in DATE_PREPOSITIONS
    found = _in_year(words, position) or _core(words, position, cued) or _of_month(words, position)
    if found is None:
        return None
    day, position = found
    if weekday is None:
        weekday, position = weekday_behind(words, position)
    return replace(day, weekday=weekday if weekday is not None else day.weekday), position


def read_bare_day(words: Words, index: int) -> Found | None:
    """A day whose month follows later: "3." in "3. und 5. März"; `firm` if it is written as an ordinal."""
    weekday, position = read_weekday(words, index)
    token = words.at(position)
    if not is_day_number(token):
        return None
    behind = _behind_ordinal(words, position + 1)
    return Day(day=token.number, weekday=weekday, firm=behind > position + 1), behind


def read_year(words: Words, index: int) -> tuple[int | None, int]:
    """A year with four digits, or with two behind an apostrophe."""
    position = words.skip(index, ",") if words.language == "en" else index
    token = words.at(position)
    if token.text in ("'", "’") and len(words.at(position + 1).text) == 2 and words.at(position + 1).number is not None:
        return 2000 + (words.at(position + 1).number or 0), position + 2
    if len(token.text) == 4 and token.number in YEARS and not _has_unit(words, position + 1):
        return token.number, position + 1
    return None, index


def _in_year(words: Words, index: int) -> Found | None:
    """A holiday, its year, and the date that may explain it: "1. Advent (29. November)"."""
    holiday = read_holiday(words, index)
    if holiday is None:
        return None
    named, position = holiday
    inner = position
    for _ in range(3):
        inner = words.skip(inner, ",", "(", *ARTICLES)
    weekday, date_index = read_weekday(words, inner)
    explicit = _core(words, date_index, True)
    if explicit is not None:
        return replace(explicit[0], named=named, weekday=weekday), words.skip(explicit[1], ")")
    year, position = read_year(words, position)
    return Day(named=named, year=year), position


def _core(words: Words, index: int, cued: bool) -> Found | None:
    """Day, month and year in whatever order and shape."""
    token = words.at(index)
    if token.kind is Kind.NUMBER:
        if words.low(index - 1) in NOT_DATES_AFTER or _is_inside_number(words, index):
            return None
        return _iso(words, index) or _day_and_name(words, index) or _numeric(words, index, cued)
    return _name_and_day(words, index) or _spelled(words, index)


def _is_inside_number(words: Words, index: int) -> bool:
    """Whether the number goes on to the left: 192.168.1.1, 04131/1234."""
    marked = words.low(index - 1) in (".", "/", ",", ":") and words.at(index - 1).glued
    return marked and words.at(index).glued and words.at(index - 2).kind is Kind.NUMBER


def _iso(words: Words, index: int) -> Found | None:
    """2026-12-05, or 05-12-2026."""
    first, middle, last = (words.at(index + step) for step in (0, 2, 4))
    dashed = all(words.low(index + step) == "-" and words.at(index + step).glued for step in (1, 3))
    if not dashed or not (middle.glued and last.glued):
        return None
    year, day = (first, last) if len(first.text) == 4 else (last, first)
    if len(year.text) != 4 or year.number not in YEARS or not _is_month(middle) or not is_day_number(day):
        return None
    behind = index + 5
    # 2026-12-05T19:00
    return Day(day.number, middle.number, year.number), words.skip(behind, "t") if words.at(behind).glued else behind


def _day_and_name(words: Words, index: int) -> Found | None:
    """5. Dezember 2026, 5th of December, 5 décembre."""
    if not is_day_number(words.at(index)):
        return None
    position = words.skip(_behind_ordinal(words, index + 1), "of", "de")
    month = _month_name(words, position)
    if month is None:
        return None
    position = words.skip(position + 1, ".") if len(words.low(position)) <= 5 else position + 1
    year, position = read_year(words, position)
    return Day(words.at(index).number, month, year), position


def _month_name(words: Words, index: int) -> int | None:
    token = words.at(index)
    # "may" is a month only with a capital.
    return MONTHS.get(token.low) if token.is_word and (token.low != "may" or token.is_capital) else None


def _behind_ordinal(words: Words, index: int) -> int:
    """The index behind the dot or ending of an ordinal."""
    token = words.at(index)
    return index + 1 if token.glued and (token.text == "." or token.low in ORDINAL_ENDINGS) else index


def _numeric(words: Words, index: int, cued: bool) -> Found | None:
    """5.12., 5.12.26, 5. 12. 2026, 5/12/2026; and 5.12 or 5/12 where a weekday or a preposition leads."""
    mark = words.at(index + 1)
    month = words.at(index + 2)
    if not is_day_number(words.at(index)) or not mark.glued or mark.text not in (".", "/") or not _is_month(month):
        return None
    if mark.text == "/" and not month.glued:
        return None
    closed = words.at(index + 3).text == mark.text and words.at(index + 3).glued
    year, position = _numeric_year(words, index + 3 + closed, closed)
    firm = year is not None or (closed and mark.text == ".")
    # A slash at the end belongs to what follows: 5/12/Halle.
    position = position if firm else index + 3
    spaced = not month.glued
    if (not firm and (spaced or not cued)) or _is_time_or_amount(words, position, closed):
        return None
    return Day(words.at(index).number, month.number, year, firm=firm), position


def _numeric_year(words: Words, index: int, closed: bool) -> tuple[int | None, int]:
    """The year of a date in numbers: 2026, or 26 when no blank is before it and no time is meant."""
    token = words.at(index)
    if not closed or token.kind is not Kind.NUMBER:
        return None, index
    if len(token.text) == 4 and token.number in YEARS:
        return token.number, index + 1
    is_time = words.low(index + 1) in (":", "uhr", "h") or (words.low(index + 1) == "." and words.at(index + 2).glued)
    if len(token.text) == 2 and token.glued and not is_time and token.number is not None:
        return 2000 + token.number, index + 1
    return None, index


def _is_time_or_amount(words: Words, index: int, closed: bool) -> bool:
    """Whether what looked like a date is 18.10 Uhr, 5.12 Euro or part of a longer number."""
    token = words.at(index)
    if token.low in ("uhr", "h", "pm") or (token.glued and token.kind is Kind.NUMBER):
        return True
    return not closed and (token.low in UNITS or (token.glued and token.text in (":", "%")))


def _name_and_day(words: Words, index: int) -> Found | None:
    """December 5th, 2026; Dec. 5."""
    month = _month_name(words, index)
    name = words.low(index)
    if month is None or name not in ENGLISH_MONTHS | SHARED_MONTHS:
        return None
    position = words.skip(index + 1, ".")
    if not is_day_number(words.at(position)) or words.low(position + 1) in (":", "uhr", "h"):
        return None
    ending = words.low(position + 1) in ENGLISH_ENDINGS and words.at(position + 1).glued
    behind = position + 1 + ending
    comma = words.skip(behind, ",")
    year, after = read_year(words, comma)
    if not ending and year is None and not (words.language == "en" or name in ENGLISH_MONTHS):
        return None
    return Day(words.at(position).number, month, year), after if year is not None else behind


def _spelled(words: Words, index: int) -> Found | None:
    """Erster Mai, dritten Oktober."""
    place = ordinal_of(words.low(index))
    month = _month_name(words, index + 1)
    if place is None or place < 1 or month is None:
        return None
    year, position = read_year(words, index + 2)
    return Day(place, month, year), position


def _of_month(words: Words, index: int) -> Found | None:
    """Ersten Sonntag im Mai, 2. Samstag im Juni 2027, last Friday of March."""
    token = words.at(index)
    place = token.number if token.number is not None else ordinal_of(token.low)
    position = words.skip(index + 1, ".") if token.number is not None else index + 1
    weekday = weekday_of(words.low(position))
    if place is None or weekday is None or place > 5 or place == 0:
        return None
    if words.low(position + 1) not in ("im", "in", "of", "des"):
        return None
    month = _month_name(words, position + 2)
    if month is None:
        return None
    year, behind = read_year(words, position + 3)
    return Day(named=partial(weekday_in_month, month, weekday, place), year=year), behind


def _has_unit(words: Words, index: int) -> bool:
    return words.low(index) in UNITS


def _is_month(token: Token) -> bool:
    return token.number is not None and 1 <= token.number <= 12 and len(token.text) <= 2
