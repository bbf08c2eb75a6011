"""What all records together teach: how rare each word is, and which words a source puts before every title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log2

from aggregator.match.lexicon import COMMON, EVERYBODYS, STOP
from aggregator.match.wording import ROOT, Cutter, Wording, meaning
from aggregator.model.times import EventTime

# Before anything was read we act as if we had seen this many titles, each word in one of them and a
# common word in many: a small town's corpus then does not take a chance meeting for proof.
IMAGINED, IMAGINED_COMMON = 512, 96
IMAGINED_STARTS = 48
ALL_DAY = -1
PHRASE_BITS = 4.0
COMMON_PARTS = frozenset(part for word in COMMON for part in (meaning(word), *Cutter()[word]))
# A prefix is a source's habit if it stands before most of its titles, and there are enough to tell.
HABIT_SHARE, HABIT_COUNT = 0.6, 3
PREFIX = re.compile(r"\s*(?:\[[^\]]{2,60}\]|\([^)]{2,60}\)|\|[^|]{2,60}\|)\s*")
# A beginning of words that more announcements have does not open a block by itself.
OFTEN = 64
# A word of a text opens a block if it tells so much, in bits.
VERY_RARE = 6.5
# A compound of common words is an event's name if it tells so much, in bits.
RARE_COMPOUND = 7.0
# A word is a known second half of compounds when it stands alone in this many titles.
HEAD_COUNT, SHORTEST_HEAD = 2, 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How often announcements use what: word parts in titles and anywhere, their beginnings, sentences, hours.

    What is used once only is left out: it tells what a new word tells. Equal titles of one source are one announcement.
    """

    announcements: int = 0
    titles: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    roots: Mapping[str, int] = field(default_factory=dict)
    sentences: Mapping[str, int] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


class Bits(dict[str, float]):
    """What meeting each word (sentence) tells, in bits; worked out when first asked for."""

    def __init__(self, counts: Mapping[str, int], announcements: int) -> None:
        """Start from the counts of those that occur more than once."""
        super().__init__()
        self.counts = counts
        self.seen = announcements + IMAGINED

    def __missing__(self, part: str) -> float:
        """The rarity of one word: 9 for a word of its own in a small town, 3 for "Treffen"."""
        own = IMAGINED_COMMON if part in COMMON_PARTS else 1
        self[part] = log2(self.seen / (self.counts.get(part, 1) + own))
        return self[part]


class Openers(dict[str, float]):
    """What each word of a text tells, 0 unless it is rare enough to open a block; worked out when first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        """Start from what is known of words."""
        super().__init__()
        self.corpus = corpus

    def __missing__(self, part: str) -> float:
        """What one word tells."""
        bits = self.corpus.text_rarity(part)
        is_opener = self.corpus.is_shared(part) and bits >= VERY_RARE and not self.corpus.is_often(part)
        self[part] = bits if is_opener else 0.0
        return self[part]


class Corpus:
    """What words and hours tell, in bits (term frequency adjustment)."""

    def __init__(self, counts: Counts | None = None) -> None:
        """Know what was counted; without counts, what a very small town would teach."""
        self.counts = counts or Counts()
        self.titles = Bits(self.counts.titles, self.counts.announcements)
        self.texts = Bits(self.counts.texts, self.counts.announcements)
        self.sentences = Bits(self.counts.sentences, self.counts.announcements)
        self.starts = bits_of_starts(self.counts.starts)
        self.openers = Openers(self)

    def title_rarity(self, part: str) -> float:
        """What a word shared by two titles tells."""
        return self.titles[part]

    def text_rarity(self, part: str) -> float:
        """What a word shared anywhere tells."""
        return self.texts[part]

    def rare_compounds(self, compounds: Iterable[frozenset[str]]) -> Iterator[str]:
        """Of the compounds of a title those that few titles have, though each part may be in many: "Radbasar"."""
        wholes = set(map(spelled_whole, compounds)) - COMMON_COMPOUNDS
        return (whole for whole in wholes if self.titles[whole] >= RARE_COMPOUND)

    def sentence_rarity(self, sentence: str) -> float:
        """What a copied sentence tells beyond a phrase that everybody uses."""
        return max(0.0, self.sentences[sentence] - PHRASE_BITS)

    def start_rarity(self, minute: int) -> float:
        """What a common start at a minute of the day tells: 19:00 is everybody's hour, 17:45 is not."""
        return self.starts.get(minute, log2(24))

    def is_often(self, part: str) -> bool:
        """Whether a word is too frequent, however large the region, to bring announcements together by itself."""
        return self.counts.roots.get(part[:ROOT], 0) > OFTEN

    def is_often_whole(self, part: str) -> bool:
        """The same of the whole word, which may be rare though many begin like it."""
        return self.counts.texts.get(part, 1) > OFTEN

    def is_shared(self, part: str) -> bool:
        """Whether a word was used more than once."""
        return part in self.counts.texts


