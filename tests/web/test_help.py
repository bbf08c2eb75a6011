"""Help is reached from every page, and there in easy words too."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/event/podium", "/nirgends", "/help"])
def test_both_pages_of_help_are_reached_from_the_foot(sqlite_client: FlaskClient, path: str) -> None:
    foot = sqlite_client.get(path).text.split("<footer")[1]
    assert 'href="/help"' in foot and 'href="/help/easy"' in foot


def test_easy_words_come_in_short_sentences(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/help/easy").text.split('<div class="easy">')[1].split("</main>")[0]
    sentences = [part.split("</p>")[0] for part in page.split("<p>")[1:] if "<a" not in part.split("</p>")[0]]
    assert len(sentences) > 25
    assert max(len(one.split()) for one in sentences) <= 14


@pytest.mark.parametrize("path", ["/help", "/help/easy"])
def test_help_is_there_in_english(sqlite_client: FlaskClient, path: str) -> None:
    assert "How to" in sqlite_client.get(f"{path}?lang=en").text
