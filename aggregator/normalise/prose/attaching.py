"""Which time belongs to which date: by nearness in the sentence, and by what each time is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.normalise.prose.cues import TimeRole, time_role_of
from aggregator.normalise.prose.lexicon import DASHES, MONTHS
from aggregator.normalise.prose.mentions import Loose, Mention, Passage
from aggregator.normalise.prose.ranges import Dates
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.times import Times
from aggregator.normalise.prose.tokens import Words

BETWEEN_WORDS = frozenset(
    (",", ":", "(", ")", "|", "/", *DASHES, *"um ab von gegen am den dem jeweils on at from".split())
)
CLAUSE_MARKS = frozenset((",", ";", ":", "(", ")", "|", "–", "—", "/"))
LOCAL_PREPOSITIONS = frozenset("im am vom zum beim ins nach vor in zur".split())
UNTIL_WORDS = ("bis", "zum", "spaetestens", "by", "until")
JOINTS = frozenset("und u sowie & + auf bis".split())
JOINING_WORDS = JOINTS | frozenset(") , am auch den zum noch".split())
LONGEST_JOINT = 4
SHARING = ("jeweils", "taeglich", "je")
EARLIER = ("frueher", "eher", "zeitiger", "vorher", "aufbau", "abbau", "mitkoch", "schnippel", "schnibbel", "mitprob")
OTHERS = frozenset("alle allen andere anderen andern uebrige uebrigen offiziell verkauft verkauf".split())
ALREADY = ("schon", "bereits")
TO_HELP = ("helf", "hilf", "mithelf", "mithilf", "anpack", "anzupack", "mitmach", "mitarbeit")
FARTHEST_WHO = 24
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
        anchors = _anchors(passage.words, mentions)
        for timed in _roles(passage, mentions):
            anchor = _anchor(passage.words, timed.mention, anchors)
            (by_anchor[anchor.first] if anchor else free).append(timed)
            if anchor and _is_shared(passage.words, timed.mention, anchor, anchors[0]):
                by_anchor.setdefault(anchors[0].first, [timed])
    return Attached({first: tuple(timed) for first, timed in by_anchor.items()}, tuple(free))


def _is_shared(words: Words, time: Mention, weekday: Mention, date: Mention) -> bool:
    """Whether a time told with a weekday is the date's as well: "... am Samstag und Sonntag, jeweils um 20 Uhr"."""
    says_each = not {words.low(index) for index in range(time.first - 2, time.first)}.isdisjoint(SHARING)
    return says_each and isinstance(weekday.said, Loose) and isinstance(date.said, Dates)


def _anchors(words: Words, mentions: Sequence[Mention]) -> list[Mention]:
    """What times may belong to: not a weekday that goes on from a date ("5. Dezember, und am Sonntag ab 12 Uhr")."""
    anchors: list[Mention] = []
    for mention in mentions:
        if isinstance(mention.said, Times) or _helps(mention):
            continue
        is_weekday = isinstance(mention.said, Loose) and mention.said.weekday is not None
        if not (is_weekday and anchors and _goes_on(words, anchors[-1], mention)):
            anchors.append(mention)
    return anchors


def _goes_on(words: Words, date: Mention, weekday: Mention) -> bool:
    """Whether a weekday continues a date, and the time behind it holds for both; behind "bis" if it says so."""
    if not isinstance(date.said, Dates) or weekday.first - date.last > LONGEST_JOINT:
        return False
    gap = {words.low(index) for index in range(date.last, weekday.first)}
    joined = gap <= JOINING_WORDS and not gap.isdisjoint(JOINTS)
    shared = "bis" not in gap or words.low(weekday.last) in SHARING
    return joined and shared


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
    is_dated = any(isinstance(mention.said, Dates) for mention in mentions)
    for mention in mentions:
        if isinstance(mention.said, Times):
            role = _role(passage.words, mention, used)
            if role is TimeRole.PLAIN and not is_dated:
                role = _role_for_some(passage.words, mention)
            found.append(TimedBy(mention.said, role, mention, passage))
    return [
        replace(timed, role=TimeRole.ASIDE) if _is_early(passage.words, timed, found[place + 1 :]) else timed
        for place, timed in enumerate(found)
    ]


def _is_early(words: Words, timed: TimedBy, following: Sequence[TimedBy]) -> bool:
    """Whether a time is for some before all others come: "Schwangere schon um 13.30 Uhr, alle anderen um 14 Uhr"."""
    first = timed.mention.first
    led = words.low(first - 1) in ALREADY or (words.low(first - 2) in ALREADY and words.low(first - 1) in BETWEEN_WORDS)
    later = (each for each in following if each.role is TimeRole.PLAIN and each.times.starts > timed.times.starts)
    other = next(later, None) if led and timed.role is TimeRole.PLAIN else None
    between = range(timed.mention.last, other.mention.first) if other else range(0)
    return any(words.low(index) in OTHERS for index in between)


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


def _role_for_some(words: Words, mention: Mention) -> TimeRole:
    """What a time is that a sentence tells those who come early, or who help: "Wer früher kommt (17.30 Uhr) ..."."""
    before: set[str] = set()
    for index in range(mention.first - 1, max(mention.first - FARTHEST_WHO, 0) - 1, -1):
        if words.sentences[index] != mention.sentence:
            break
        word = words.low(index)
        if word == "wer" or (word == "alle" and words.low(index + 1) == ","):
            if any(each.startswith(EARLIER) for each in before):
                return TimeRole.ASIDE
            # "Wer helfen will, kommt um 10 Uhr" is the beginning where nothing else tells one.
            return TimeRole.MEETING if any(each.startswith(TO_HELP) for each in before) else TimeRole.PLAIN
        before.add(word)
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
    # "Die Tür ist ab 19.30 Uhr offen", not "Tag der offenen Tür um 10 Uhr".
    if words.low(index) == "tuer" and words.low(index - 1) not in ("die", "\n", ",", "."):
        return index == 0
    if role in (TimeRole.END, TimeRole.ASIDE):
        return mention.first - index <= FARTHEST_NARROW_CUE and words.low(index + 1) not in MONTHS
    return True
