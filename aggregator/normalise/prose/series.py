"""From a repetition in words to a series: its rule, first day, hours, end and exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aggregator.model.prose import Evidence, ProseSeries
from aggregator.model.times import EventTime
from aggregator.normalise.prose.attaching import TimedBy
from aggregator.normalise.prose.bounds import (
    end_of,
    paused_months,
    season_start,
    start_statement,
)
from aggregator.normalise.prose.breaks import only_in_breaks
from aggregator.normalise.prose.confidence import is_over, looks_back
from aggregator.normalise.prose.cues import OPEN_HOURS, TimeRole
from aggregator.normalise.prose.exceptions import left_out, with_count_around
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.occurrences import moment
from aggregator.normalise.prose.repetition import WEEKLY, Repetition
from aggregator.normalise.prose.resolving import Check
from aggregator.normalise.prose.rules import first_hit, rule_text
from aggregator.normalise.prose.statements import Item, Statement, is_prominent
from aggregator.normalise.prose.timing import Timing, timing_from

A_RULE = 0.70
A_TIME = 0.10
A_START = 0.10
PROMINENT = 0.08
VAGUE = -0.15
VAGUE_WITH_START = -0.05
HEDGED = -0.25
NO_TIME_NO_START = -0.10
MISFIT = 0.85
OVER = 0.5
LOOKS_BACK = 0.75
ONLY_IN_BREAKS = 0.7
SUREST = 0.99
FOLLOWING_SENTENCES = 2
FEWEST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """The repetition that speaks for an item, where it stands, and the date that begins it."""

    repetition: Repetition
    passage: Passage
    mention: Mention
    start: Statement | None
    fits: bool

    @property
    def is_prominent(self) -> bool:
        """Whether it stands in the title or in the lead."""
        return is_prominent(self.passage, self.mention)


def rule_of(item: Item) -> Rule | None:
    """The repetition that tells the item's own event: the plainest that is no opening hour."""
    told = [(passage, mention) for passage, mention in item.repetitions() if not _only_helps(mention)]
    rules = [rule for passage, mention in told if (rule := _rule(item, passage, mention))]
    plain = [rule for rule in rules if not rule.repetition.hedged]
    for wanted in ([rule for rule in plain if rule.is_prominent], plain, rules):
        if wanted:
            # "Jeden zweiten Sonnabend" in a title is made plain by "im Monat" in the text.
            best = min(wanted, key=lambda rule: (rule.repetition.is_counted_only, rule.repetition.vague))
            return _with_count(item, best)
    return _weekly_range(item)


def _only_helps(mention: Mention) -> bool:
    return isinstance(mention.said, Repetition) and mention.said.helps


def _with_count(item: Item, rule: Rule) -> Rule:
    """The rule with how often it happens, if another expression beside it counts: "8 Termine, dienstags"."""
    if rule.repetition.count or rule.repetition.frequency != WEEKLY or rule.repetition.interval > 1:
        return rule
    for passage, mention in item.repetitions():
        near = passage is rule.passage and abs(mention.sentence - rule.mention.sentence) <= 1
        if near and isinstance(mention.said, Repetition) and mention.said.count:
            return replace(rule, repetition=replace(rule.repetition, count=mention.said.count))
    return rule


def _weekly_range(item: Item) -> Rule | None:
    """The rule of "Mo 11.1.–22.3., 16 Uhr": weeks from one weekday to the same, at an hour, are a course."""
    for statement in item.events():
        first, last = statement.days[0], statement.days[-1]
        weeks, rest = divmod((last.day - first.day).days, 7)
        says_weekday = first.check is Check.AGREES and last.check is not Check.AGREES
        if statement.is_range and statement.times and says_weekday and weeks >= FEWEST_WEEKS and not rest:
            mention = statement.mention
            repetition = Repetition(WEEKLY, mention.first, mention.last, (first.day.weekday(),))
            return Rule(repetition, statement.passage, mention, statement, True)
    return None


def _rule(item: Item, passage: Passage, mention: Mention) -> Rule | None:
    """A repetition with its start; one that only counts takes its weekday from the start."""
    repetition = mention.said
    assert isinstance(repetition, Repetition)
    if _is_opening_hour(passage, mention):
        return None
    start, fits = start_statement(item, (passage, mention), repetition)
    if not repetition.weekdays and not repetition.month_days and repetition.frequency != "DAILY":
        if start is None:
            return None
        repetition = replace(repetition, weekdays=(start.first_day.weekday(),))
    return Rule(repetition, passage, mention, start, fits)


def series_of(item: Item, rule: Rule, zone: str) -> ProseSeries | None:
    """The series that a rule tells; None when its first day cannot be known."""
    first = _first_day(item, rule)
    if first is None:
        return None
    told = (rule.passage, rule.mention)
    until = end_of(item, told, first)
    if until is not None and until < first:
        until = None
    timing = _timing(item, rule)
    paused = paused_months(*told)
    months = tuple(month for month in range(1, 13) if month not in paused) if paused else ()
    without = left_out(item, told, rule.repetition, first)
    hours = _hours(timing)
    start = EventTime.of_date(first, zone) if timing.start is None else moment(first, timing.start, zone)
    end = moment(first, timing.end, zone) if timing.start is not None and timing.end is not None else None
    return ProseSeries(
        rule_text(with_count_around(rule.repetition, first, without.days), until, months, hours),
        start,
        end,
        _confidence(item, rule, timing, until),
        tuple(_at(day, begins, zone) for day in without.days for begins in _beginnings(timing, hours)),
        _evidence(rule, timing),
        without.unread,
    )


