"""Which time belongs to which date: by nearness in the sentence, and by what each time is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.normalise.prose.cues import TimeRole, time_role_of
from aggregator.normalise.prose.lexicon import DASHES, MONTHS
from aggregator.normalise.prose.mentions import Loose, Mention, Passage
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.times import Times
from aggregator.normalise.prose.tokens import Words

BETWEEN_WORDS = frozenset(
    (",", ":", "(", ")", "|", "/", *DASHES, *"um ab von gegen am den dem jeweils on at from".split())
)
CLAUSE_MARKS = frozenset((",", ";", ":", "(", ")", "|", "–", "—", "/"))
LOCAL_PREPOSITIONS = frozenset("im am vom zum beim ins nach vor in zur".split())
UNTIL_WORDS = ("bis", "zum", "spaetestens", "by", "until")
FARTHEST_CUE = 8
FARTHEST_NARROW_CUE = 4


@dataclass(frozen=True, slots=True)
class TimedBy:
    """A time, what it is for, and where it stands."""

    times: Times
    role: TimeRole
    mention: Mention
    passage: Passage


@dataclass(frozen=True, slots=True)
class Attached:
    """The times of a passage: by the token index of the mention they belong to, and those of no date."""

    by_anchor: Mapping[int, tuple[TimedBy, ...]]
    free: tuple[TimedBy, ...]


def attach(passage: Passage) -> Attached:
    """Give each time of a passage to a date, weekday or repetition of its sentence, if it has one."""
    sentences: dict[int, list[Mention]] = defaultdict(list)
    for mention in passage.mentions:
        sentences[mention.sentence].append(mention)
    by_anchor: dict[int, list[TimedBy]] = defaultdict(list)
    free: list[TimedBy] = []
    for mentions in sentences.values():
        anchors = [mention for mention in mentions if not isinstance(mention.said, Times) and not _helps(mention)]
        for timed in _roles(passage, mentions):
            anchor = _anchor(passage.words, timed.mention, anchors)
            (by_anchor[anchor.first] if anchor else free).append(timed)
    return Attached({first: tuple(timed) for first, timed in by_anchor.items()}, tuple(free))


def _helps(mention: Mention) -> bool:
    """Whether it only counts for a repetition beside it, and has no time of its own."""
    return isinstance(mention.said, Repetition) and mention.said.helps


def is_beside(words: Words, left: int, right: int) -> bool:
    """Whether only small words and marks stand between two token indices."""
    return (
        left <= right and right - left <= 6 and all(words.low(index) in BETWEEN_WORDS for index in range(left, right))
    )


def _anchor(words: Words, time: Mention, anchors: Sequence[Mention]) -> Mention | None:
    """The date before a time, or the one right behind it, or the first that follows."""
    before = [anchor for anchor in anchors if anchor.first <= time.first]
    after = [
        anchor for anchor in anchors if anchor.first > time.first and words.low(anchor.first - 1) not in UNTIL_WORDS
    ]
    if not before:
        return after[0] if after else None
    last = before[-1]
    if isinstance(last.said, Loose) and last.said.days is not None and len(before) > 1:
        last = before[-2]
    next_beside = bool(after) and is_beside(words, time.last, after[0].first)
    if next_beside and not is_beside(words, last.last, time.first) and not isinstance(after[0].said, Loose):
        return after[0]
    return last


def _roles(passage: Passage, mentions: Sequence[Mention]) -> list[TimedBy]:
    """The times of a sentence with their roles; a cue word speaks for one time only."""
    used: set[int] = set()
    found: list[TimedBy] = []
    for mention in mentions:
        if isinstance(mention.said, Times):
            role = _role(passage.words, mention, used)
            found.append(TimedBy(mention.said, role, mention, passage))
    return found


def _role(words: Words, mention: Mention, used: set[int]) -> TimeRole:
    """What a time is for: by a word in its clause before it, else right behind it."""
    assert isinstance(mention.said, Times)
    if mention.said.until:
        return TimeRole.END
    for index in _before(words, mention):
        role = time_role_of(words.low(index))
        if role and index not in used and _governs(words, index, mention, role):
            used.add(index)
            return role
    opened = words.low(mention.last) == "("
    behind = words.skip(words.skip(mention.last, ":", "("), "ist", "der", "die", "zum", "fuer", "=")
    role = time_role_of(words.low(behind))
    # "20 Uhr (Einlass 19 Uhr)": the word in brackets speaks of the time in the brackets.
    if opened and words.low(behind + 1) != ")":
        role = None
    if role and words.sentences[mention.first] == words.sentences[min(behind, len(words.sentences) - 1)]:
        used.add(behind)
        return role
    return TimeRole.PLAIN


def _before(words: Words, mention: Mention) -> list[int]:
    """The token indices before a time in its clause, nearest first; a colon right before it is no end."""
    found: list[int] = []
    for index in range(mention.first - 1, max(mention.first - FARTHEST_CUE, 0) - 1, -1):
        mark = words.low(index)
        ends = words.sentences[index] != mention.sentence or (mark in CLAUSE_MARKS and index < mention.first - 1)
        # "Beginn: um 19 Uhr", "Einlass – 19 Uhr"
        labels = mark in (":", *DASHES) and mention.first - index <= 3
        if ends and not labels:
            break
        found.append(index)
    return found


def _governs(words: Words, index: int, mention: Mention, role: TimeRole) -> bool:
    """Whether a cue word speaks of the time: not in "im Büro um 19 Uhr", not in "Ende Juni um 18 Uhr"."""
    if words.low(index - 1) in LOCAL_PREPOSITIONS:
        return False
    if role in (TimeRole.END, TimeRole.ASIDE):
        return mention.first - index <= FARTHEST_NARROW_CUE and words.low(index + 1) not in MONTHS
    return True
