"""At what time a date's event begins and ends: by the times in its sentence, then by those behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest

from aggregator.normalise.prose.attaching import TimedBy, is_beside
from aggregator.normalise.prose.cues import HELPING, TimeRole
from aggregator.normalise.prose.mentions import Loose, Passage
from aggregator.normalise.prose.ranges import Dates
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.roles import DateRole
from aggregator.normalise.prose.statements import Item, Statement

FOLLOWING_SENTENCES = 4
"""How many sentences or lines without a date of their own may tell the time of the date before them."""
MOST_REPEATS = 3
"""Other places that tell the same day and are asked for its time."""
DAILY_WORDS = frozenset("jeweils taeglich je daily each".split())
DAY_MINUTES = 24 * 60
LATEST_NIGHT = 8 * 60
"""Until when an end before the beginning is one of the next morning."""


Show = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Timing:
    """Begin, end and doors in minutes after midnight of the day; `shows` are several beginnings with their ends.

    `is_near` says that the time stands in the date's own sentence, `is_daily` that it holds for each day
    of a range, `is_vague` that the half of the day was guessed, `is_respective` that each day has its own show,
    `is_choice` that only one of the shows is meant.
    """

    start: int | None = None
    end: int | None = None
    doors: int | None = None
    shows: tuple[Show, ...] = ()
    is_near: bool = False
    is_daily: bool = False
    is_vague: bool = False
    is_respective: bool = False
    is_choice: bool = False
    evidence: tuple[TimedBy, ...] = ()

    def at_show(self, show: Show) -> Timing:
        """The same with one of its beginnings."""
        start, end = show
        return replace(self, start=start, end=end, shows=())


def timing_of(item: Item, statement: Statement) -> Timing:
    """The time of a statement's date, also when another sentence or the lead tells it."""
    same_days = [other for other in item.statements if other.first_day == statement.first_day and not other.is_range]
    own = list(statement.times)
    if statement.is_range:
        return _of_range(statement, own)
    others = [other for other in same_days if other is not statement][:MOST_REPEATS]
    for other in others:
        own += [timed for timed in other.times if timed not in own]
    behind = list(_behind(item, statement, others))
    timing = timing_from(own, behind)
    return timing if timing.start is not None else timing_from(_as_told(statement), ())


def _as_told(statement: Statement) -> list[TimedBy]:
    """The time right behind a date, though what is called then is mostly beside: "am 13. März, um 19 Uhr Helfer"."""
    words = statement.passage.words
    return [
        replace(timed, role=TimeRole.PLAIN)
        for timed in statement.times
        if timed.role is TimeRole.ASIDE
        and is_beside(words, statement.mention.last, timed.mention.first)
        and words.low(timed.mention.last) in HELPING
    ]


def timing_from(own: Sequence[TimedBy], behind: Sequence[TimedBy]) -> Timing:
    """Begin, end and doors from the times beside a date and those behind it."""
    starts = [timed for timed in own if timed.role in (TimeRole.BEGIN, TimeRole.PLAIN)]
    begins = [timed for timed in behind if timed.role is TimeRole.BEGIN]
    plain = [timed for timed in behind if timed.role is TimeRole.PLAIN]
    early = [timed for timed in own if timed.role in (TimeRole.MEETING, TimeRole.DOORS)]
    early_behind = [timed for timed in behind if timed.role in (TimeRole.MEETING, TimeRole.DOORS)]
    by_role = sorted(starts, key=lambda timed: timed.role.value)
    chosen = next(iter([*by_role, *begins, *([] if early else plain), *_latest(early), *early_behind]), None)
    if chosen is None:
        return Timing()
    times = chosen.times
    doors = next((timed for timed in [*own, *behind] if timed.role is TimeRole.DOORS and timed is not chosen), None)
    ends = [timed for timed in [*own, *behind] if timed.role is TimeRole.END and _ends(chosen, timed)]
    end, end_evidence = _end(chosen, ends, [*own, *behind])
    start = times.starts[0]
    evidence = [chosen, *([doors] if doors else []), *end_evidence]
    return Timing(
        start,
        end,
        doors.times.starts[0] if doors and doors.times.starts[0] <= start else None,
        tuple(zip_longest(times.starts, times.ends)) if len(times.starts) > 1 else (),
        is_near=chosen in own,
        is_vague=times.vague,
        is_respective=times.respective,
        is_choice=times.choice,
        evidence=tuple(evidence),
    )


def _ends(chosen: TimedBy, timed: TimedBy) -> bool:
    """Whether an end is that of the chosen beginning: "frei bis 23 Uhr" in another sentence is not."""
    same_sentence = timed.mention.sentence == chosen.mention.sentence
    return timed.passage is chosen.passage and (same_sentence or not timed.times.until)


