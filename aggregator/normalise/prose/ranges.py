"""Days that are told together: "14. und 15. November", "12.–14. Juni", "Nacht vom 28. auf den 29."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from aggregator.normalise.prose.cues import MOVING
from aggregator.normalise.prose.dates import Day, Found, read_bare_day, read_day
from aggregator.normalise.prose.lexicon import DASHES
from aggregator.normalise.prose.tokens import Kind, Words
from aggregator.normalise.prose.weekdays import SHORT_WEEKDAYS, weekday_of

MOST_DAYS = 12
"""Of one chain; what follows is a chain of its own, joined later as any list is."""
FARTHEST_MONTH = 6 * MOST_DAYS
"""Tokens in which the month of "3., 10. und 17. März" has to follow."""
MOVED_WITHIN = 12
"""Tokens on either side in which a verb may say that a day was moved."""
NIGHTLY = ("uebernacht", "lesenacht")
LINKING_WORDS = frozenset("am den dem der on the le an vom zum jeweils".split())
RANGE_WORDS = frozenset(("bis", "to", "until", "till", "through", "au", *DASHES))
LIST_WORDS = frozenset(("und", "u", "and", "et", "sowie", "&", "+", "/", ",", ";"))
PAIR_WORDS = RANGE_WORDS | LIST_WORDS | {"auf"}
CHOICE_WORDS = frozenset(("oder", "or", "ou"))


class Together(Enum):
    """How several days belong together."""

    LIST = "list"
    RANGE = "range"
    NIGHT = "night"
    MOVED = "moved"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Dates:
    """One or more days and how they belong together; a single day is a list of one.

    `first` and `last` are token indices, the last one exclusive.
    """

    days: tuple[Day, ...]
    together: Together
    first: int
    last: int

    @property
    def is_range(self) -> bool:
        """Whether it goes on from the first day to the last."""
        return self.together is Together.RANGE


def read_dates(words: Words, index: int) -> Dates | None:
    """The days told together from `index` on; None if no date begins there."""
    pair, start = _weekday_pair(words, index)
    days, links, ends = _chain(words, start)
    # Days without a month at the end belong to something else: "5. Dezember, 12. Etage".
    while days and not days[-1].is_placed:
        days.pop()
        ends.pop()
        links = links[: max(len(days) - 1, 0)]
    if not days:
        return None
    days = completed(days)
    if pair:
        days[0] = replace(days[0], weekday=pair[0])
        days[-1] = replace(days[-1], weekday=pair[-1]) if len(days) > 1 else days[0]
    together = _together(words, index, ends[-1], links)
    if pair and "auf" in (words.low(index + 1), words.low(index + 2)):
        days, together = _of_night(words, range(index, ends[-1]), pair, days)
    return Dates(tuple(days), together, index, ends[-1])


def _of_night(words: Words, place: range, pair: tuple[int, ...], days: Sequence[Day]) -> tuple[list[Day], Together]:
    """The days of "Samstag auf Sonntag, 5./6. Dezember", and whether it is a night or something that was moved."""
    first, second = pair
    near = {words.low(each) for each in range(place.start - MOVED_WITHIN, place.stop + MOVED_WITHIN)}
    is_night = second == (first + 1) % 7 and near.isdisjoint(MOVING)
    if len(days) == 1:
        return [replace(days[0], weekday=second)], Together.NIGHT if is_night else Together.LIST
    return list(days), Together.NIGHT if is_night else Together.MOVED


def _chain(words: Words, index: int) -> tuple[list[Day], list[str], list[int]]:
    """The days from `index` on, the links between them, and the index behind each."""
    found = _element(words, index, None, "")
    days: list[Day] = []
    links: list[str] = []
    ends: list[int] = []
    while found is not None and len(days) < MOST_DAYS:
        days.append(found[0])
        ends.append(found[1])
        link, position = _link(words, found[1])
        if not link or "range" in links:
            break
        found = _element(words, position, days[-1], link)
        if found is not None:
            links.append(link)
    return days, links, ends


def _element(words: Words, index: int, before: Day | None, link: str) -> Found | None:
    """The next day of a chain: a whole date, or a day whose month comes later."""
    loose = before is not None and not before.firm and before.month is not None
    if found := read_day(words, index, loose):
        return found
    bare = read_bare_day(words, index) if words.has_month_within(index, FARTHEST_MONTH) else None
    if bare is None:
        return None
    day, position = bare
    following, _ = _link(words, position)
    # "Salzstraße 1, 14. November" and "Teil 2 und 15. Mai" are no lists: lists want ordinals.
    solid = day.firm or "range" in (link, following) or words.low(position) == "/" or words.language != "de"
    return (replace(day, firm=True), position) if solid and following else None


def _link(words: Words, index: int) -> tuple[str, int]:
    """What leads to a next day ("range", "list", "night", "choice"), and where that day begins."""
    position = words.skip(index, ",", ")")
    position = words.skip(position, ",") if position > index else position
    word = words.low(position)
    kind = ""
    if word in RANGE_WORDS:
        kind = "range"
    elif word in CHOICE_WORDS:
        kind = "choice"
    elif word == "auf" and _is_day_next(words, position + 1):
        kind = "night"
    elif word in LIST_WORDS:
        kind = "list"
    elif position > index:
        kind, position = "list", position - 1
    if not kind or words.at(position).kind is Kind.END:
        return "", index
    position += 1
    for _ in range(3):
        position = words.skip(position, *LINKING_WORDS, "einschliesslich", "einschl", "auch", "spaetestens")
    return kind, position


def _is_day_next(words: Words, index: int) -> bool:
    """Whether "auf" leads to a day: "auf den 6.", "auf Sonntag", "auf 6. Dezember"."""
    bare = read_bare_day(words, index)
    return words.low(index) in ("den", "dem") or _plain_weekday(words, index)[1] > index or bool(bare and bare[0].firm)


def completed(days: Sequence[Day]) -> list[Day]:
    """Months and years that are written once, given to the days before them."""
    completed: list[Day] = []
    month = year = None
    for day in reversed(days):
        is_named_only = day.named is not None and day.month is None
        month = day.month if day.month is not None else month
        later = completed[-1] if completed else None
        own_year = day.year if day.year is not None else _year_before(day, month, later, year)
        year = own_year
        completed.append(replace(day, month=None if is_named_only else month, year=own_year))
    return completed[::-1]


def _year_before(day: Day, month: int | None, later: Day | None, year: int | None) -> int | None:
    """The year of a day by that of the next: the one before if the turn of the year lies between."""
    if year is None or later is None or day.named or later.named:
        return year
    turned = (month or 0, day.day or 0) > (later.month or 0, later.day or 0)
    return year - 1 if turned else year


def _together(words: Words, index: int, last: int, links: Sequence[str]) -> Together:
    if "choice" in links:
        return Together.CHOICE
    if "night" in links:
        return Together.NIGHT if _is_night(words, range(index, last)) else Together.MOVED
    return Together.RANGE if "range" in links and len(links) == 1 else Together.LIST


def _is_night(words: Words, place: range) -> bool:
    """Whether "vom 5. auf den 6." is a night: led by the word, or beside one like "übernachten"."""
    if any(words.low(before).endswith("nacht") for before in range(place.start - 4, place.start)):
        return True
    near = {words.low(each) for each in range(place.start - MOVED_WITHIN, place.stop + MOVED_WITHIN)}
    return near.isdisjoint(MOVING) and any(word.startswith(NIGHTLY) for word in near)


def _weekday_pair(words: Words, index: int) -> tuple[tuple[int, ...], int]:
    """Two weekdays before the days they belong to: "Fr.–So., 12.–14. Juni", "Samstag und Sonntag, 5. und 6."."""
    first, position = _plain_weekday(words, index)
    if first is None or words.low(position) not in PAIR_WORDS:
        return (), index
    second, behind = _plain_weekday(words, position + 1)
    if second is None:
        return (), index
    behind = words.skip(words.skip(behind, ","), "den", "dem", "der", "vom", "am", "(")
    # "Samstag, Sonntag 5. Juni" keeps its own reading when no day follows the pair.
    return ((first, second), behind) if read_bare_day(words, behind) else ((), index)


def _plain_weekday(words: Words, index: int) -> tuple[int | None, int]:
    token = words.at(index)
    weekday = weekday_of(token.low) if token.is_word else None
    if weekday is not None:
        return weekday, index + 1
    if token.is_word and token.low in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[token.low], words.skip(index + 1, ".")
    return None, index
