"""Times of day as they are written and spoken: "19.30 Uhr", "10–14 Uhr", "halb acht", "7 pm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aggregator.normalise.prose.clocks import DAY, HALF_DAY, Clock, read_clock
from aggregator.normalise.prose.lexicon import DASHES, MONTHS
from aggregator.normalise.prose.numerals import UNITS
from aggregator.normalise.prose.tokens import Kind, Words
from aggregator.normalise.prose.weekdays import SHORT_WEEKDAYS, weekday_of

RANGE_WORDS = frozenset(("bis", "to", "until", "till", "a", *DASHES))
TIME_PREPOSITIONS = frozenset("um ab gegen von bis zwischen at from ca circa jeweils a".split())
BETWEEN = ("zwischen", "between", "entre")
MOST_SHOWS = 6
SHOW_LINKS = frozenset(("und", "and", "et", "&", ",", "/", "+", "sowie", "u"))
RESPECTIVELY = frozenset(("bzw", "beziehungsweise", "respektive"))
CHOICE_WORDS = frozenset(("oder", "or", "ou"))


@dataclass(frozen=True, slots=True)
class Times:
    """A time, a span of time, or several beginnings; `first` and `last` are token indices.

    `until` says that only an end is told ("bis 22 Uhr"). `firm` is False for shapes that need a
    neighbour to be sure: "19.30", "halb acht". `respective` gives each day its own: "19 bzw. 17 Uhr".
    `ends` are those of several spans ("10–12 und 14–16 Uhr"); `choice` says that only one of the
    beginnings is meant ("15 oder 17 Uhr").
    """

    starts: tuple[int, ...]
    end: int | None
    first: int
    last: int
    until: bool = False
    firm: bool = True
    vague: bool = False
    respective: bool = False
    ends: tuple[int, ...] = ()
    choice: bool = False


def read_times(words: Words, index: int) -> Times | None:
    """The time or span of time that begins at `index`; None if there is none."""
    found = read_clock(words, index)
    if found is None:
        return None
    clock, behind = found
    shows = _shows(words, index, clock, behind) or _spans(words, index, clock, behind)
    if shows is not None:
        return _marked(words, shows)
    span = _span(words, index, clock, behind)
    if span is not None:
        return _marked(words, span)
    if clock.shape == "bare" and not _is_bare_hour(words, index, behind):
        return None
    # "ab 18 Uhr Menschen mit und ohne Behinderung": what says Uhr counts nothing.
    if words.low(behind) in UNITS and not (clock.shape == "uhr" and words.low(behind - 1) != "h"):
        return None
    firm = clock.shape in ("uhr", "colon")
    return _marked(words, Times((clock.minutes,), None, index, behind, firm=firm, vague=clock.vague))


def _marked(words: Words, times: Times) -> Times:
    """The times with what stands before them: "bis" makes an end of a single one."""
    before = times.first - 1
    while words.low(before) in ("ca", "circa", "etwa", "gegen", "ungefaehr", "maximal", ".", "um", "spaetestens"):
        before -= 1
    ends = words.low(before) in ("bis", "until", "till", "jusqu") and times.end is None and len(times.starts) == 1
    return replace(times, until=True) if ends else times


def _span(words: Words, index: int, clock: Clock, behind: int) -> Times | None:
    """From one time to another: "10 bis 14 Uhr", "19.30–21 Uhr", "zwischen 11 und 16 Uhr"."""
    link = words.low(behind)
    between = link in ("und", "and", "et", "u") and _is_between(words, index)
    if link not in RANGE_WORDS and not between:
        return None
    if link in DASHES and clock.shape == "bare" and _is_house_number(words, index, behind):
        return None
    position = behind + 1
    while words.low(position) in ("ca", "circa", "etwa", "gegen", "um", ".", "ungefaehr", "maximal"):
        position += 1
    other = read_clock(words, position)
    if other is None or _is_ordinal(words, other) or not _is_firm_span(words, index, (clock, other[0])):
        return None
    start, end = _same_half(clock, other[0])
    end += DAY if end <= start else 0
    firm = {clock.shape, other[0].shape} & {"uhr", "colon"} != set()
    vague = clock.vague and other[0].vague
    return Times((start,), end, index, other[1], firm=firm, vague=vague)


def _is_between(words: Words, index: int) -> bool:
    """Whether "zwischen" or "zw." stands before a time."""
    return words.low(index - 1) in BETWEEN or (words.low(index - 1) == "." and words.low(index - 2) == "zw")


def _is_ordinal(words: Words, clock: tuple[Clock, int]) -> bool:
    """Whether a bare number begins a date: "16 Uhr bis 18. Dezember"."""
    following = words.at(clock[1] + 1)
    dotted = clock[0].shape == "bare" and words.low(clock[1]) == "."
    return dotted and (following.low in MONTHS or (following.glued and following.kind is Kind.NUMBER))


def _is_firm_span(words: Words, index: int, clocks: tuple[Clock, Clock]) -> bool:
    """Whether a span of numbers is one of times: at least one is, or both are dotted behind a preposition."""
    shapes = {clock.shape for clock in clocks}
    if shapes & {"uhr", "colon"}:
        return True
    return shapes in ({"dotted"}, {"spoken"}) or (shapes == {"dotted", "bare"} and _has_preposition(words, index))


def _same_half(first: Clock, second: Clock) -> tuple[int, int]:
    """Both ends on the same dial: "7–9 pm" begins at seven in the evening, "10–2 pm" in the morning."""
    start, end = first.minutes, second.minutes
    if second.half and not first.half and start < HALF_DAY:
        shifted = start + (HALF_DAY if second.half == "pm" else 0)
        start = shifted if shifted < end else start
    if second.shape == "spoken" and first.shape == "spoken" and end <= start and end + HALF_DAY > start:
        end += HALF_DAY
    return start, end


def _shows(words: Words, index: int, clock: Clock, behind: int) -> Times | None:
    """Several beginnings on one day: "15 und 20 Uhr", "um 14, 16 und 18 Uhr"."""
    if _is_between(words, index) or (clock.shape == "bare" and not _may_begin_list(words, index)):
        return None
    clocks, links, ends = [clock], [""], [behind]
    while len(clocks) < MOST_SHOWS and words.low(ends[-1]) in SHOW_LINKS | RESPECTIVELY | CHOICE_WORDS:
        other = read_clock(words, words.skip(words.skip(ends[-1] + 1, "."), "um"))
        if other is None:
            break
        links.append(words.low(ends[-1]))
        clocks.append(other[0])
        ends.append(other[1])
    # "Einlass 19 Uhr, 20 Uhr Beginn": behind a comma a whole time begins something else.
    while links[-1] == "," and clocks[-1].shape == "uhr":
        clocks, links, ends = clocks[:-1], links[:-1], ends[:-1]
    return _listed(words, index, clocks, links, ends[-1])


def _listed(words: Words, index: int, clocks: Sequence[Clock], links: Sequence[str], behind: int) -> Times | None:
    """The beginnings of a list, if it is one of times."""
    minutes = [each.minutes for each in clocks]
    respective = bool(RESPECTIVELY.intersection(links))
    in_order = respective or minutes == sorted(set(minutes))
    if len(clocks) < 2 or clocks[-1].shape not in ("uhr", "colon") or not in_order or words.low(behind) in RANGE_WORDS:
        return None
    choice = bool(CHOICE_WORDS.intersection(links))
    return Times(tuple(minutes), None, index, behind, respective=respective, choice=choice)


def _spans(words: Words, index: int, clock: Clock, behind: int) -> Times | None:
    """Two spans on one day: "10–12 und 14–16 Uhr"."""
    if words.low(behind) not in RANGE_WORDS or (clock.shape == "bare" and not _may_begin_list(words, index)):
        return None
    end = read_clock(words, behind + 1)
    if end is None or words.low(end[1]) not in SHOW_LINKS - ({","} if end[0].shape == "uhr" else set()):
        return None
    following = words.skip(words.skip(end[1] + 1, "von"), "um")
    other = read_clock(words, following)
    second = _span(words, following, *other) if other else None
    if second is None or second.end is None or not clock.minutes < end[0].minutes <= second.starts[0]:
        return None
    starts, ends = (clock.minutes, second.starts[0]), (end[0].minutes, second.end)
    return Times(starts, None, index, second.last, ends=ends) if second.firm else None


def _may_begin_list(words: Words, index: int) -> bool:
    """Whether a bare number begins a list of times, not of houses: behind a preposition, a date or a mark."""
    if words.low(index - 1) in TIME_PREPOSITIONS or words.low(index - 1) in (":", "("):
        return True
    before = index - 2 if words.low(index - 1) in (",", "|", *DASHES) else index - 1
    token = words.at(before)
    if token.text == ".":
        # The end of "5.12."
        return words.at(before - 1).number is not None and words.low(before - 2) == "."
    is_year = token.number is not None and len(token.text) == 4
    return is_year or token.low in MONTHS or weekday_of(token.low) is not None or token.low in SHORT_WEEKDAYS


def _is_bare_hour(words: Words, index: int, behind: int) -> bool:
    """Whether a mere number is an hour: only in "um 20", and not before what it may count."""
    if words.low(index - 1) != "um" or words.low(behind) in UNITS:
        return False
    following = words.at(behind)
    if following.text == ".":
        return words.sentences[behind] != _sentence(words, behind + 1)
    return not following.is_capital and following.text not in ("-", "/", "–", ":")


def _sentence(words: Words, index: int) -> int:
    return words.sentences[index] if index < len(words.sentences) else -1


def _has_preposition(words: Words, index: int) -> bool:
    return words.low(index - 1) in TIME_PREPOSITIONS


def _is_house_number(words: Words, index: int, behind: int) -> bool:
    """Whether the number before a spaced dash ends an address: "Haagestraße 4 – 19 Uhr"."""
    before = words.at(index - 1)
    is_day = weekday_of(before.low) is not None or before.low in SHORT_WEEKDAYS
    return before.is_capital and not is_day and not words.at(behind).glued and before.low not in TIME_PREPOSITIONS
