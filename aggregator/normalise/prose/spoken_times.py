"""Times of day in words: "halb acht", "Viertel nach sieben", "um acht", "mittags", "half past seven"."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.normalise.prose.lexicon import DAY_PARTS
from aggregator.normalise.prose.numerals import HOUR_WORDS, MINUTE_WORDS, UNITS
from aggregator.normalise.prose.tokens import Words

HALF_DAY = 12 * 60
NAMED_TIMES = {"mittags": 720, "mitternacht": 1440, "noon": 720, "midnight": 1440, "midi": 720, "minuit": 1440}
EARLY_WORDS = ("morgens", "frueh", "vormittag", "vormittags", "fruehstueck", "gottesdienst", "sonnenaufgang")
LATE_WORDS = ("abend", "abends", "konzert", "party", "kneipe", "nachts")
NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """Minutes after midnight, the index behind the words, and whether the half of the day was guessed."""

    minutes: int
    last: int
    vague: bool = False


def read_spoken(words: Words, index: int) -> Spoken | None:
    """A time in words at `index`."""
    named = NAMED_TIMES.get(words.low(index))
    if named is not None:
        before = words.low(index - 1)
        behind = words.low(index + 1)
        # "mittags gehen wir essen" says a part of the day; "um Mitternacht" says a time.
        exact = before in ("um", "ab", "gegen", "bis", "at", "from", "a", ",") or behind in (",", ".", "bis", "(")
        return Spoken(named, index + 1, vague=words.low(index) == "mittags") if exact else None
    found = _past_or_to(words, index) or _half_or_quarter(words, index) or _full_hour(words, index)
    return _in_half(words, index, found) if found else None


def _half_or_quarter(words: Words, index: int) -> tuple[int, int] | None:
    """Halb acht, half past seven; viertel acht and dreiviertel acht, as the east and south say."""
    word = words.low(index)
    if word == "half" and words.low(index + 1) == "past":
        hour = _hour(words, index + 2)
        return (hour * 60 + 30, index + 3) if hour else None
    before = {"halb": 30, "viertel": 45, "dreiviertel": 15}.get(word)
    hour = _hour(words, index + 1)
    if before is None or hour is None or (word != "halb" and words.low(index - 1) not in ("um", "ab", "gegen", "bis")):
        return None
    return hour * 60 - before, words.skip(index + 2, "uhr")


def _past_or_to(words: Words, index: int) -> tuple[int, int] | None:
    """Viertel nach sieben, zehn vor acht, fünf nach halb drei, quarter to eight."""
    token = words.at(index)
    minutes = MINUTE_WORDS.get(token.low)
    position = words.skip(index + 1, "minuten", "minutes")
    link = words.low(position)
    if minutes is None or link not in ("vor", "nach", "past", "to"):
        return None
    half = words.low(position + 1) == "halb"
    hour = _hour(words, position + 1 + half)
    if hour is None:
        return None
    signed = -minutes if link in ("vor", "to") else minutes
    return hour * 60 + signed - (30 if half else 0), words.skip(position + 2 + half, "uhr")


def _full_hour(words: Words, index: int) -> tuple[int, int] | None:
    """Um acht, acht Uhr, acht Uhr dreißig, seven o'clock."""
    hour = HOUR_WORDS.get(words.low(index))
    if hour is None:
        return None
    following = words.low(index + 1)
    if following == "uhr":
        return (hour * 60 + 30, index + 3) if words.low(index + 2) == "dreissig" else (hour * 60, index + 2)
    if following == "o" and words.low(index + 3) == "clock":
        return hour * 60, index + 4
    before = words.low(index - 1)
    led = before in ("um", "gegen", "at", "bis") or (before in ("ab", "bis") and following in DAY_PARTS)
    counts = words.at(index + 1).is_capital or following in UNITS or words.low(index) in ("ein", "one")
    return (hour * 60, index + 1) if led and not counts else None


def _hour(words: Words, index: int) -> int | None:
    token = words.at(index)
    number = token.number if token.number is not None else HOUR_WORDS.get(token.low)
    return number if number is not None and 1 <= number <= 12 else None


def _in_half(words: Words, index: int, found: tuple[int, int]) -> Spoken:
    """The time in its half of the day, by a word behind it, else by words near it, else by habit."""
    minutes, last = found
    minutes %= HALF_DAY
    after = words.low(last + 1) if words.low(last) in ("am", "in") else words.low(last)
    part = DAY_PARTS.get(after, "") if after != "morgen" or words.low(last) == "am" else ""
    if part:
        behind = last + (2 if words.low(last) in ("am", "in") else 1)
        late = part in ("evening", "afternoon") or (part == "noon" and minutes < 4 * 60)
        late = late or (part == "night" and minutes >= 8 * 60)
        return Spoken(minutes + HALF_DAY if late else minutes, behind)
    near = {words.low(each) for each in range(index - NEIGHBOURS, last + NEIGHBOURS)}
    if any(word in LATE_WORDS or word.endswith("abend") for word in near):
        return Spoken(minutes + HALF_DAY, last)
    if any(word in EARLY_WORDS or word.endswith(("morgen", "vormittag")) for word in near):
        return Spoken(minutes, last)
    return Spoken(minutes + HALF_DAY if minutes < 9 * 60 else minutes, last, vague=minutes >= 8 * 60)
