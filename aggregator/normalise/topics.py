"""The source's own categories as topics of this calendar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from aggregator.model.sources import Topic
from aggregator.model.text import key


def topics_of(categories: Sequence[str], topics: Sequence[Topic]) -> tuple[str, ...]:
    """The ids of the topics that the categories name, in the order of the configuration.

    A category means a topic when it is one of the topic's words, its id or its label in any language;
    case, umlauts and punctuation do not matter.
    """
    named = {key(category) for category in categories} - {""}
    return tuple(topic.id for topic in topics if named & _names(topic))


@lru_cache(maxsize=256)
def _names(topic: Topic) -> frozenset[str]:
    """Everything a topic is called, normalised."""
    return frozenset(key(name) for name in (topic.id, *topic.words, *(label for _, label in topic.labels)))
