"""Which of the dates in a text are those of its event: title and lead before what comes later."""

from __future__ import annotations

from collections.abc import Sequence

from aggregator.normalise.prose.confidence import confidence_of
from aggregator.normalise.prose.cues import MORE_DATES
from aggregator.normalise.prose.lexicon import DASHES
from aggregator.normalise.prose.ranges import Dates, Together
from aggregator.normalise.prose.statements import Item, Statement
from aggregator.normalise.prose.times import Times
from aggregator.normalise.prose.timing import timing_of

MARGIN = 0.13
"""By how much a later date must be surer to win over an earlier one."""
LIST_MARKS = (",", ";", ":", "/", "&", "+", "(", ")", "|", "\n", "•", "*", *DASHES)
LIST_WORDS = "und u am an den dem der sowie um uhr dann auch on and ab jeweils vom teil tag modul block abend runde"
LIST_GAP = frozenset((*LIST_MARKS, *LIST_WORDS.split()))
WORDS_BEFORE = 6
LARGEST_LIST_GAP = 80


def chosen(item: Item) -> Sequence[Statement]:
    """The statements that tell the event's own days, in their order."""
    events = item.events()
    if not events:
        return ()
    first = _primary(item, events)
    together = [first]
    for statement in events[events.index(first) + 1 :]:
        if _belongs(together[-1], statement):
            together.append(statement)
    same_day = [other for other in events if other.first_day == first.first_day and other not in together]
    better = [other for other in same_day if len(other.days) > len(first.days)]
    return _distinct(better[:1] + together)


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Each day once; a range speaks for the days inside it."""
    kept: list[Statement] = []
    for statement in statements:
        inside = any(other.is_range and other.first_day <= statement.first_day <= other.days[-1].day for other in kept)
        if not inside:
            kept.append(statement)
    return kept


def _primary(item: Item, events: Sequence[Statement]) -> Statement:
    """The statement to begin with: the earliest that no other is much surer than."""
    sure = {
        statement.order: max(
            confidence_of(item, statement, resolved, timing_of(item, statement)) for resolved in statement.days
        )
        for statement in events
    }
    best = max(sure.values())
    for statement in events:
        if statement.passage.is_title and not statement.weak and sure[statement.order] > best - 2 * MARGIN:
            return statement
    return next(statement for statement in events if sure[statement.order] >= best - MARGIN)


def _belongs(before: Statement, statement: Statement) -> bool:
    """Whether a date is a further one of the same event: listed with it, line by line, or said to be one."""
    if before.passage is not statement.passage:
        return False
    words = statement.passage.words
    gap = _gap(before, statement)
    if gap is not None and all(_links(word) for word in gap) and len(gap) <= WORDS_BEFORE:
        return True
    apart = statement.mention.first - before.mention.last
    if before.leads and statement.leads and apart <= LARGEST_LIST_GAP:
        return True
    led = {words.low(index) for index in range(statement.mention.first - WORDS_BEFORE, statement.mention.first)}
    return bool(led & MORE_DATES) and statement.dates.together is not Together.CHOICE


def _links(word: str) -> bool:
    """Whether a word may stand between the dates of a list: "9. Januar, Teil 2: 16. Januar"."""
    return word in LIST_GAP or (word.isdecimal() and len(word) == 1)


def _gap(before: Statement, statement: Statement) -> list[str] | None:
    """The words between two dates without the times among them; None when another date lies between."""
    passage = statement.passage
    first, last = before.mention.last, statement.mention.first
    if last - first > 4 * WORDS_BEFORE:
        return None
    covered: set[int] = set()
    for mention in passage.mentions:
        if first <= mention.first < last:
            if isinstance(mention.said, Dates):
                return None
            if isinstance(mention.said, Times):
                covered.update(range(mention.first, mention.last))
    return [passage.words.low(index) for index in range(first, last) if index not in covered]
