"""Times of day as they are written and spoken: "19.30 Uhr", "10–14 Uhr", "halb acht", "7 pm"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aggregator.normalise.prose.lexicon import DASHES, DAY_PARTS, MONTHS
from aggregator.normalise.prose.numerals import UNITS
from aggregator.normalise.prose.spoken_times import read_spoken
from aggregator.normalise.prose.tokens import Kind, Words
from aggregator.normalise.prose.weekdays import SHORT_WEEKDAYS, weekday_of

HALF_DAY, DAY = 12 * 60, 24 * 60
CLOCK_WORDS = frozenset("uhr h hrs heures heure oclock".split())
RANGE_WORDS = frozenset(("bis", "to", "until", "till", "a", *DASHES))
TIME_PREPOSITIONS = frozenset("um ab gegen von bis zwischen at from ca circa jeweils a".split())
BETWEEN = ("zwischen", "between", "entre")
DURATION_WORDS = frozenset("std stunde stunden min minuten hours h".split())
MOST_SHOWS = 6
SHOW_LINKS = frozenset(("und", "and", "et", "&", ",", "/", "sowie"))
RESPECTIVELY = frozenset(("bzw", "beziehungsweise", "respektive"))


@dataclass(frozen=True, slots=True)
class Clock:
    """One time of day in minutes after midnight; 24:00 is 1440.

    `shape` is uhr, colon, dotted, bare or spoken. `half` is am or pm if that was written. `vague` says
    that the half of the day was guessed.
    """

    minutes: int
    shape: str
    half: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """A time, a span of time, or several beginnings; `first` and `last` are token indices.

    `until` says that only an end is told ("bis 22 Uhr"). `firm` is False for shapes that need a
    neighbour to be sure: "19.30", "halb acht". `respective` gives each day its own: "19 bzw. 17 Uhr".
    """

    starts: tuple[int, ...]
    end: int | None
    first: int
    last: int
    until: bool = False
    firm: bool = True
    vague: bool = False
    respective: bool = False


def read_times(words: Words, index: int) -> Times | None:
    """The time or span of time that begins at `index`; None if there is none."""
    found = _clock(words, index)
    if found is None:
        return None
    clock, behind = found
    shows = _shows(words, index, clock, behind)
    if shows is not None:
        return _marked(words, shows)
    span = _span(words, index, clock, behind)
    if span is not None:
        return _marked(words, span)
    if (clock.shape == "bare" and not _is_bare_hour(words, index, behind)) or words.low(behind) in UNITS:
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


def _clock(words: Words, index: int) -> tuple[Clock, int] | None:
    """One time of day at `index`, in numbers or in words."""
    token = words.at(index)
    if token.number is not None:
        return _in_numbers(words, index)
    spoken = read_spoken(words, index) if token.is_word else None
    return (Clock(spoken.minutes, "spoken", vague=spoken.vague), spoken.last) if spoken else None


def _in_numbers(words: Words, index: int) -> tuple[Clock, int] | None:
    """19, 19.30, 19:30, 19h30, 1930 Uhr, 7 pm; with the part of the day behind it."""
    token = words.at(index)
    before = words.at(index - 1)
    if token.glued and before.text in (".", ":", "/", ",", "+", "€") and words.at(index - 2).kind is Kind.NUMBER:
        return None
    hour, minute, shape, position = _hour_and_minute(words, index)
    position, shape, minute = _with_unit(words, position, shape, minute)
    half, position = _half(words, position)
    if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return None
    part, position = read_day_part(words, position)
    minutes = hour * 60 + minute
    if words.low(position) in ("c", "s") and words.low(position + 2) == "t" and words.low(position + 1) == ".":
        # cum tempore: the lecture begins a quarter past.
        quarter = 15 if words.low(position) == "c" and not minute else 0
        return Clock(minutes + quarter, "uhr"), words.skip(position + 3, ".")
    if half:
        minutes, shape = minutes % HALF_DAY + (HALF_DAY if half == "pm" else 0), "uhr"
    elif part:
        minutes = in_day_part(minutes, part)
        shape = "uhr" if shape in ("dotted", "bare") and part != "noon" else shape
    return Clock(minutes, shape, half), position


def _hour_and_minute(words: Words, index: int) -> tuple[int, int, str, int]:
    """Hour, minute, how they are written, and the index behind them; an hour of 99 is none."""
    token, mark, minute = (words.at(index + step) for step in range(3))
    hour = token.number if token.number is not None else 99
    if len(token.text) == 4 and mark.low == "uhr":
        return hour // 100, hour % 100, "bare", index + 1
    if len(token.text) > 2:
        return 99, 0, "bare", index + 1
    in_two = len(minute.text) == 2 and minute.number is not None and minute.glued and mark.glued
    if in_two and mark.low in (":", ".", "h"):
        if mark.text == ":" and words.low(index + 3) == ":" and words.at(index + 4).glued:
            return hour, minute.number or 0, "colon", index + 5
        shape = {":": "colon", ".": "dotted"}.get(mark.text, "uhr")
        return hour, minute.number or 0, shape, index + 3
    return hour, 0, "bare", index + 1


def _with_unit(words: Words, index: int, shape: str, minute: int) -> tuple[int, str, int]:
    """The index behind "Uhr", and the minutes that may follow it: "19 Uhr 30"."""
    if words.low(index) in DURATION_WORDS and (words.low(index) != "h" or shape == "colon"):
        return index, "bare" if words.low(index) != "h" else shape, minute
    if words.low(index) == "o" and words.low(index + 2) == "clock":
        return index + 3, "uhr", minute
    if words.low(index) not in CLOCK_WORDS:
        return index, shape, minute
    late = words.at(index + 1)
    follows = words.at(index + 2)
    late_minute = late.number or 0
    ordinal = follows.text == "." and words.low(index + 3) in MONTHS
    goes_on = follows.is_capital or ordinal or follows.text in ("-", "–", ":")
    if shape == "bare" and len(late.text) == 2 and late_minute in range(5, 60, 5) and not goes_on:
        return index + 2, "uhr", late_minute
    return index + 1, "uhr", minute


def _half(words: Words, index: int) -> tuple[str, int]:
    """am or pm; "8 am Bahnhof" is German."""
    token = words.at(index)
    if token.low in ("am", "pm") and (token.low == "pm" or token.glued or words.language == "en"):
        return token.low, index + 1
    dotted = token.low in ("a", "p") and words.low(index + 1) == "." and words.low(index + 2) == "m"
    return (f"{token.low}m", words.skip(index + 3, ".")) if dotted else ("", index)


def read_day_part(words: Words, index: int) -> tuple[str, int]:
    """The part of the day behind a time: "abends", "am Morgen", "in the evening"."""
    if words.low(index) in ("am", "in") and words.low(index + 1) in DAY_PARTS:
        return DAY_PARTS[words.low(index + 1)], index + 2
    if words.low(index) == "in" and words.low(index + 1) in ("der", "the") and words.low(index + 2) in DAY_PARTS:
        return DAY_PARTS[words.low(index + 2)], index + 3
    token = words.at(index)
    if token.low in DAY_PARTS and token.low not in ("morgen", "abend", "night"):
        return DAY_PARTS[token.low], index + 1
    return "", index


def in_day_part(minutes: int, part: str) -> int:
    """A time on a twelve-hour dial in its part of the day."""
    if minutes > HALF_DAY + 59:
        return minutes
    if part in ("evening", "afternoon"):
        return minutes + HALF_DAY if minutes < HALF_DAY else minutes
    if part == "noon":
        return minutes + HALF_DAY if minutes < 4 * 60 else minutes
    if part == "night" and minutes >= 8 * 60:
        return minutes + HALF_DAY
    return minutes


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
    other = _clock(words, position)
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
    if _is_between(words, index) or (clock.shape == "bare" and words.low(index - 1) not in TIME_PREPOSITIONS):
        return None
    starts, position, last = [clock], behind, clock
    respective = words.low(behind) in RESPECTIVELY
    while len(starts) < MOST_SHOWS and words.low(position) in SHOW_LINKS | RESPECTIVELY:
        other = _clock(words, words.skip(words.skip(position + 1, "."), "um"))
        if other is None or (words.low(position) == "," and other[0].shape == "uhr"):
            break
        starts.append(other[0])
        last, position = other
    minutes = [each.minutes for each in starts]
    in_order = respective or minutes == sorted(set(minutes))
    sound = len(starts) > 1 and last.shape in ("uhr", "colon") and in_order
    if not sound or words.low(position) in RANGE_WORDS:
        return None
    return Times(tuple(minutes), None, index, position, respective=respective)


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