def spelled_whole(compound: frozenset[str]) -> str:
    """A compound as a word of its own, be it cut, joined or hyphenated."""
    return "+".join(sorted(compound))


COMMON_COMPOUNDS = frozenset(spelled_whole(frozenset(Cutter()[word])) for word in EVERYBODYS)


class Counting:
    """Counts the words of announcements one after the other."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.titles: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.roots: Counter[str] = Counter()
        self.starts: Counter[int] = Counter()
        self.sentences: Counter[str] = Counter()
        self.phrases: set[str] = set()
        self.source = ""
        self.theirs: set[str] = set()
        self.seen: set[int] = set()

    def add(self, source: str, wording: Wording, start: EventTime | None) -> None:
        """One announcement; what one source repeats under one title counts once."""
        told = hash((source, wording.title))
        if told in self.seen:
            return
        self.seen.add(told)
        words = wording.title | wording.text | wording.place
        self.titles.update(wording.title)
        self.titles.update(map(spelled_whole, wording.compounds))
        self.texts.update(words)
        self.roots.update({word[:ROOT] for word in words})
        self.sentences.update(wording.sentences)
        self.note_phrases(source, wording.sentences)
        if start:
            self.starts[minute_of_day(start)] += 1

    def note_phrases(self, source: str, sentences: frozenset[str]) -> None:
        """A sentence under two titles of one calendar is its phrase, and proves nothing about an event."""
        if source != self.source:
            self.source, self.theirs = source, set()
        self.phrases |= self.theirs & sentences
        self.theirs |= sentences

    def counts(self) -> Counts:
        """What was counted, in one order; phrases as if all had them."""
        self.sentences.update(dict.fromkeys(self.phrases, len(self.seen)))
        return Counts(
            announcements=len(self.seen),
            titles=repeated(self.titles),
            texts=repeated(self.texts),
            roots={root: count for root, count in sorted(self.roots.items()) if count > OFTEN},
            sentences=repeated(self.sentences),
            starts=dict(sorted(self.starts.items())),
        )


def repeated(counts: Mapping[str, int]) -> dict[str, int]:
    """What was counted more than once, sorted."""
    return {part: count for part, count in sorted(counts.items()) if count > 1}


def learn(announcements: Iterable[tuple[str, Wording, EventTime | None]]) -> Counts:
    """The counts of all announcements (source, wording, start), one source after the other, the same in any order."""
    counting = Counting()
    for announcement in announcements:
        counting.add(*announcement)
    return counting.counts()


def bits_of_starts(counts: Mapping[int, int]) -> dict[int, float]:
    """What each minute of the day tells, in bits; before anything was read every hour is as likely."""
    seen = sum(counts.values())
    return {minute: log2((seen + IMAGINED_STARTS) / (count + IMAGINED_STARTS / 24)) for minute, count in counts.items()}


def minute_of_day(time: EventTime) -> int:
    """What the wall clock shows, in minutes; of a whole day what no clock shows."""
    return ALL_DAY if time.is_date else time.wall.hour * 60 + time.wall.minute


def heads_among(words: Mapping[str, int]) -> frozenset[str]:
    """Of the words by the number of titles that have them, those that stand alone in several."""
    often = (word for word, count in words.items() if count >= HEAD_COUNT)
    return frozenset(word for word in often if len(word) >= SHORTEST_HEAD and word not in STOP)


def habit_of(prefixes: Counter[str]) -> str:
    """The bracketed prefix that stands before most of a source's titles, "" if none does: never the event's name."""
    prefix, count = min(prefixes.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return prefix if count >= HABIT_SHARE * prefixes.total() and count >= HABIT_COUNT else ""


def without_habit(title: str, prefix: str) -> str:
    """The title without its source's prefix."""
    return title.removeprefix(prefix).strip() or title
