"""From when to when a repetition holds, and when it pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.normalise.prose.cues import EXCEPTING, STARTING
from aggregator.normalise.prose.lexicon import MONTHS
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.roles import DateRole, cancels, closes
from aggregator.normalise.prose.rules import hits
from aggregator.normalise.prose.statements import Item, Statement

UNTIL_WORDS = ("bis", "until", "to", "till", "-", "–")
FROM_WORDS = ("von", "ab", "from", "vom", "seit")
PARTS_OF_MONTH = {"anfang": 7, "mitte": 15, "ende": 31}
NEAR_SENTENCES = 3
CLOSE = 3
"""Tokens between "im Dezember" and the "freitags" that it bounds."""
WORDS_BEFORE = 12
LAST_WORDS = frozenset("letzter letztes letzten letzte last".split())
GOING_ON_BEFORE = 5
LONGEST_PAUSE = 120
"""Days of a pause that are taken out one by one."""


@dataclass(frozen=True, slots=True)
class MonthBound:
    """A month that begins or ends a season: "von April", "bis Ende Juni"; `day` is its last day counted."""

    month: int
    day: int
    is_end: bool


def start_statement(item: Item, told: tuple[Passage, Mention], repetition: Repetition) -> tuple[Statement | None, bool]:
    """The date that begins a series, and whether the rule falls on it."""
    events = [each for each in item.events() if not _pauses(each) or _is_start(each)]
    events = [each for each in events if not (_resumes(item, each) or _confirms(each) or _is_last(each))]
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
        if _pauses(statement):
            continue
        if _is_last(statement) and _is_near(statement, told) and statement.first_day >= start:
            if any(_goes_on_at(item, statement)):
                continue
            return statement.first_day
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
        if token.low in MONTHS and token.is_capital and words.low(index - 1) in EXCEPTING | {"im", "in"}:
            near = {words.low(before) for before in range(index - 3, index)}
            behind = words.low(index + 1) == "nicht"
            if words.sentences[index] - mention.sentence in (0, 1) and (near & (EXCEPTING | {"nicht"}) or behind):
                paused.append(MONTHS[token.low])
    return tuple(paused)


def excepted_days(item: Item, told: tuple[Passage, Mention], repetition: Repetition) -> Sequence[date]:
    """The days on which a series does not take place."""
    return [
        day
        for statement in item.statements
        if _is_exception(statement, told)
        for day in _days_of(statement)
        if hits(repetition, day)
    ]


def _is_exception(statement: Statement, told: tuple[Passage, Mention]) -> bool:
    """Whether a date takes a day, or a range of them, out of the series."""
    if statement.role is DateRole.EXCEPTION:
        return True
    if _is_start(statement):
        return False
    if cancels(statement.passage, statement.mention):
        return True
    # What is closed far from the repetition may be another house.
    return _is_near(statement, told) and closes(statement.passage, statement.mention)


def _days_of(statement: Statement) -> Iterator[date]:
    """Each day of a range, or the days themselves."""
    if not statement.is_range:
        yield from (resolved.day for resolved in statement.days)
        return
    first, last = statement.days[0].day, statement.days[-1].day
    yield from (first + timedelta(days=step) for step in range(min((last - first).days, LONGEST_PAUSE) + 1))


def _pauses(statement: Statement) -> bool:
    """Whether nothing takes place on the date."""
    return cancels(statement.passage, statement.mention) or closes(statement.passage, statement.mention)


def _resumes(item: Item, statement: Statement) -> bool:
    """Whether a series only goes on from the date, after a pause: "Winterpause bis 6.1., wieder ab 7.1."."""
    words, first, last = statement.passage.words, statement.mention.first, statement.mention.last
    around = {words.low(index) for index in (*range(first - 5, first), *range(last, last + 6))}
    again = bool(around & {"wieder", "weiter"})
    near = (statement.mention.sentence - 1, statement.mention.sentence)
    return again and any(
        other is not statement
        and other.passage is statement.passage
        and other.mention.sentence in near
        and (_pauses(other) or _is_last(other))
        for other in item.statements
    )


def _is_last(statement: Statement) -> bool:
    """Whether a date is the last one: "letzter Termin vor Weihnachten: 17. Dezember"."""
    words, first = statement.passage.words, statement.mention.first
    rules = {index for each in statement.passage.of(Repetition) for index in range(each.first, each.last)}
    span = range(max(first - WORDS_BEFORE, 0), first)
    here = (index for index in span if words.sentences[index] == statement.mention.sentence and index not in rules)
    return not LAST_WORDS.isdisjoint(words.low(index) for index in here) and not statement.is_range


def _goes_on_at(item: Item, last: Statement) -> Iterator[date]:
    """The day on which a series goes on after its last date for a while, if that is told behind it."""
    for statement in item.statements:
        distance = statement.mention.sentence - last.mention.sentence
        span = range(statement.mention.first - GOING_ON_BEFORE, statement.mention.last + GOING_ON_BEFORE)
        goes_on = {"weiter", "wieder"} & {statement.passage.words.low(index) for index in span}
        if statement.passage is last.passage and 0 <= distance <= 2 and goes_on and statement.order > last.order:
            yield statement.first_day


def breaks_between(item: Item, told: tuple[Passage, Mention]) -> Iterator[date]:
    """The days between a last date and the one on which the series goes on."""
    for statement in item.statements:
        if _is_last(statement) and _is_near(statement, told):
            for goes_on in _goes_on_at(item, statement):
                length = min((goes_on - statement.first_day).days, LONGEST_PAUSE)
                yield from (statement.first_day + timedelta(days=step) for step in range(1, length))


def _confirms(statement: Statement) -> bool:
    """Whether a date is only said not to be left out: "auch an Silvester"."""
    words, first = statement.passage.words, statement.mention.first
    return "auch" in (words.low(first - 1), words.low(first - 2))


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
