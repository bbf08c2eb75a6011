"""The filter in the query: what it lets through, and the sentence for what nobody can mean."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

WRONG = [
    pytest.param("from=morgen", "Das ist kein Datum", "This is not a date", id="no date"),
    pytest.param(
        "from=2026-12-05&to=2026-12-01", "Das Ende liegt vor dem Anfang", "The end lies before", id="backwards"
    ),
    pytest.param("topic=nix", "Dieses Thema gibt es hier nicht: „nix“", "This topic does not exist", id="topic"),
    pytest.param(
        "initiative=klima,nix", "Diese Initiative gibt es hier nicht: „nix“", "This initiative", id="initiative"
    ),
    pytest.param("umbrella=klima", "Dieser Dachverband ist hier nicht bekannt", "This umbrella is not", id="umbrella"),
    pytest.param("near=hier", "Das ist kein Punkt", "This is not a point", id="point"),
    pytest.param("free=0", "Hier geht nur 1 (free)", "Only 1 is possible here", id="a mark that is not 1"),
    pytest.param("online=1", "Hier geht nur yes oder no", "Only yes or no", id="neither yes nor no"),
    pytest.param("weekday=di", "Wochentage heißen hier mo, tu", "Weekdays are mo, tu", id="weekday"),
    pytest.param("after=24:00", "Das ist keine Uhrzeit", "This is not a time", id="time of day"),
    pytest.param("after=20:00&before=18:00", "Diese Uhrzeit liegt nicht nach", "not later than", id="hours backwards"),
    pytest.param("language=englisch", "Eine Sprache hat hier zwei Buchstaben", "A language is two", id="language code"),
    pytest.param("thema=klima", "Diese Angabe kennen wir nicht (thema)", "We do not know this", id="unknown name"),
    pytest.param("lang=fr", "Diese Sprache gibt es hier nicht", "This language does not", id="language"),
]
PATHS = ("/", "/month/2026-12", "/week/2026-W49", "/embed", "/calendar.ics", "/calendar.atom", "/api/v1/events")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("query", "german", "english"), WRONG)
def test_a_wrong_value_is_400_with_a_sentence(
    sqlite_client: FlaskClient, path: str, query: str, german: str, english: str
) -> None:
    for language, sentence in (("de", german), ("en", english)):
        answer = sqlite_client.get(f"{path}?{query}", headers={"Accept-Language": language})
        assert answer.status_code == 400
        assert sentence in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/events", "application/json"),
        ("/calendar.ics", "text/plain; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ],
)
def test_a_refusal_speaks_the_form_of_its_path(sqlite_client: FlaskClient, path: str, kind: str) -> None:
    assert sqlite_client.get(f"{path}?topic=nix").content_type == kind


@pytest.mark.parametrize(
    ("path", "query"),
    [("/calendar.ics", "expand=2"), ("/api/v1/events", "limit=0"), ("/api/v1/events", "limit=viele"),
     ("/embed", "limit=0000000000009"), ("/event/repair", "on=heute")],
)  # fmt: skip
def test_a_paths_own_parameters_are_checked_too(sqlite_client: FlaskClient, path: str, query: str) -> None:
    assert sqlite_client.get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        pytest.param("topic=kultur", "Kunsthandwerkermarkt", "Podium", id="topic"),
        pytest.param("initiative=klima", "Podium", "Orange Days", id="initiative"),
        pytest.param("umbrella=mosaique", "Podium", "Winterwanderung", id="umbrella"),
        pytest.param("place=glockenhaus", "Podium", "Orange Days", id="place"),
        pytest.param("near=53.2487,10.4078&radius=1", "Podium", "Orange Days", id="circle"),
        pytest.param("from=2026-11-25&to=2026-11-25", "Orange Days", "Podium", id="one day"),
        pytest.param("from=2026-11-25", "Orange Days", "Podium", id="from a day on"),
    ],
)
def test_the_agenda_shows_what_the_filter_wants(client: FlaskClient, query: str, shown: str, hidden: str) -> None:
    page = client.get(f"/?{query}").text.replace("\u00ad", "")
    assert shown in page
    assert hidden not in page.split("Weiter voraus")[0]


@pytest.mark.parametrize(
    "query", ["from=9999-12-31", "from=0001-01-01&to=9999-12-31", "to=0001-01-01", "from=2026-11-24&q=x"]
)
@pytest.mark.parametrize("path", PATHS)
def test_the_ends_of_the_calendar_break_nothing(sqlite_client: FlaskClient, path: str, query: str) -> None:
    assert sqlite_client.get(f"{path}?{query}").status_code == 200


def test_a_choice_can_be_taken_back(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/?topic=kultur&initiative=museum").text
    assert '<a class="chip chip--on" href="/?initiative=museum" aria-current="true">Kultur und Musik' in page
    assert '<a class="chip chip--on" href="/?topic=kultur" aria-current="true">Museum Lüneburg' in page


def test_a_second_choice_is_an_alternative(sqlite_client: FlaskClient) -> None:
    assert 'href="/?topic=begegnung,kultur"' in sqlite_client.get("/?topic=kultur").text


def test_paging_goes_on_day_by_day(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/?topic=kultur").text
    assert 'href="/?from=2026-12-01&amp;to=2026-12-07&amp;topic=kultur">Weiter: 1. bis 7. Dezember' in page
    assert 'href="/?from=2026-11-17&amp;to=2026-11-23&amp;topic=kultur">Zurück: 17. bis 23. November' in page
