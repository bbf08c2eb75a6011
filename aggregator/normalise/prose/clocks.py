"""One time of day as it is written: "19.30", "19 Uhr 30", "7 pm", "8 Uhr abends"."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.normalise.prose.lexicon import DAY_PARTS, MONTHS
from aggregator.normalise.prose.spoken_times import read_spoken
from aggregator.normalise.prose.tokens import Kind, Words

HALF_DAY, DAY = 12 * 60, 24 * 60
CLOCK_WORDS = frozenset("uhr h hrs heures heure oclock".split())
DURATION_WORDS = frozenset("std stunde stunden min minuten hours h".split())


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


def read_clock(words: Words, index: int) -> tuple[Clock, int] | None:
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
        # "11.00/15.00 Uhr" goes on with a time, "5/6" with something else.
        after_minutes = len(words.at(index - 2).text) == 2 and words.low(index - 3) in (".", ":")
        if before.text != "/" or not after_minutes:
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
