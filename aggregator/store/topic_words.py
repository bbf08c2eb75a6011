"""Words of sources that mean a topic, as operators gave them; those of sources.yaml come first and win."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from aggregator.model.sources import Topic
from aggregator.model.text import key
from aggregator.store.operators_schema import topic_words
from aggregator.store.rows import delete_rows, put_rows, raise_generation

LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class GivenWord:
    """One word: its normal form, the id of the topic that it means, and how it was typed."""

    word: str
    topic: str
    written: str


def load(connection: Connection) -> tuple[GivenWord, ...]:
    """All of them, in alphabetical order."""
    rows = connection.execute(select(topic_words).order_by(topic_words.c.word))
    return tuple(GivenWord(row.word, row.topic, row.written) for row in rows)


def give(connection: Connection, topic: str, written: str, by: str, now: datetime) -> None:
    """Let the word mean the topic; the next relink uses it."""
    row = {"word": key(written), "topic": topic, "written": written, "given_by": by, "given_at": now}
    put_rows(connection, topic_words, [row])
    raise_generation(connection)


def remove(connection: Connection, word: str) -> None:
    """Let it mean nothing again."""
    delete_rows(connection, topic_words.c.word, [word])
    raise_generation(connection)


def named_in_file(topics: Sequence[Topic]) -> dict[str, str]:
    """What sources.yaml says that a word means: the topic's id by the word's normal form."""
    return {key(word): topic.id for topic in topics for word in (topic.id, *dict(topic.labels).values(), *topic.words)}


def in_force(given: Sequence[GivenWord], topics: Sequence[Topic]) -> dict[str, str]:
    """The topic of each given word, but for words that sources.yaml knows and topics that it does not."""
    fixed, known = named_in_file(topics), {topic.id for topic in topics}
    return {one.word: one.topic for one in given if one.word not in fixed and one.topic in known}


def with_words(topics: Sequence[Topic], given: Sequence[GivenWord]) -> tuple[Topic, ...]:
    """The topics with the given words among their own; none where no word is given."""
    words = in_force(given, topics)
    if not words:
        return ()
    return tuple(
        replace(topic, words=(*topic.words, *(word for word, meant in words.items() if meant == topic.id)))
        for topic in topics
    )


def meant_by(categories: Collection[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """The topics that a source's own categories mean by these words, each once."""
    found = (words.get(key(category)) for category in categories) if words else ()
    return tuple(dict.fromkeys(topic for topic in found if topic))
