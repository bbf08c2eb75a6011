"""Other forms of a word are found, and other words are not."""

import pytest

from aggregator.model.stems import stems_of, wanted_stem
from aggregator.model.text import key


@pytest.mark.parametrize(
    ("asked", "title", "is_found"),
    [
        pytest.param("Gärten", "Der Garten im Winter", True, id="plural with umlaut"),
        pytest.param("Chöre", "Gospelchor", True, id="in a compound"),
        pytest.param("Lesung", "Lesungen im Salon", True, id="singular"),
        pytest.param("Flohmärkte", "Flohmarkt", True, id="compound itself"),
        pytest.param("Maerkte", "Flohmarkt", True, id="umlaut written out"),
        pytest.param("Konzert", "Konzertina", False, id="another word"),
        pytest.param("Tag", "Sonntag", False, id="too short to tell"),
    ],
)
def test_a_word_is_found_in_its_other_forms(asked: str, title: str, is_found: bool) -> None:
    stem = wanted_stem(key(asked))
    assert bool(stem and stem in stems_of(key(title))) == is_found
