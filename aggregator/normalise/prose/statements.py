"""Dates with their calendar days, their roles and their times: what the choice is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aggregator.model.holidays import SchoolHoliday
from aggregator.normalise.prose.attaching import Attached, TimedBy, attach
from aggregator.normalise.prose.lexicon import DASHES
from aggregator.normalise.prose.mentions import Loose, Mention, Passage
from aggregator.normalise.prose.ranges import Dates, Together, completed
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.resolving import Resolved, resolve
from aggregator.normalise.prose.roles import DateRole, begins_only, is_weak, role_of
from aggregator.normalise.prose.times import Times

LEAD_SENTENCES = 2
MOST_STATEMENTS = 60
"""Dates of one item that are weighed: a text with more is a programme, not an event."""
OPEN_WORDS = ("bis", "to", "until", "endet", "ends", *DASHES)
RANGE_GAP = frozenset((",", "(", ")", *OPEN_WORDS, *"um ab den dem am zum uhr und and on at".split()))
LARGEST_RANGE_GAP = 6
EXPLAINED_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """A date (or several told together) as the text means it.

    `order` counts through the whole item. `prominent` says that it stands in the title, in the lead or at
    the beginning of a line; `leads` that it begins its line; `begins_only` that something holds from then on.
    """

    dates: Dates
    mention: Mention
    passage: Passage
    days: tuple[Resolved, ...]
    role: DateRole
    times: tuple[TimedBy, ...]
    order: int
    weak: bool
    begins_only: bool
    prominent: bool
    leads: bool

    @property
    def is_range(self) -> bool:
        """Whether it goes on from a first to a last day."""
        return self.dates.is_range and len(self.days) > 1

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return self.days[0].day


@dataclass(frozen=True, slots=True)
class Item:
    """An item's text, read but not yet decided upon; `school_holidays` are those of its place, if known."""

    passages: tuple[Passage, ...]
    attached: tuple[Attached, ...]
    statements: tuple[Statement, ...]
    published: date | None
    school_holidays: tuple[SchoolHoliday, ...] = ()

    def events(self) -> list[Statement]:
        """The statements that may tell when the event is."""
        return [statement for statement in self.statements if statement.role is DateRole.EVENT]

    def times_of(self, passage: Passage, mention: Mention) -> tuple[TimedBy, ...]:
        """The times that belong to a mention."""
        attached = next(times for each, times in zip(self.passages, self.attached, strict=True) if each is passage)
        return attached.by_anchor.get(mention.first, ())

    def repetitions(self) -> list[tuple[Passage, Mention]]:
        """All repetitions in their order."""
        return [(passage, mention) for passage in self.passages for mention in passage.of(Repetition)]


def read_item(
    passages: Sequence[Passage], published: date | None, school_holidays: tuple[SchoolHoliday, ...] = ()
) -> Item:
    """The passages of an item with all that its dates mean."""
    joined = tuple(_with_joined_ranges(passage) for passage in passages)
    attached = tuple(attach(passage) for passage in joined)
    statements: list[Statement] = []
    for passage, times in zip(joined, attached, strict=True):
        for mention in passage.of(Dates):
            statement = _statement((passage, times), mention, published, len(statements))
            statements += [statement] if statement else []
    return Item(joined, attached, tuple(statements[:MOST_STATEMENTS]), published, school_holidays)


def is_prominent(passage: Passage, mention: Mention) -> bool:
    """Whether a mention stands in the title or in the lead."""
    first = passage.words.sentences[passage.words.lead]
    return passage.is_title or mention.sentence < first + LEAD_SENTENCES


def leads_line(passage: Passage, mention: Mention) -> bool:
    """Whether a mention begins its line or list item, or stands behind its bullet or label."""
    words, index = passage.words, mention.first - 1
    while words.low(index) in ("-", "•", "*", "–", "·", ">", "wann", "datum", "termin", ":", "?", "→"):
        index -= 1
    return index < 0 or words.low(index) in ("\n", ";")


def _statement(
    where: tuple[Passage, Attached], mention: Mention, published: date | None, order: int
) -> Statement | None:
    """What a date of a passage means; None when it is no day of the calendar."""
    passage, attached = where
    assert isinstance(mention.said, Dates)
    days = resolve(mention.said, published)
    if not days:
        return None
    if mention.said.together is Together.MOVED:
        days = days[-1:]
    times = attached.by_anchor.get(mention.first, ()) + _times_of_weekday(passage, attached, mention, days)
    leads = leads_line(passage, mention)
    return Statement(
        mention.said,
        mention,
        passage,
        days,
        role_of(passage, mention, days[-1], published),
        times,
        order,
        is_weak(passage, mention),
        begins_only(passage, mention),
        leads or is_prominent(passage, mention),
        leads,
    )


def _times_of_weekday(
    passage: Passage, attached: Attached, mention: Mention, days: Sequence[Resolved]
) -> tuple[TimedBy, ...]:
    """The times that stand with the date's weekday in the same sentence: "am Sonntag um 4 Uhr früh (29.11.)"."""
    found: list[TimedBy] = []
    for loose in passage.of(Loose):
        assert isinstance(loose.said, Loose)
        same_day = len(days) == 1 and loose.said.weekday == days[0].day.weekday()
        # "2.–6. August, Mo–Fr, 10–16 Uhr"
        explains = 0 <= loose.first - mention.last <= EXPLAINED_WITHIN and loose.said.weekday == days[-1].day.weekday()
        if loose.sentence == mention.sentence and (same_day or explains):
            found += attached.by_anchor.get(loose.first, ())
    return tuple(found)


def confirmed_by_weekday(item: Item, day: date) -> bool:
    """Whether the item names the weekday of a day somewhere else ("Mittwoch: Demonstration")."""
    return any(
        isinstance(mention.said, Loose) and mention.said.weekday == day.weekday()
        for passage in item.passages
        for mention in passage.of(Loose)
    )


def _with_joined_ranges(passage: Passage) -> Passage:
    """The passage with "Freitag, 12. Juni, 18 Uhr, bis Sonntag, 14. Juni, 14 Uhr" as one range."""
    mentions: list[Mention] = []
    for mention in passage.mentions:
        before = _open_range(passage, mentions, mention)
        if before is None:
            mentions.append(mention)
            continue
        left, right = mentions[before].said, mention.said
        assert isinstance(left, Dates) and isinstance(right, Dates)
        days = tuple(completed((left.days[0], right.days[0])))
        mentions[before] = Mention(Dates(days, Together.RANGE, left.first, right.last), mentions[before].sentence)
    return replace(passage, mentions=tuple(mentions))


def _open_range(passage: Passage, mentions: Sequence[Mention], mention: Mention) -> int | None:
    """The index of the date that goes on to this one: only a time and a word for "until" stand between."""
    if not isinstance(mention.said, Dates) or len(mention.said.days) != 1 or not mentions:
        return None
    index = len(mentions) - 1
    if isinstance(mentions[index].said, Times) and index > 0:
        index -= 1
    left = mentions[index]
    if not isinstance(left.said, Dates) or len(left.said.days) != 1 or left.sentence != mention.sentence:
        return None
    covered = range(mentions[-1].first, mentions[-1].last) if index < len(mentions) - 1 else range(0)
    gap = [passage.words.low(each) for each in range(left.last, mention.first) if each not in covered]
    is_open = any(word in OPEN_WORDS for word in gap)
    return index if is_open and len(gap) <= LARGEST_RANGE_GAP and RANGE_GAP.issuperset(gap) else None
