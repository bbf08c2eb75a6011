"""The directory, an initiative's page, an alliance, and the directory for programs."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from flask.testing import FlaskClient

PAGES = (
    "/initiatives", "/initiatives?topic=kultur&letter=M", "/initiatives/mosaique", "/initiatives/stadtblatt",
    "/umbrellas/mosaique",
)  # fmt: skip
NAMES = {
    "Freiraum": "freiraum",
    "Klimaentscheid": "klima",
    "mosaique": "mosaique",
    "Museum": "museum",
    "Stadtblatt": "stadtblatt",
}


def listed(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/initiatives/(\w+)', page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_in_both_languages(client: FlaskClient, path: str) -> None:
    for language in ("de", "en"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
        assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_asking_again_costs_nothing(sqlite_client: FlaskClient, path: str) -> None:
    tag = sqlite_client.get(path).headers["ETag"]
    assert sqlite_client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_directory_is_alphabetical_whatever_the_capitals(client: FlaskClient) -> None:
    assert listed(client.get("/initiatives").text) == list(NAMES.values())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("topic=kultur", ["mosaique"], id="topic"),
        pytest.param("topic=kultur,klima-umwelt", ["klima", "mosaique"], id="either topic"),
        pytest.param("umbrella=mosaique", ["freiraum", "klima", "mosaique"], id="umbrella and its members"),
        pytest.param("letter=m", ["mosaique", "museum"], id="letter"),
        pytest.param("q=KATZENSTRASSE", ["mosaique"], id="place"),
        pytest.param("q=begegnung", ["mosaique"], id="topic by its name"),
        pytest.param("q=museum+luene", ["museum"], id="parts of words"),
        pytest.param("q=%25", [], id="no word at all"),
        pytest.param("q=quatsch", [], id="nothing"),
    ],
)
def test_the_directory_shows_what_the_filter_wants(sqlite_client: FlaskClient, query: str, found: list[str]) -> None:
    page = sqlite_client.get(f"/initiatives?{query}").text
    assert listed(page) == found
    assert bool(found) != ("Dazu ist keine Initiative eingetragen" in page)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param("from=2026-12-01", "Danach lassen sich Initiativen nicht auswählen", id="a day"),
        pytest.param("place=Saal", "Danach lassen sich Initiativen nicht auswählen", id="a place"),
        pytest.param("letter=ab", "Hier geht ein Buchstabe von A bis Z", id="two letters"),
        pytest.param("page=0", "Hier geht eine Zahl von 1", id="no page"),
        pytest.param("umbrella=klima", "Dieser Dachverband ist hier nicht bekannt", id="no umbrella"),
    ],
)
def test_what_cannot_be_asked_of_initiatives_is_refused(sqlite_client: FlaskClient, query: str, sentence: str) -> None:
    answer = sqlite_client.get(f"/initiatives?{query}")
    assert answer.status_code == 400
    assert sentence in answer.text


def test_a_table_refuses_in_one_line_of_text(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/initiatives.csv?from=2026-12-01")
    assert (answer.status_code, answer.content_type) == (400, "text/plain; charset=utf-8")


def test_a_line_names_the_next_date_and_how_many_follow(client: FlaskClient) -> None:
    page = client.get("/initiatives?letter=K").text
    assert "heute, 19 Uhr" in page
    assert "Podium: Lüneburg klimaneutral bis 2030" in page
    assert "und 1 weiterer Termin" in page


def test_the_initiative_says_who_it_is_and_what_is_next(client: FlaskClient) -> None:
    page = client.get("/initiatives/mosaique").text
    assert "Katzenstraße 1, 21335 Lüneburg" in page
    assert 'href="https://mosaique.example.org/haus"' in page
    assert page.count(">Nähcafé</a>") == 1
    assert "jeden Dienstag, nächster Termin heute" in page
    assert "Diese Initiative" not in page
    assert "zuletzt gelesen: heute, 13:40" in page


def test_the_initiative_gives_its_own_feeds_and_embed(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/initiatives/mosaique").text
    for name in ("calendar.ics", "calendar.atom", "calendar.rss", "calendar.json"):
        assert f'href="/{name}?initiative=mosaique">' in page
    assert "&lt;iframe src=&#34;https://kalender.example.org/embed?initiative=mosaique&#34;" in page


def test_no_part_of_a_sources_address_is_shown(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/initiatives/mosaique").text
    assert "mosaique.example.org, zuletzt" in page
    assert "secret-path" not in page
    assert "hunter2" not in page


def test_an_alliance_has_one_calendar_of_its_members(client: FlaskClient) -> None:
    page = client.get("/umbrellas/mosaique").text
    assert "Der gemeinsame Kalender mit 2 Mitgliedern" in page
    assert "Ringvorlesung" in page
    assert "Winterwanderung" not in page
    assert 'href="/calendar.ics?umbrella=mosaique">' in page
    assert 'href="/initiatives/klima"' in page


def test_what_is_no_alliance_any_more_leads_to_the_initiative(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/umbrellas/klima?lang=en")
    assert (answer.status_code, answer.location) == (302, "/initiatives/klima?lang=en")


@pytest.mark.parametrize("path", ["/initiatives/nix", "/umbrellas/nix", "/initiatives/a/b"])
def test_an_unknown_initiative_is_404_with_a_way_on(sqlite_client: FlaskClient, path: str) -> None:
    answer = sqlite_client.get(path)
    assert answer.status_code == 404
    assert "Die nächsten Tage" in answer.text


def test_the_table_holds_what_the_page_shows_and_no_formula(client: FlaskClient) -> None:
    answer = client.get("/initiatives.csv?umbrella=mosaique")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert [row["id"] for row in rows] == ["freiraum", "klima", "mosaique"]
    assert rows[1]["text"] == "'=Klima{{!}}"
    assert rows[1]["umbrella"] == "mosaique – Haus der Kulturen"
    assert (rows[2]["latitude"], rows[2]["next_date"]) == ("53.24873", "2026-11-24T15:00:00+01:00")


def test_the_map_of_the_directory_has_those_without_a_place_too(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/initiatives.geojson")
    features = {feature["id"]: feature for feature in answer.get_json(force=True)["features"]}
    assert answer.content_type == "application/geo+json"
    assert list(features) == list(NAMES.values())
    assert features["mosaique"]["geometry"]["coordinates"] == [10.40541, 53.24873]
    assert features["klima"]["geometry"] is None


def test_the_wiki_gets_a_table_of_text(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/initiatives.wiki")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "| &#61;Klima&#123;&#123;!&#125;&#125;" in answer.text
    assert "| [https://mosaique.example.org Website]" in answer.text
    assert "Di, 24. November 2026, 15:00: Nähcafé" in answer.text


def test_only_pages_that_exist_are_linked(sqlite_client: FlaskClient) -> None:
    linked = {link for path in PAGES for link in re.findall(r'href="(/[^"#]*)', sqlite_client.get(path).text)}
    broken = [link for link in sorted(linked) if sqlite_client.get(link.replace("&amp;", "&")).status_code != 200]
    assert len(linked) > 40
    assert broken == []


def test_the_language_stays_chosen_with_letter_and_topic(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/initiatives?topic=kultur&letter=M").text
    assert 'href="/initiatives?topic=kultur&amp;letter=M&amp;lang=en"' in page
