"""The map and the single event in other people's pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_the_map_is_a_drawing_and_a_list_of_the_same_places(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=map").text
    assert page.count('class="mini__n"') == page.count('class="map__pin') > 1
    # In an element of somebody's page a link inside the drawing would lead into nothing.
    assert "#ort-" not in page
    assert "mosaique – Haus der Kulturen" in page


def test_a_map_without_any_place_says_that_nothing_is_on(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=map&q=quatsch").text
    assert "map__sketch" not in page
    assert "Zurzeit ist nichts eingetragen." in page


def test_the_count_limits_the_places(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=map&count=1").text
    assert page.count('class="mini__n"') == 1
    assert "weiterer Ort" in page or "weitere Orte" in page


@pytest.mark.parametrize("event", ["repair", "alt"])
def test_one_event_shows_its_next_dates_and_leads_to_its_page(sqlite_client: FlaskClient, event: str) -> None:
    page = sqlite_client.get(f"/embed?event={event}").text
    assert "Repair-Café" in page
    assert "Podium" not in page
    assert 'href="/event/repair"' in page and 'href="/event/repair.ics"' in page


def test_an_event_that_is_over_is_still_shown(sqlite_client: FlaskClient) -> None:
    assert "Forschungskolloquium" in sqlite_client.get("/embed?event=rueckblick").text


@pytest.mark.parametrize(("event", "status"), [("nix", 404), ("../etc", 400), ("a" * 81, 400)])
def test_an_id_that_is_none_is_refused(sqlite_client: FlaskClient, event: str, status: int) -> None:
    answer = sqlite_client.get(f"/embed?event={event}")
    assert answer.status_code == status
    assert "<main" in answer.text
