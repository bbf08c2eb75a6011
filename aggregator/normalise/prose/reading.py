"""The front door: an item's text to what it says of time.

tokens        text        → words, numbers, marks, sentences
mentions      words       → dates, times, repetitions, loose weekdays
resolving     dates       → days of the calendar, checked by their weekdays
roles         days        → event, deadline, past, exception, aside
attaching     times       → the dates they belong to
choosing      statements  → those that tell this item's event
occurrences | series      → what is told, with evidence and confidence
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from aggregator.model.holidays import SchoolHoliday
from aggregator.model.prose import ProseDeadline, ProseOccurrence, ProseReading, TextPart
from aggregator.model.times import EventTime
from aggregator.normalise.prose.choosing import chosen
from aggregator.normalise.prose.mentions import Loose, Mention, Passage, read_passage
from aggregator.normalise.prose.occurrences import further_of, moment, occurrences_of
from aggregator.normalise.prose.repetition import DAILY
from aggregator.normalise.prose.roles import DateRole, cancels
from aggregator.normalise.prose.rules import hits
from aggregator.normalise.prose.series import Rule, rule_of, series_of
from aggregator.normalise.prose.statements import Item, Statement, read_item

RELATIVE = 0.5
"""Confidence of "morgen um 20 Uhr": never above the bar."""
MANY_DATES = 3
BELIEVED_YEARS = range(1900, 2200)
"""Years of an item's own date that are no accident of a broken clock."""


def read_prose(
    text_parts: Sequence[TextPart],
    published: date | None,
    zone: str,
    language: str = "de",
    school_holidays: tuple[SchoolHoliday, ...] = (),
) -> ProseReading:
    """What the parts of one item say of time: occurrences or a series, and deadlines.

    `published` is the item's own day, local to `zone`; without it only dates with a year are read.
    `school_holidays` are those that "außer in den Ferien" means. Never raises; takes time linear in the text.
    """
    published = published if published is None or published.year in BELIEVED_YEARS else None
    passages = [read_passage(part, language) for part in text_parts if part.text]
    item = read_item(passages, published, school_holidays)
    deadlines = _deadlines(item, zone)
    rule = rule_of(item)
    if rule is not None and _speaks_for(item, rule):
        series = series_of(item, rule, zone)
        if series is not None:
            return ProseReading(series=series, deadlines=deadlines)
    occurrences = occurrences_of(item, zone)
    return ProseReading(occurrences or _relative(item, zone), deadlines=deadlines)


def further_dates(
    text_parts: Sequence[TextPart], published: date, zone: str, language: str = "de"
) -> tuple[ProseOccurrence, ...]:
    """The dates that a text names beside those of its own event, for a person to look at.

    A feed's item is about one thing, and what else it names is of other things; a pasted newsletter may be about both.
    """
    passages = [read_passage(part, language) for part in text_parts if part.text]
    return further_of(read_item(passages, published, ()), zone)


def _speaks_for(item: Item, rule: Rule) -> bool:
    """Whether the repetition, and not a single date, is what the item announces."""
    statements = [each for each in chosen(item) if (not each.weak or each.is_range) and not _is_left_out(each, rule)]
    days = {resolved.day for statement in statements for resolved in statement.days}
    if not statements:
        return True
    if rule.repetition.hedged:
        return False
    first = statements[0]
    if first.is_range:
        return _is_near(first, rule)
    if len(days) >= MANY_DATES or (len(days) > 1 and rule.repetition.is_counted_only):
        return False
    if rule.repetition.frequency == DAILY and _has_other_hours(item, first, rule):
        return False
    if rule.repetition.is_counted_only or rule.start is first:
        return rule.is_prominent or _is_near(first, rule)
    comes_first = _place(rule.passage, rule.mention) < _place(first.passage, first.mention)
    return rule.is_prominent and (hits(rule.repetition, first.first_day) or comes_first)


def _is_left_out(statement: Statement, rule: Rule) -> bool:
    """Whether a date is only told because the series does not take place then: "fällt am 24.12. aus, sonst jeden …"."""
    cancelled = cancels(statement.passage, statement.mention) and statement.passage is rule.passage
    return cancelled and statement is not rule.start and hits(rule.repetition, statement.first_day)


def _has_other_hours(item: Item, statement: Statement, rule: Rule) -> bool:
    """Whether an opening has its own hour beside the daily ones: "Eröffnung um 11 Uhr, dann täglich 14–17 Uhr"."""
    daily = {timed.times.starts for timed in item.times_of(rule.passage, rule.mention)}
    return bool(daily) and any(timed.times.starts not in daily for timed in statement.times)


def _is_near(statement: Statement, rule: Rule) -> bool:
    """Whether a date stands in the sentence of the repetition or next to it."""
    return statement.passage is rule.passage and abs(statement.mention.sentence - rule.mention.sentence) <= 2


def _place(passage: Passage, mention: Mention) -> tuple[bool, int]:
    """Where something stands in the item: the title first."""
    return not passage.is_title, mention.first


def _deadlines(item: Item, zone: str) -> tuple[ProseDeadline, ...]:
    """The days until which something has to be done."""
    return tuple(
        ProseDeadline(
            EventTime.of_date(statement.days[-1].day, zone),
            statement.passage.evidence(statement.mention.first, statement.mention.last),
        )
        for statement in item.statements
        if statement.role is DateRole.DEADLINE
    )


def _relative(item: Item, zone: str) -> tuple[ProseOccurrence, ...]:
    """A suggestion from words like "morgen" or "am Sonntag"; never sure enough for an event."""
    if item.published is None:
        return ()
    for passage in item.passages:
        for mention in passage.of(Loose):
            assert isinstance(mention.said, Loose)
            starts = [timed for timed in item.times_of(passage, mention) if not timed.times.until]
            if starts:
                last = max(mention.last, starts[0].mention.last)
                evidence = passage.evidence(min(mention.first, starts[0].mention.first), last)
                start = moment(_day(mention.said, item.published), starts[0].times.starts[0], zone)
                return (ProseOccurrence(start, None, RELATIVE, (evidence,)),)
    return ()


def _day(loose: Loose, published: date) -> date:
    """The day that a loose word means, seen from the item's own day."""
    if loose.days is not None:
        return published + timedelta(days=loose.days)
    return published + timedelta(days=((loose.weekday or 0) - published.weekday()) % 7)