def _first_day(item: Item, rule: Rule) -> date | None:
    """The day of the start if the rule falls on it, else the first day after it that the rule falls on."""
    if rule.start is not None:
        day = rule.start.first_day
        return day if rule.fits else first_hit(rule.repetition, day)
    if item.published is None:
        return None
    return first_hit(rule.repetition, season_start((rule.passage, rule.mention), item.published))


def _timing(item: Item, rule: Rule) -> Timing:
    """The hours: beside the repetition, beside its start, or in the sentences behind."""
    own = list(item.times_of(rule.passage, rule.mention))
    at_start = [timed for timed in (rule.start.times if rule.start else ()) if timed not in own]
    elsewhere = [
        timed
        for passage, mention in item.repetitions()
        if isinstance(mention.said, Repetition) and _says_the_same(mention.said, rule.repetition)
        for timed in item.times_of(passage, mention)
    ]
    return timing_from([*own, *([] if _starts(own) else [*elsewhere, *at_start])], _behind(item, rule))


def _says_the_same(repetition: Repetition, rule: Repetition) -> bool:
    """Whether another expression means the rule: "jeden Mittwoch" in the title, "jede Woche" in the text."""
    plain = not repetition.weekdays and not repetition.helps and repetition.frequency == rule.frequency == WEEKLY
    return repetition.weekdays == rule.weekdays or (plain and repetition.interval == rule.interval)


def _starts(times: Sequence[TimedBy]) -> bool:
    return any(timed.role in (TimeRole.BEGIN, TimeRole.PLAIN) for timed in times)


def _behind(item: Item, rule: Rule) -> list[TimedBy]:
    """Times of no date in the next sentences, or in the lead when the rule stands in the title."""
    found: list[TimedBy] = []
    for passage, attached in zip(item.passages, item.attached, strict=True):
        if passage is rule.passage:
            nearest = range(rule.mention.sentence, rule.mention.sentence + FOLLOWING_SENTENCES + 1)
        elif rule.passage.is_title:
            nearest = range(FOLLOWING_SENTENCES + 1)
        else:
            continue
        found += [timed for timed in attached.free if timed.mention.sentence in nearest]
    return found


def _hours(timing: Timing) -> tuple[int, ...]:
    """The hours of several beginnings a day, if one rule can tell them: at the same minute."""
    minutes = {begins % 60 for begins, _ in timing.shows}
    return tuple(begins // 60 for begins, _ in timing.shows) if len(minutes) == 1 else ()


def _beginnings(timing: Timing, hours: tuple[int, ...]) -> tuple[int | None, ...]:
    """The beginnings of one day, None for a whole day."""
    return tuple(begins for begins, _ in timing.shows) if hours else (timing.start,)


def _at(day: date, begins: int | None, zone: str) -> EventTime:
    return EventTime.of_date(day, zone) if begins is None else moment(day, begins, zone)


def _confidence(item: Item, rule: Rule, timing: Timing, until: date | None) -> float:
    """How sure the series is; documented beside `aggregator.model.prose.BAR`."""
    repetition = rule.repetition
    has_start = rule.start is not None and rule.fits
    weight = A_RULE + (A_TIME if timing.start is not None else 0) + (A_START if has_start else 0)
    weight += PROMINENT if rule.is_prominent else 0
    weight += (VAGUE_WITH_START if has_start else VAGUE) if repetition.vague else 0
    weight += HEDGED if repetition.hedged else 0
    weight += NO_TIME_NO_START if timing.start is None and not has_start else 0
    factor = OVER if until is not None and is_over(item, until) else 1.0
    invites = rule.is_prominent and timing.start is not None
    factor *= LOOKS_BACK if looks_back(item, invites) else 1.0
    endless = until is None and not repetition.count
    factor *= ONLY_IN_BREAKS if endless and only_in_breaks(rule.passage, rule.mention) else 1.0
    factor *= MISFIT if rule.start is not None and not rule.fits and not _says_from(rule.start) else 1.0
    return round(min(weight, SUREST) * factor, 2)


def _says_from(start: Statement) -> bool:
    """Whether the start is a day from which the rule holds, not its first date: "ab dem 1. Oktober"."""
    words, first = start.passage.words, start.mention.first
    return any(words.low(index) in ("ab", "from", "seit", "since") for index in (first - 1, first - 2))


def _evidence(rule: Rule, timing: Timing) -> tuple[Evidence, ...]:
    """The words of the repetition, of its start and of its hours."""
    found = [rule.passage.evidence(rule.mention.first, rule.mention.last)]
    if rule.start is not None:
        found.append(rule.start.passage.evidence(rule.start.mention.first, rule.start.mention.last))
    found += [timed.passage.evidence(timed.mention.first, timed.mention.last) for timed in timing.evidence]
    return tuple(dict.fromkeys(found))


def _is_opening_hour(passage: Passage, mention: Mention) -> bool:
    """Whether the sentence tells when an office or a museum is open."""
    words = passage.words
    span = range(max(mention.first - 12, 0), min(mention.last + 12, len(words.tokens)))
    near = (words.low(index) for index in span if words.sentences[index] == mention.sentence)
    return not passage.is_title and any(word.startswith(OPEN_HOURS) for word in near)
