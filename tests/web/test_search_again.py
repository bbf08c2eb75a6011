"""A search that finds nothing leads to words that do."""

import pytest
from flask.testing import FlaskClient

from web.calendar.similar import as_written, similar_words


@pytest.mark.parametrize(
    ("word", "texts", "found"),
    [
        pytest.param("reperatur", ["reparatur cafe", "chorprobe"], ("reparatur",), id="misspelt"),
        pytest.param("toepferkurs", ["toepfern fuer alle", "kochen"], ("toepfern",), id="another compound"),
        pytest.param("reperatur", ["repair cafe"], ("repair",), id="the same beginning"),
        pytest.param("quatsch", ["deutsch"], (), id="only the same end"),
        pytest.param("quatsch", ["chorprobe", "lesung"], (), id="nothing alike"),
        pytest.param("cafe", ["cafe"], (), id="not the word itself"),
    ],
)
def test_words_that_share_many_letters_are_alike(word: str, texts: list[str], found: tuple[str, ...]) -> None:
    assert similar_words(word, texts) == found


def test_a_word_is_shown_as_its_title_spells_it() -> None:
    assert as_written("naehcafe", ["Chor", "Offenes Nähcafé"]) == "Nähcafé"


def test_a_misspelt_search_offers_the_word_that_was_meant(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/?q=Nähkaffee&topic=begegnung").text
    assert "Klingt ähnlich" in page
    assert 'href="/?q=N%C3%A4hcaf%C3%A9"' in page
    assert 'name="topic" value="begegnung"' in page


def test_of_several_words_each_that_finds_something_is_offered(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/?q=Podium+quatsch").text
    assert "<span>„Podium“</span>" in page


def test_a_search_that_finds_something_asks_nothing_again(sqlite_client: FlaskClient) -> None:
    assert "Noch einmal suchen" not in sqlite_client.get("/?q=podium").text