def _latest(early: Sequence[TimedBy]) -> list[TimedBy]:
    """Meeting before doors, when nothing else tells the beginning."""
    return sorted(early, key=lambda timed: timed.role.value)


def _end(chosen: TimedBy, ends: Sequence[TimedBy], every: Sequence[TimedBy]) -> tuple[int | None, list[TimedBy]]:
    """The end: of the span itself, of another span that begins alike, or said by a word like Ende."""
    start = chosen.times.starts[0]
    if chosen.times.end is not None or len(chosen.times.starts) > 1:
        return chosen.times.end, []
    for timed in every:
        if timed.times.starts[0] == start and timed.times.end is not None:
            return timed.times.end, [timed]
    for timed in ends:
        end = timed.times.starts[0] if timed.times.end is None else timed.times.end
        if end > start or end <= LATEST_NIGHT:
            return end + (DAY_MINUTES if end <= start else 0), [timed]
    return None, []


def _of_range(statement: Statement, own: Sequence[TimedBy]) -> Timing:
    """The hours of several days: from the first day's to the last day's, or the same every day."""
    first, last = statement.mention.first, statement.mention.last
    inside = [timed for timed in own if first <= timed.mention.first < last]
    after = [timed for timed in own if timed.mention.first >= last and timed.role is not TimeRole.ASIDE]
    if inside:
        end = next((timed.times.starts[0] for timed in after if timed.role is not TimeRole.DOORS), None)
        return Timing(inside[0].times.starts[0], end, is_near=True, evidence=(inside[0], *after[:1]))
    whole = [timed for timed in own if timed.role in (TimeRole.BEGIN, TimeRole.PLAIN)]
    if not whole:
        return Timing()
    times = whole[0].times
    daily = times.end is not None or _says_daily(statement, whole[0])
    end = times.end if daily else None
    return Timing(times.starts[0], end, is_near=True, is_daily=daily, is_vague=times.vague, evidence=(whole[0],))


def _says_daily(statement: Statement, timed: TimedBy) -> bool:
    """Whether "jeweils" or "täglich" stands before the time."""
    words, first = statement.passage.words, timed.mention.first
    return any(words.low(index) in DAILY_WORDS for index in range(first - 4, timed.mention.last + 2))


def _behind(item: Item, statement: Statement, others: Sequence[Statement]) -> Iterator[TimedBy]:
    """The free times behind the date (or the same date elsewhere), until another date comes."""
    due = [each for each in item.statements if each.role in (DateRole.DEADLINE, DateRole.UNTIL)]
    told = {(anchor.passage.name, anchor.mention.first) for anchor in (statement, *others, *due)}
    for anchor in (statement, *others):
        yield from _free_behind(item, anchor.passage, anchor.mention.sentence, told)
    yield from _of_weekday(item, statement)
    if statement.passage.is_title:
        bodies = [passage for passage in item.passages if not passage.is_title]
        for passage in bodies[:1]:
            yield from _free_behind(item, passage, -1, told)


def _free_behind(item: Item, passage: Passage, sentence: int, told: Set[tuple[str, int]]) -> Iterator[TimedBy]:
    """Times of no date after a sentence: those of a beginning anywhere, others soon; another day ends it.

    `told` are the places at which the same day, or a deadline, is told; they end nothing.
    """
    stop = min(
        (
            mention.sentence
            for mention in passage.of(Dates)
            if mention.sentence > sentence and (passage.name, mention.first) not in told
        ),
        default=None,
    )
    attached = next(times for each, times in zip(item.passages, item.attached, strict=True) if each is passage)
    for timed in attached.free:
        distance = timed.mention.sentence - sentence
        if distance <= 0 or (stop is not None and timed.mention.sentence >= stop):
            continue
        if timed.role is not TimeRole.PLAIN or distance <= FOLLOWING_SENTENCES:
            yield timed


def _of_weekday(item: Item, statement: Statement) -> Iterator[TimedBy]:
    """The times that stand with the weekday of the date in other sentences: "Am Sonntag geht es um 10 Uhr los"."""
    for passage, attached in zip(item.passages, item.attached, strict=True):
        dated = {mention.sentence for mention in passage.of(Dates)}
        for mention in passage.of(Repetition) if passage is statement.passage else ():
            assert isinstance(mention.said, Repetition)
            same_sentence = mention.sentence == statement.mention.sentence
            if same_sentence and statement.first_day.weekday() in mention.said.weekdays:
                yield from attached.by_anchor.get(mention.first, ())
        for mention in passage.of(Loose):
            assert isinstance(mention.said, Loose)
            if mention.said.weekday == statement.first_day.weekday() and mention.sentence not in dated:
                yield from attached.by_anchor.get(mention.first, ())
