"""Weekdays in every form: "Sonnabend", "Sa.", "dienstags", "Freitagabend", "Mondays"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from aggregator.normalise.prose.lexicon import ARTICLES, DASHES
from aggregator.normalise.prose.tokens import Token, Words

FULL_WEEKDAYS: Mapping[str, int] = {
    name: weekday
    for weekday, names in enumerate(
        (
            "montag monday lundi",
            "dienstag tuesday mardi",
            "mittwoch wednesday mercredi",
            "donnerstag thursday jeudi",
            "freitag friday vendredi",
            "samstag sonnabend saturday samedi",
            "sonntag sunday dimanche",
        )
    )
    for name in names.split()
}
SHORT_WEEKDAYS: Mapping[str, int] = {
    name: weekday
    for weekday, names in enumerate(
        (
            "mo mon lun",
            "di tue tues",
            "mi wed mer",
            "do thu thur thurs jeu",
            "fr fri ven",
            "sa sam sat sbd",
            "so sun dim",
        )
    )
    for name in names.split()
}
WEEKDAY_ENDINGS = ("abend", "morgen", "mittag", "nachmittag", "vormittag", "nacht", "frueh")
LIST_WORDS = frozenset(("und", "u", "and", "et", "sowie", "&", "+", "/", ","))


@lru_cache(maxsize=4096)
def weekday_of(word: str) -> int | None:
    """The weekday that a full name means, also "Freitagabend"; no abbreviations."""
    if word in FULL_WEEKDAYS:
        return FULL_WEEKDAYS[word]
    for ending in WEEKDAY_ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in FULL_WEEKDAYS:
            return FULL_WEEKDAYS[word[: -len(ending)]]
    return None


def repeated_weekday(word: str) -> int | None:
    """The weekday of "dienstags", "mittwochabends", "Wednesdays" or "mercredis"."""
    if not word.endswith("s"):
        return None
    return weekday_of(word[:-1])


def plural_weekday(word: str) -> int | None:
    """The weekday of "Sonnabenden", "Dienstage" or "Saturdays"."""
    for ending in ("en", "e", "s"):
        if word.endswith(ending) and word[: -len(ending)] in FULL_WEEKDAYS:
            return FULL_WEEKDAYS[word[: -len(ending)]]
    return None


def read_weekday(words: Words, index: int) -> tuple[int | None, int]:
    """A weekday that leads a date, and where the date begins; (None, index) without one."""
    token = words.at(index)
    weekday = weekday_of(token.low) if token.is_word else None
    short = weekday is None and token.is_word and token.low in SHORT_WEEKDAYS
    if short:
        weekday = SHORT_WEEKDAYS[token.low]
    if weekday is None:
        return None, index
    position = words.skip(index + 1, ".") if short else index + 1
    position = words.skip(position, ",")
    position = words.skip(position, "(", *ARTICLES)
    return weekday, position


def weekday_behind(words: Words, index: int) -> tuple[int | None, int]:
    """The weekday behind a date: "(Samstag)", "(Sa)", ", Samstag," but not that of the next date."""
    position = words.skip(index, ",", "(")
    token = words.at(position)
    in_brackets = words.low(position - 1) == "(" and position > index
    weekday = weekday_of(token.low) if token.is_word else None
    if weekday is None and in_brackets and token.low in SHORT_WEEKDAYS:
        weekday = SHORT_WEEKDAYS[token.low]
    if weekday is None or repeated_weekday(token.low) is not None:
        return None, index
    behind = words.skip(position + 1, ".")
    if in_brackets and words.low(behind) in ("/", "-", "–", "auf") and weekday_of(words.low(behind + 1)) is not None:
        behind += 2
    if in_brackets:
        return weekday, words.skip(behind, ")")
    return (None, index) if position == index or _is_next_date(words, behind) else (weekday, position + 1)


def _is_next_date(words: Words, index: int) -> bool:
    """Whether a day follows, so that a weekday before it belongs to it and not to the date before."""
    position = words.skip(words.skip(index, ","), *ARTICLES)
    behind = words.low(position + 1)
    return (
        is_day_number(words.at(position))
        and behind not in ("uhr", ":", "h", "bis", *DASHES)
        and not (behind == "." and words.at(position + 2).glued and words.low(position + 3) in ("uhr", "h"))
    )


def read_weekdays(words: Words, index: int, each: bool = False) -> tuple[tuple[int, ...], int]:
    """Weekdays one after the other, or from one to another: "Mo und Mi", "dienstags bis samstags".

    `each` says that "jeden" leads: then "do" is Thursday even in small letters.
    """
    first = _in_any_form(words, index)
    if first is None and each and words.at(index).is_word:
        first = SHORT_WEEKDAYS.get(words.low(index))
    if first is None:
        return (), index
    weekdays = [first]
    position = words.skip(index + 1, ".") if words.low(index) in SHORT_WEEKDAYS else index + 1
    while len(weekdays) < 7:
        link = words.low(position)
        following = words.skip(position + 1, "jeden", "jedem", "und", "and")
        weekday = _in_any_form(words, following)
        if weekday is None or is_date_behind(words, following + 1):
            break
        if link in (*DASHES, "bis", "to"):
            weekdays += [(weekdays[-1] + step) % 7 for step in range(1, (weekday - weekdays[-1]) % 7 + 1)]
        elif link in LIST_WORDS:
            weekdays.append(weekday)
        else:
            break
        position = following + 1
    return tuple(dict.fromkeys(weekdays)), position


def _in_any_form(words: Words, index: int) -> int | None:
    """A weekday in any form: full, plural, adverb or short with a capital."""
    token = words.at(index)
    if not token.is_word:
        return None
    for read in (weekday_of, repeated_weekday):
        if (weekday := read(token.low)) is not None:
            return weekday
    return SHORT_WEEKDAYS.get(token.low) if token.is_capital else None


def is_date_behind(words: Words, index: int) -> bool:
    """Whether a day of the month follows, so that the weekday leads a date and is no rule."""
    position = words.skip(words.skip(index, ","), "den", "dem", "der")
    token = words.at(position)
    return token.number is not None and token.number <= 31 and words.low(position + 1) == "."


def is_day_number(token: Token) -> bool:
    """Whether a token may be a day of the month."""
    return token.number is not None and 1 <= token.number <= 31 and len(token.text) <= 2
