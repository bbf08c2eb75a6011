"""What all records together teach: how rare each word is, and which words a source puts before every title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from aggregator.match.lexicon import COMMON, STOP
from aggregator.match.wording import Wording, meaning, plain_words
from aggregator.model.records import Record
from aggregator.model.times import EventTime

# Before anything was read we act as if we had seen this many titles, each word in one of them and a
# common word in many: a small town's corpus then does not take a chance meeting for proof.
IMAGINED, IMAGINED_COMMON = 512, 96
IMAGINED_STARTS = 48
PHRASE_BITS = 4.0
COMMON_PARTS = frozenset(map(meaning, COMMON))
# A prefix is a source's habit if it stands before most of its titles, and there are enough to tell.
HABIT_SHARE, HABIT_COUNT = 0.6, 3
PREFIX = re.compile(r"\s*(?:\[[^\]]{2,60}\]|\([^)]{2,60}\)|\|[^|]{2,60}\|)\s*")
# A word is a known second half of compounds when it stands alone in this many titles.
HEAD_COUNT, SHORTEST_HEAD = 2, 5


@dataclass(frozen=True)
class Corpus:
    """What words and hours tell, in bits: 9 for a title's word of its own, 3 for "Treffen" (term frequency adjustment).

    `titles`, `texts` and `sentences` map word parts (sentences) to bits, `counts` parts to the number of
    announcements that have them, `starts` minutes of the day to bits. `unseen` is what a new word tells.
    """

    unseen: float = log2(IMAGINED)
    titles: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)
    sentences: Mapping[str, float] = field(default_factory=dict)
    starts: Mapping[int, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def title_rarity(self, part: str) -> float:
        """What a word shared by two titles tells."""
        return self.titles.get(part, self.unseen)

    def text_rarity(self, part: str) -> float:
        """What a word shared anywhere tells."""
        return self.texts.get(part, self.unseen)

    def sentence_rarity(self, sentence: str) -> float:
        """What a copied sentence tells beyond a phrase that everybody uses."""
        return max(0.0, self.sentences.get(sentence, self.unseen) - PHRASE_BITS)

    def start_rarity(self, minute: int) -> float:
        """What a common start at a minute of the day tells: 19:00 is everybody's hour, 17:45 is not."""
        return self.starts.get(minute, log2(24))


def learn(announcements: Iterable[tuple[str, Wording, EventTime | None]]) -> Corpus:
    """The corpus of all announcements (source, wording, start); what one source repeats under one title counts once."""
    titles: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    starts: Counter[int] = Counter()
    sentences: Counter[str] = Counter()
    seen: set[tuple[str, frozenset[str]]] = set()
    for source, wording, start in announcements:
        if (source, wording.title) not in seen:
            seen.add((source, wording.title))
            titles.update(wording.title)
            texts.update(wording.title | wording.text | wording.place)
            sentences.update(wording.sentences)
            if start and not start.is_date:
                starts[minute_of_day(start)] += 1
    return Corpus(
        unseen=log2(len(seen) + IMAGINED),
        titles=bits_of(titles, len(seen)),
        texts=bits_of(texts, len(seen)),
        sentences=bits_of(sentences, len(seen)),
        starts=bits_of_starts(starts),
        counts=dict(texts),
    )


def bits_of(counts: Mapping[str, int], announcements: int) -> dict[str, float]:
    """What meeting each word tells, in bits."""
    return {
        part: log2((announcements + IMAGINED) / (seen + (IMAGINED_COMMON if part in COMMON_PARTS else 1)))
        for part, seen in counts.items()
    }


def bits_of_starts(counts: Mapping[int, int]) -> dict[int, float]:
    """What each minute of the day tells, in bits; before anything was read every hour is as likely."""
    seen = sum(counts.values())
    return {minute: log2((seen + IMAGINED_STARTS) / (count + IMAGINED_STARTS / 24)) for minute, count in counts.items()}


def minute_of_day(time: EventTime) -> int:
    """What the wall clock shows, in minutes."""
    return time.wall.hour * 60 + time.wall.minute


def heads_of(records: Iterable[Record]) -> frozenset[str]:
    """Words that stand alone in several titles, by which longer ones may be cut."""
    counts = Counter(word for record in records for word in set(plain_words(f"{record.title} {record.place.name}")))
    often = (word for word, count in counts.items() if count >= HEAD_COUNT)
    return frozenset(word for word in often if len(word) >= SHORTEST_HEAD and word not in STOP)


def habits(records: Sequence[Record]) -> dict[str, str]:
    """The bracketed prefix that a source puts before most of its titles, by source id: never the event's name."""
    prefixes: dict[str, list[str]] = {}
    for record in records:
        found = PREFIX.match(record.title)
        prefixes.setdefault(record.source, []).append(found[0] if found else "")
    return {
        source: prefix
        for source, group in prefixes.items()
        for prefix, count in Counter(group).most_common(1)
        if prefix and count >= HABIT_SHARE * len(group) and count >= HABIT_COUNT
    }


def without_habit(title: str, prefix: str) -> str:
    """The title without its source's prefix."""
    return title.removeprefix(prefix).strip() or title
