"""The sheet for the notice board, and the same as text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from aggregator.model.events import Listing
from aggregator.model.times import Window
from tests.web import town
from web.printing.sheet import sheet


def listings(count: int, title: str = "Ein Abend im Advent") -> list[Listing]:
    """So many evenings in one week."""
    made = []
    for number in range(count):
        day = date(2026, 11, 24) + timedelta(days=number % 7)
        one = town.event(f"e{number}", title, f"{day}T19:00", place="Glockenhaus, Großer Saal")
        made.append(Listing(one, one.event.occurrences[0], day, day))
    return made


def test_the_sheet_shows_the_next_seven_days(client: FlaskClient) -> None:
    page = client.get("/print").text
    assert "<h1>Was ist los diese Woche</h1>" in page
    assert "Lüneburg, 24. bis 30. November 2026" in page
    assert page.index("Dienstag, 24.") < page.index("Podium") < page.index("Mittwoch, 25.")
    assert "<strong>Fällt aus</strong><b>Ringvorlesung" in page
    assert "läuft bis 14. März" in page


def test_the_sheet_of_a_week_is_that_week_whole(client: FlaskClient) -> None:
    page = client.get("/print?week=2026-W49&topic=kultur").text
    assert "<h1>Was ist los nächste Woche</h1>" in page
    assert "Lüneburg, 30. November bis 6. Dezember 2026, Kultur und Musik" in page
    assert "Karaoke" in page
    assert 'href="/print?topic=kultur&amp;week=2026-W50"' in page


def test_the_sheet_leads_back_to_the_net(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/print").text
    assert 'role="img" aria-label="QR-Code: zum Kalender"' in page
    assert '<p class="big">kalender.example.org</p>' in page
    assert "Gedruckt am 24. November, 13:53 Uhr" in page


def test_days_of_the_filter_choose_the_days_of_the_sheet_two_weeks_at_most(sqlite_client: FlaskClient) -> None:
    assert "5. Dezember 2026" in sqlite_client.get("/print?from=2026-12-05&to=2026-12-05").text
    assert "5. bis 18. Dezember 2026" in sqlite_client.get("/print?from=2026-12-05&to=2027-03-01").text


def test_an_empty_week_says_so(sqlite_client: FlaskClient) -> None:
    assert "Nichts eingetragen." in sqlite_client.get("/print?week=2027-W30").text


@pytest.mark.parametrize("week", ["2026-W54", "2026-49", "morgen", "0000-W01"])
def test_a_week_that_does_not_exist_is_400(sqlite_client: FlaskClient, week: str) -> None:
    answer = sqlite_client.get(f"/print?week={week}")
    assert answer.status_code == 400
    assert "keine Woche der Form 2026-W49" in answer.text


@pytest.mark.parametrize(
    ("count", "size"),
    [
        pytest.param(5, "l", id="few lines are large"),
        pytest.param(22, "m", id="a usual week is readable from a step away"),
        pytest.param(26, "n", id="a full week is ten points"),
        pytest.param(30, "s", id="a very full week is nine"),
        pytest.param(90, "dense", id="too much for one page is dense"),
    ],
)
def test_the_type_is_as_large_as_fits_on_one_page(scene, count: int, size: str) -> None:
    window = Window(date(2026, 11, 24), date(2026, 12, 1))
    assert sheet(listings(count), window, scene()).size == size


def test_the_text_wraps_for_mails(client: FlaskClient) -> None:
    answer = client.get("/print.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[:2] == ["WAS IST LOS DIESE WOCHE", "Lüneburg, 24. bis 30. November 2026"]
    assert "  19:00  Podium: Lüneburg klimaneutral bis 2030 – Wunsch oder Plan?" in lines
    assert "  18:15  FÄLLT AUS: Ringvorlesung „Wandel vor Ort“ (6)" in lines
    assert "  ganztägig" in lines
    assert max(map(len, lines)) <= 72
    assert "\u00ad" not in answer.text


def test_the_text_speaks_english_too(sqlite_client: FlaskClient) -> None:
    text = sqlite_client.get("/print.txt?lang=en").text
    assert text.startswith("WHAT’S ON THIS WEEK\n")
    assert "As of 24 November, 13:53" in text
