"""Categories to topics."""

from __future__ import annotations

import pytest

from aggregator.model.sources import Topic
from aggregator.normalise.topics import topics_of

FOOD = Topic("ernaehrung", (("de", "Ernährung, Konsum und Landwirtschaft"),), ("kuefa", "kochen"))


@pytest.mark.parametrize(
    ("categories", "topics"),
    [
        pytest.param(("Klimaschutz",), ("klimaschutz",), id="label"),
        pytest.param(("climate PROTECTION",), ("klimaschutz",), id="label in English"),
        pytest.param(("Klima",), ("klimaschutz",), id="word"),
        pytest.param(("KüFa",), ("ernaehrung",), id="word with umlaut"),
        pytest.param(("Ernährung, Konsum und Landwirtschaft",), ("ernaehrung",), id="an escaped comma stays one topic"),
        pytest.param(("kochen", "klima", "Klimaschutz"), ("klimaschutz", "ernaehrung"), id="each once, in our order"),
        pytest.param(("Klimawandelleugner", ""), (), id="a longer word is another word"),
    ],
)
def test_categories_name_topics(categories: tuple[str, ...], topics: tuple[str, ...], klima: Topic) -> None:
    assert topics_of(categories, (klima, FOOD)) == topics
