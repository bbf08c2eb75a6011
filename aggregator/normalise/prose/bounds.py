"""From when to when a repetition holds, and when it pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.normalise.prose.cues import EXCEPTING, STARTING
from aggregator.normalise.prose.lexicon import MONTHS
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.roles import DateRole, cancels
from aggregator.normalise.prose.rules import hits
from aggregator.normalise.prose.statements import Item, Statement

UNTIL_WORDS = ("bis", "until", "to", "till", "-", "–")
FROM_WORDS = ("von", "ab", "from", "vom", "seit")
PARTS_OF_MONTH = {"anfang": 7, "mitte": 15, "ende": 31}
NEAR_SENTENCES = 3
CLOSE = 3
"""Tokens between "im Dezember" and the "freitags" that it bounds."""
WORDS_BEFORE = 12
HOLIDAY_WORDS = tuple("ferien schulferien sommerferien winterferien osterferien herbstferien weihnachtsferien".split())
PUBLIC_HOLIDAY_WORDS = ("feiertagen", "feiertage", "feiertags", "holidays")


@dataclass(frozen=True, slots=True)
class MonthBound:
    """A month that begins or ends a season: "von April", "bis Ende Juni"; `day` is its last day counted."""

    month: int
    day: int
    is_end: bool


def start_statement(item: Item, told: tuple[Passage, Mention], repetition: Repetition) -> tuple[Statement | None, bool]:
    """The date that begins a series, and whether the rule falls on it."""
    events = [each for each in item.events() if not cancels(each.passage, each.mention) or _is_start(each)]
    events += [each for each in item.statements if each.role is DateRole.SINCE]
    fitting = [each for each in events if hits(repetition, each.first_day)]
    cued = [each for each in events if _is_start(each)]
    cued_and_fitting = [each for each in cued if each in fitting]
    near = [each for each in fitting if _is_near(each, told)]
    for candidates in (cued_and_fitting, near, cued):
        if candidates:
            return candidates[0], candidates[0] in fitting
    return (fitting[0], True) if fitting else (None, False)


def end_of(item: Item, told: tuple[Passage, Mention], start: date) -> date | None:
    """The last day of a series: "bis 30. Juni", "bis Ende Juni", or the end of a range of dates."""
    for statement in item.statements:
        if statement.is_range and statement.role is DateRole.EVENT and _is_near(statement, told):
            return statement.days[-1].day
        if statement.role is DateRole.UNTIL and _is_near(statement, told) and statement.days[-1].day >= start:
            return statement.days[-1].day
    bounds = [bound for bound in month_bounds(told[0], told[1]) if bound.is_end]
    return _next_end(bounds[0], start) if bounds else None


def season_start(told: tuple[Passage, Mention], earliest: date) -> date:
    """The day from which "von April bis Juni" holds, seen from the item's own date."""
    bounds = [bound for bound in month_bounds(*told) if not bound.is_end]
    if not bounds:
        return earliest
    first = date(earliest.year, bounds[0].month, 1)
    if first >= earliest:
        return first
    ends = [bound for bound in month_bounds(*told) if bound.is_end]
    running = ends and _next_end(ends[0], first) >= earliest
    return earliest if running or earliest.month == first.month else first.replace(year=first.year + 1)


def month_bounds(passage: Passage, mention: Mention) -> Iterator[MonthBound]:
    """The months that stand as bounds in the sentence of a repetition."""
    words = passage.words
    taken = {index for each in passage.mentions for index in range(each.first, each.last)}
    for index, sentence in enumerate(words.sentences):
        token = words.at(index)
        if sentence != mention.sentence or index in taken or token.low not in MONTHS or not token.is_capital:
            continue
        part = words.low(index - 1) if words.low(index - 1) in PARTS_OF_MONTH else ""
        before = words.low(index - 2) if part else words.low(index - 1)
        if before == "im" and 0 <= mention.first - index <= CLOSE and words.low(index - 2) not in EXCEPTING:
            yield MonthBound(MONTHS[token.low], 1, False)
            yield MonthBound(MONTHS[token.low], 31, True)
        elif before in UNTIL_WORDS:
            yield MonthBound(MONTHS[token.low], PARTS_OF_MONTH.get(part, 31), True)
        elif before in FROM_WORDS or words.low(index + 1) in UNTIL_WORDS:
            yield MonthBound(MONTHS[token.low], 1, False)


def paused_months(passage: Passage, mention: Mention) -> tuple[int, ...]:
    """The months that are left out: "außer im August"."""
    words = passage.words
    paused = []
    for index, token in enumerate(words.tokens):
        if token.low in MONTHS and token.is_capital and words.low(index - 1) in ("im", "in"):
            near = {words.low(before) for before in range(index - 3, index - 1)}
            behind = words.low(index + 1) == "nicht"
            if words.sentences[index] - mention.sentence in (0, 1) and (near & (EXCEPTING | {"nicht"}) or behind):
                paused.append(MONTHS[token.low])
    return tuple(paused)


def excepted_days(item: Item, told: tuple[Passage, Mention], repetition: Repetition) -> Sequence[date]:
    """The days on which a series does not take place."""
    return [
        resolved.day
        for statement in item.statements
        for resolved in statement.days
        if hits(repetition, resolved.day)
        and (statement.role is DateRole.EXCEPTION or cancels(statement.passage, statement.mention))
        and not _is_start(statement)
    ]


def leaves_out_holidays(passage: Passage, mention: Mention) -> bool:
    """Whether a series pauses on public holidays."""
    return _leaves_out(passage, mention, PUBLIC_HOLIDAY_WORDS) >= 0


def unread_exception(passage: Passage, mention: Mention) -> str:
    """Exceptions whose days we do not know: "außer in den Ferien"."""
    index = _leaves_out(passage, mention, HOLIDAY_WORDS)
    return passage.words.quote(max(index - 3, 0), index + 1) if index >= 0 else ""


def _leaves_out(passage: Passage, mention: Mention, names: tuple[str, ...]) -> int:
    """The index of a word of `names` that "außer" or "nicht" stands before, near the repetition; else -1."""
    words = passage.words
    for index, token in enumerate(words.tokens):
        if token.low in names and words.sentences[index] - mention.sentence in (0, 1):
            near = {words.low(before) for before in range(index - 4, index)}
            if near & (EXCEPTING | {"nicht", "keine", "bis"}):
                return index
    return -1


def _is_start(statement: Statement) -> bool:
    """Whether words like "ab", "Start" or "erster Termin" stand before the date in its sentence."""
    words, first = statement.passage.words, statement.mention.first
    span = range(max(first - WORDS_BEFORE, 0), first)
    return any(words.low(index) in STARTING for index in span if words.sentences[index] == statement.mention.sentence)


def _is_near(statement: Statement, told: tuple[Passage, Mention]) -> bool:
    """Whether a date stands in the repetition's sentence or soon after it."""
    passage, mention = told
    distance = statement.mention.sentence - mention.sentence
    return statement.passage is passage and -1 <= distance <= NEAR_SENTENCES


def _next_end(bound: MonthBound, start: date) -> date:
    """The last day of a bound's month, the first time after a start."""
    year = start.year if bound.month >= start.month else start.year + 1
    following = date(year + bound.month // 12, bound.month % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last.replace(day=min(last.day, bound.day))
