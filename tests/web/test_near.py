"""What is on around a place: its name becomes a position in the address."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

MOSAIQUE = "53.2487,10.4054"


@pytest.mark.parametrize(
    ("query", "near"),
    [
        pytest.param("at=mosaique – Haus der Kulturen", MOSAIQUE, id="its whole name"),
        pytest.param("at=mosaique", MOSAIQUE, id="a part of its name"),
        pytest.param("at=Katzenstr. 1", MOSAIQUE, id="its street"),
        pytest.param("at=53.251,10.41", "53.251,10.41", id="a position"),
        pytest.param("near=53.3,10.5&radius=9", "53.3,10.5", id="nothing new but the radius"),
    ],
)
def test_a_place_becomes_a_circle_in_the_address(client: FlaskClient, query: str, near: str) -> None:
    answer = client.get(f"/near?{query}&km=1&topic=kultur")
    assert answer.status_code == 302
    there = parse_qs(urlsplit(answer.location).query)
    assert there == {"near": [near], "radius": ["1"], "topic": ["kultur"]}


@pytest.mark.parametrize(
    ("near", "words"),
    [
        pytest.param(MOSAIQUE, "im Umkreis von 2 km um mosaique – Haus der Kulturen", id="a house"),
        pytest.param("53.26,10.42", "im Umkreis von 2 km", id="anywhere"),
    ],
)
def test_the_chosen_circle_is_named_by_the_house_in_its_middle(client: FlaskClient, near: str, words: str) -> None:
    chip = re.search(r'class="chip chip--on"[^>]*>(.*?)</a>', client.get(f"/?near={near}&radius=2").text, re.S)
    assert chip
    assert words == " ".join(re.sub(r"\xad|<.*", "", chip[1], flags=re.S).split())


def test_who_asked_on_the_map_stays_there(client: FlaskClient) -> None:
    assert client.get("/near?at=mosaique&view=map").location.startswith("/map?near=")


def test_an_unknown_place_is_answered_with_those_that_are_known(client: FlaskClient) -> None:
    page = client.get("/near?at=Atlantis")
    assert page.status_code == 200
    assert "Einen Ort „Atlantis“ kennen wir nicht." in page.text
    assert "near=53.2487,10.4054" in page.text


@pytest.mark.parametrize("query", ["km=0", "km=viel", "view=month", "at=" + 300 * "x"])
def test_what_cannot_be_meant_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/near?at=mosaique&{query}").status_code == 400


def test_the_calendar_and_the_map_have_the_form(client: FlaskClient) -> None:
    for path in ("/", "/month/2026-12", "/map"):
        assert 'action="/near"' in client.get(path).text
