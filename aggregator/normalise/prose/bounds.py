"""From when to when a repetition holds, and when it pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.normalise.prose.cues import CANCELLING, EXCEPTING, STARTING
from aggregator.normalise.prose.lexicon import MONTHS
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.roles import DateRole, cancels, closes
from aggregator.normalise.prose.rules import hits
from aggregator.normalise.prose.statements import Item, Statement
from aggregator.normalise.prose.tokens import Words

UNTIL_WORDS = ("bis", "until", "to", "till", "-", "–")
FROM_WORDS = ("von", "ab", "from", "vom", "seit")
PARTS_OF_MONTH = {"anfang": 7, "mitte": 15, "ende": 31}
NEAR_SENTENCES = 3
CLOSE = 3
"""Tokens between "im Dezember" and the "freitags" that it bounds."""
WORDS_BEFORE = 12
WORDS_BEHIND = 8
LONGEST_PAUSE = 120
"""Days of a pause that are taken out one by one."""
HOLIDAY_WORDS = tuple("ferien schulferien sommerferien winterferien osterferien herbstferien weihnachtsferien".split())
SCHOOL_TIME = ("schulzeit", "schulzeiten", "schulwochen")
DENYING = frozenset("kein keine keinen nicht geschlossen zu".split())
PUBLIC_HOLIDAY_WORDS = ("feiertagen", "feiertage", "feiertags", "holidays")


@dataclass(frozen=True, slots=True)
class MonthBound:
    """A month that begins or ends a season: "von April", "bis Ende Juni"; `day` is its last day counted."""

    month: int
    day: int
    is_end: bool


def start_statement(item: Item, told: tuple[Passage, Mention], repetition: Repetition) -> tuple[Statement | None, bool]:
    """The date that begins a series, and whether the rule falls on it."""
    events = [each for each in item.events() if not _pauses(each) or _is_start(each)]
    events = [each for each in events if not _resumes(item, each) and not _confirms(each)]
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
    again = "wieder" in (words.low(index) for index in (*range(first - 4, first), *range(last, last + 6)))
    near = (statement.mention.sentence - 1, statement.mention.sentence)
    return again and any(
        other is not statement
        and other.passage is statement.passage
        and other.mention.sentence in near
        and _pauses(other)
        for other in item.statements
    )


def leaves_out_holidays(passage: Passage, mention: Mention) -> bool:
    """Whether a series pauses on public holidays."""
    return _leaves_out(passage, mention, PUBLIC_HOLIDAY_WORDS) >= 0


def school_break(passage: Passage, mention: Mention) -> str:
    """The words by which a series leaves out school holidays: "außer in den Ferien", "nur während der Schulzeit"."""
    words = passage.words
    index = _leaves_out(passage, mention, HOLIDAY_WORDS)
    if index >= 0:
        return words.quote(max(index - 3, 0), index + 1).lstrip(" ,;(")
    for index, token in enumerate(words.tokens):
        if words.sentences[index] - mention.sentence not in (0, 1):
            continue
        behind = [words.low(each) for each in range(index + 1, index + WORDS_BEHIND)]
        if token.low in HOLIDAY_WORDS and _says_no(words, index, behind):
            return words.quote(max(index - 2, 0), index + 1)
        if token.low in SCHOOL_TIME and words.low(index - 1) in ("der", "zur", "waehrend", "in"):
            return words.quote(max(index - 2, 0), index + 1)
    return ""


def between_the_years(passage: Passage, mention: Mention, first: date) -> tuple[date, ...]:
    """The days from Christmas to the end of the year, if a series leaves them out; of two winters."""
    words = passage.words
    for index, sentence in enumerate(words.sentences):
        told = [words.low(index + step) for step in range(3)] == ["zwischen", "den", "jahren"]
        near = {words.low(each) for each in range(index - 4, index + WORDS_BEHIND)}
        if told and sentence - mention.sentence in (0, 1) and near & (EXCEPTING | DENYING | set(CANCELLING)):
            return tuple(date(first.year + year, 12, day) for year in (0, 1) for day in range(25, 32))
    return ()


def _confirms(statement: Statement) -> bool:
    """Whether a date is only said not to be left out: "auch an Silvester"."""
    words, first = statement.passage.words, statement.mention.first
    return "auch" in (words.low(first - 1), words.low(first - 2))


def only_in_breaks(passage: Passage, mention: Mention) -> str:
    """The words by which a series takes place in school holidays only: "in den Sommerferien jeden Dienstag"."""
    words = passage.words
    for index, token in enumerate(words.tokens):
        if token.low in HOLIDAY_WORDS and words.sentences[index] == mention.sentence:
            before = {words.low(each) for each in range(index - 4, index)}
            if before & {"in", "waehrend"} and not before & (EXCEPTING | {"nicht", "auch", "ausserhalb"}):
                return "" if school_break(passage, mention) else words.quote(max(index - 2, 0), index + 1)
    return ""


def _says_no(words: Words, index: int, behind: Sequence[str]) -> bool:
    """Whether "in den Ferien" goes on with words that deny: "findet kein Treffen statt", "geschlossen"."""
    before = {words.low(each) for each in range(index - 3, index)}
    sentence = [word for at, word in enumerate(behind, index + 1) if _in_sentence(words, at, index)]
    denied = bool(set(sentence) & DENYING) or any(word in CANCELLING for word in sentence)
    return bool(before & {"in", "waehrend", "den"}) and "auch" not in before and denied


def _in_sentence(words: Words, index: int, other: int) -> bool:
    return index < len(words.tokens) and words.sentences[index] == words.sentences[other]


def _leaves_out(passage: Passage, mention: Mention, names: tuple[str, ...]) -> int:
    """The index of a word of `names` that "außer" or "nicht" stands before, near the repetition; else -1."""
    words = passage.words
    for index, token in enumerate(words.tokens):
        if token.low in names and words.sentences[index] - mention.sentence in (0, 1):
            near = {words.low(before) for before in range(index - 4, index)}
            # "außer feiertags und in den Ferien"
            near |= {words.low(before) for before in range(index - 7, index - 4)} & EXCEPTING
            if near & (EXCEPTING | {"nicht", "keine", "bis", "ausserhalb"}):
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
