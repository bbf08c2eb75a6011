"""Repetition as it is written: "jeden 2. Samstag im Monat", "dienstags und donnerstags", "every other Friday"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from aggregator.normalise.prose.lexicon import DASHES
from aggregator.normalise.prose.numerals import NUMBER_WORDS, ordinal_of
from aggregator.normalise.prose.tokens import Words
from aggregator.normalise.prose.weekdays import (
    LIST_WORDS,
    is_date_behind,
    plural_weekday,
    read_weekdays,
    repeated_weekday,
)

EACH = frozenset("jeden jede jedem jeder jedes jeweils immer every each chaque".split())
WEEK_WORDS = ("woche", "wochen", "week", "weeks", "semaine", "semaines")
FORTNIGHTLY = frozenset("vierzehntaegig zweiwoechentlich zweiwoechig fortnightly biweekly vierzehntaegiger".split())
DAILY_WORDS = frozenset("taeglich daily alltaeglich allabendlich".split())
WORKDAY_WORDS = frozenset("werktags wochentags werktaeglich weekdays".split())
COUNTED = frozenset(
    "termine terminen abende abenden vormittage vormittagen nachmittage nachmittagen treffen einheiten kurstage"
    " kurstagen mal x sessions sitzungen kursabende kursabenden doppelstunden unterrichtseinheiten".split()
)
HEDGE_DISTANCE = 4
OF_MONTH = ("im", "in", "des", "of", "du", "eines", "jeden", "jedes", "pro")
HEDGES = frozenset("wie sonst normalerweise ueblicherweise statt anstatt ausser nicht gewohnt usually".split())
WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
DAILY, WEEKLY, MONTHLY = "DAILY", "WEEKLY", "MONTHLY"


@dataclass(frozen=True, slots=True)
class Repetition:
    """A rule as written.

    `places` are ordinals in the month (-1 is the last), `month_days` days of it. `count` is 0 when not
    told. `vague` says that it can be meant in two ways; `hedged` that it only tells the habit ("wie
    jeden Freitag"); `helps` that it is no rule but counts for one beside it ("6x", "acht Wochen lang").
    `first` and `last` are token indices.
    """

    frequency: str
    first: int
    last: int
    weekdays: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    interval: int = 1
    count: int = 0
    vague: bool = False
    hedged: bool = False
    helps: bool = False

    @property
    def is_counted_only(self) -> bool:
        """Whether it tells how often and nothing else ("an fünf Vormittagen")."""
        return self.count > 0 and not self.weekdays


Reader = Callable[[Words, int], Repetition | None]


def read_repetition(words: Words, index: int) -> Repetition | None:
    """The repetition that begins at `index`; None if there is none."""
    if not (words.at(index).is_word or words.at(index).number is not None):
        return None
    for reader in READERS:
        found = reader(words, index)
        if found is not None:
            hedged = any(words.low(before) in HEDGES for before in range(index - HEDGE_DISTANCE, index))
            return _with_interval_behind(words, replace(found, hedged=hedged))
    return None


def _each(words: Words, index: int) -> Repetition | None:
    """Jeden Mittwoch; an jedem ersten Donnerstag im Monat; jede zweite Woche; every other Tuesday."""
    if words.low(index) == "tous" and words.low(index + 1) == "les":
        weekday = repeated_weekday(words.low(index + 2))
        return Repetition(WEEKLY, index, index + 3, (weekday,)) if weekday is not None else None
    if words.low(index) not in EACH:
        return None
    position = words.skip(words.skip(index + 1, *EACH), "am", "on")
    places, position = _places(words, position)
    weekdays, behind = read_weekdays(words, position, words.low(position - 1).startswith("jede"))
    if weekdays:
        if words.low(index) in ("immer", "jeweils") and not places and repeated_weekday(words.low(position)) is None:
            return None
        return _of_weekdays(words, index, behind, (weekdays, places))
    return _each_unit(words, index, position, places)


def _of_weekdays(
    words: Words, index: int, behind: int, told: tuple[tuple[int, ...], tuple[int, ...]]
) -> Repetition | None:
    """A rule of weekdays: by place in the month, every second one, or each."""
    weekdays, places = told
    in_month = _behind_in_month(words, behind)
    if places and in_month > behind:
        return Repetition(MONTHLY, index, in_month, weekdays, places)
    if places == (2,):
        # "jeden zweiten Freitag": every other one, or the second of the month? Only a date can tell.
        return Repetition(WEEKLY, index, behind, weekdays, interval=2, vague=words.low(index + 1) not in ("other",))
    if places:
        return Repetition(MONTHLY, index, behind, weekdays, places, vague=not set(places) & {1, -1})
    return Repetition(WEEKLY, index, in_month if in_month > behind else behind, weekdays)


def _each_unit(words: Words, index: int, position: int, places: tuple[int, ...]) -> Repetition | None:
    """Jeden Tag, jede Woche dienstags, jedes Wochenende, jeden Monat am ersten Montag, jeden 15. im Monat."""
    unit = words.low(position)
    if unit in ("tag", "abend", "day", "night", "jour", "morgen", "nachmittag", "vormittag") and not places:
        return Repetition(DAILY, index, position + 1)
    if unit in ("werktag", "wochentag", "weekday"):
        return Repetition(WEEKLY, index, position + 1, WORKDAYS)
    if unit in ("wochenende", "weekend"):
        return Repetition(WEEKLY, index, position + 1, WEEKEND, vague=True)
    if unit in WEEK_WORDS and (not places or len(places) == 1):
        return _weekly(words, index, position + 1, max(places[0], 1) if places else 1)
    if unit in ("monat", "month", "mois"):
        inner = _in_month(words, words.skip(position + 1, ",", "am", "on"), need_month=False)
        return replace(inner, first=index) if inner else None
    number = words.at(position).number
    if number is None and places and words.low(position - 1) == ".":
        number = places[0]
    in_month = _behind_in_month(words, position)
    if places and number is not None and in_month > position:
        return Repetition(MONTHLY, index, in_month, month_days=(number,))
    return None


def _weekly(words: Words, index: int, position: int, interval: int) -> Repetition:
    """A rule of weeks with the weekday that may follow it: "alle zwei Wochen am Dienstag"."""
    inner = position
    for _ in range(3):
        inner = words.skip(inner, ",", "am", "immer", "jeweils", "on", "(")
    weekdays, behind = read_weekdays(words, inner)
    if not weekdays or is_date_behind(words, behind):
        return Repetition(WEEKLY, index, position, interval=interval)
    return Repetition(WEEKLY, index, behind, weekdays, interval=interval)


def _periodic(words: Words, index: int) -> Repetition | None:
    """Alle zwei Wochen, 14-tägig, wöchentlich am Dienstag, monatlich am ersten Montag, täglich, werktags."""
    word = words.low(index)
    if word in DAILY_WORDS:
        return Repetition(DAILY, index, index + 1)
    if word in WORKDAY_WORDS:
        return Repetition(WEEKLY, index, index + 1, WORKDAYS)
    if word in ("woechentlich", "weekly"):
        return _weekly(words, index, index + 1, 1)
    if word in ("monatlich", "monthly"):
        inner = _in_month(words, words.skip(index + 1, "am", "on", ",", "jeweils", "immer"), need_month=False)
        return replace(inner, first=index) if inner else None
    interval, position = _interval(words, index)
    return _weekly(words, index, position, interval) if interval else None


def _interval(words: Words, index: int) -> tuple[int, int]:
    """How many weeks lie between, and the index behind the words; 0 if nothing of the kind is here."""
    word, following = words.low(index), words.low(index + 1)
    if word in FORTNIGHTLY:
        return 2, index + 1
    if words.at(index).number == 14 and words.low(words.skip(index + 1, *DASHES)).startswith("taeg"):
        return 2, words.skip(index + 1, *DASHES) + 1
    if word in ("alle", "every", "toutes"):
        number = words.at(index + 1).number or NUMBER_WORDS.get(following, 0)
        unit = words.low(index + 2)
        if unit in WEEK_WORDS and 1 <= number <= 8:
            return number, index + 3
        if unit in ("tage", "days") and number in (7, 14, 21, 28):
            return number // 7, index + 3
    return 0, index


def _adverb(words: Words, index: int) -> Repetition | None:
    """Dienstags; montags und mittwochs; montags bis freitags; on Wednesdays."""
    if repeated_weekday(words.low(index)) is None or is_movement(words, index):
        return None
    weekdays, behind = read_weekdays(words, index)
    return Repetition(WEEKLY, index, behind, weekdays)


def is_movement(words: Words, index: int) -> bool:
    """Whether a weekday is the beginning of a movement's name: "Fridays for Future"."""
    return (words.low(index + 1), words.low(index + 2)) == ("for", "future")


def _in_month_plain(words: Words, index: int) -> Repetition | None:
    return _in_month(words, index, need_month=True)


def _in_month(words: Words, index: int, need_month: bool) -> Repetition | None:
    """Ersten Donnerstag im Monat; 1. und 3. Dienstag des Monats; last Friday of the month."""
    places, position = _places(words, index)
    weekdays, behind = read_weekdays(words, position) if places else ((), index)
    if not weekdays:
        return None
    in_month = _behind_in_month(words, behind)
    if need_month and in_month == behind:
        return None
    return Repetition(MONTHLY, index, in_month, weekdays, places)


def _counted(words: Words, index: int) -> Repetition | None:
    """An fünf Sonnabenden; 8 x mittwochs; zehn Termine."""
    number = words.at(index).number or NUMBER_WORDS.get(words.low(index), 0)
    if not 2 <= number <= 60 or words.low(index + 1) == ".":
        return None
    weekday = plural_weekday(words.low(index + 1))
    if weekday is not None:
        return Repetition(WEEKLY, index, index + 2, (weekday,), count=number)
    if _only_counts(words, index):
        return Repetition(WEEKLY, index, index + 2, count=number, vague=True, helps=True)
    if words.low(index + 1) not in COUNTED:
        return None
    weekdays, behind = read_weekdays(words, words.skip(index + 2, ",", "jeweils", "immer"))
    if weekdays and repeated_weekday(words.low(behind - 1)) is not None:
        return Repetition(WEEKLY, index, behind, weekdays, count=number)
    plain = words.low(index + 1) not in ("mal", "x", "treffen")
    return Repetition(WEEKLY, index, index + 2, count=number, vague=True) if plain else None


def _only_counts(words: Words, index: int) -> bool:
    """Whether a number says how often, without saying what: "(6x)", "insgesamt 6 mal", "über acht Wochen"."""
    unit, behind = words.low(index + 1), words.at(index + 2)
    if unit in WEEK_WORDS:
        return words.low(index - 1) in ("ueber", "fuer", "insgesamt", "dauert") or behind.low == "lang"
    # Not "3x wöchentlich", not "2 x 45 Minuten".
    return unit in ("x", "mal") and not behind.is_word and behind.number is None


READERS: tuple[Reader, ...] = (_each, _periodic, _adverb, _in_month_plain, _counted)


def _with_interval_behind(words: Words, found: Repetition) -> Repetition:
    """The rule with what may follow it: "mittwochs, 14-tägig", "dienstags alle zwei Wochen"."""
    if found.frequency != WEEKLY or found.interval > 1:
        return found
    position = words.skip(words.skip(found.last, ",", "("), "(")
    interval, behind = _interval(words, position)
    if interval:
        return replace(found, interval=interval, last=words.skip(behind, ")"))
    by_parity = words.low(position) == "in" and words.low(position + 1).startswith(("gerade", "ungerade"))
    if by_parity and words.low(position + 2).startswith("woche"):
        return replace(found, interval=2, vague=True, last=position + 3)
    return found


def _places(words: Words, index: int) -> tuple[tuple[int, ...], int]:
    """Ordinals one after the other: "1. und 3.", "ersten", "second"; also "anderen" as the second."""
    places: list[int] = []
    position = index
    while len(places) < 5:
        token = words.at(position)
        dotted = words.low(position + 1) in (".", "st", "nd", "rd", "th") and words.at(position + 1).glued
        place = token.number if token.number is not None and dotted else ordinal_of(token.low)
        if token.low in ("other", "anderen"):
            place = 2
        if place is None or not (-2 <= place <= 31) or place == 0:
            break
        places.append(place)
        end = position + 1 + (token.number is not None)
        position = end
        following = words.skip(end, *LIST_WORDS)
        if following == end or _place_at(words, following) is None:
            break
        position = following
    return tuple(places), position


def _place_at(words: Words, index: int) -> int | None:
    token = words.at(index)
    return token.number if token.number is not None else ordinal_of(token.low)


def _behind_in_month(words: Words, index: int) -> int:
    """The index behind "im Monat", "des Monats", "eines jeden Monats", "of the month"; else `index`."""
    position = index
    if words.low(position) in OF_MONTH:
        for _ in range(3):
            position = words.skip(position, *OF_MONTH, "the", "each", "every")
        if words.low(position) in ("monat", "monats", "monates", "month", "mois"):
            return position + 1
    return index
