"""The clash check: rivals first, holidays said, quieter evenings offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.config.school_holidays import school_holidays
from aggregator.model.events import Listing
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app
from web.planning.clash import clash, looked_at


@pytest.fixture
def lower_saxony(sqlite_store: Store) -> FlaskClient:
    """The town in its state."""
    found = town.settings(state="NI", school_holidays=school_holidays("NI", ()))
    town.publish(sqlite_store, found)
    return create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()


def on(name: str, start: str, **more: object) -> Listing:
    one = town.event(name, name, start, **more)
    day = date.fromisoformat(start[:10])
    return Listing(one, one.event.occurrences[0], day, day)


def test_what_comes_near_stands_first_and_says_in_what(client: FlaskClient) -> None:
    page = client.get("/clash?date=2026-11-24&topic=klima-umwelt&place=Werkraum").text
    main = page[page.index('id="c-tagsueber"') :]
    assert main.index("Nähcafé") < main.index("Podium") < main.index("/event/rueckblick")
    assert main.count("gleiches Thema") == 1
    assert main.count("gleicher Ort") == 1
    assert "An diesem Tag gibt es 3 Termine, 1 davon am Abend, 1 zum selben Thema, 1 am selben Ort." in page


def test_without_a_date_there_is_only_the_form(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/clash").text
    assert 'name="date" value="2026-12-08"' in page
    assert 'id="c-urteil"' not in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param("2026-12-25", "<strong>Erster Weihnachtstag</strong>", id="a public holiday"),
        pytest.param("2026-12-24", "Erster Weihnachtstag <span", id="the day before"),
        pytest.param("2026-12-28", "<strong>Schulferien: Weihnachtsferien</strong>", id="school holidays"),
        pytest.param("2027-03-26", "<strong>Karfreitag</strong>", id="a day that follows from Easter"),
        pytest.param("2026-12-08", "Kein Feiertag in der Nähe, keine Schulferien.", id="an ordinary day"),
    ],
)
def test_holidays_are_told(lower_saxony: FlaskClient, day: str, sentence: str) -> None:
    assert sentence in lower_saxony.get(f"/clash?date={day}").text


def test_days_beyond_the_known_school_holidays_are_not_called_free(lower_saxony: FlaskClient) -> None:
    page = lower_saxony.get("/clash?date=2031-09-16").text
    assert "Schulferien um diesen Tag kennen wir nicht." in page
    assert "keine Schulferien." not in page


def test_a_town_without_a_state_claims_nothing_about_holidays(sqlite_client: FlaskClient) -> None:
    assert "Feiertag" not in sqlite_client.get("/clash?date=2026-12-08").text


def test_quieter_evenings_are_offered_the_quietest_first(scene) -> None:
    found = [on(f"a{number}", "2026-12-01T19:00") for number in range(3)]
    found += [on("b", f"2026-{day}T20:00") for day in ("11-30", "12-02", "12-08")]
    judged = clash(found, date(2026, 12, 1), scene())
    assert judged.evening == "abends 3 Termine"
    assert judged.quieter[0].day == "Di, 24. November"
    assert judged.quieter[0].words == "abends noch nichts"
    assert judged.quieter[0].link == "/clash?date=2026-11-24"


def test_a_rival_on_the_same_topic_weighs_more_than_many_others(scene) -> None:
    found = [on("same", "2026-12-01T19:00", topics=("kultur",))]
    found += [on(f"other{number}", f"2026-11-{day}T19:00") for day in (24, 25, 26) for number in range(4)]
    judged = clash(found, date(2026, 12, 1), scene(query="topic=kultur"))
    assert "Mi, 25. November" not in [one.day for one in judged.quieter]
    assert judged.quieter[0].day.startswith("Di, ")


def test_public_holidays_are_no_quiet_evenings(scene) -> None:
    there = scene()
    site = replace(there.settings.site, state="NI")
    there = replace(there, settings=replace(there.settings, site=site))
    judged = clash([on("a", "2026-12-24T19:00")], date(2026, 12, 24), there)
    assert not any("25. Dezember" in one.day or "26. Dezember" in one.day for one in judged.quieter)


def test_what_was_called_off_is_no_rival(scene) -> None:
    off = on("off", "2026-12-01T19:00", status=town.Status.CANCELLED)
    assert clash([off], date(2026, 12, 1), scene()).summary == "An diesem Tag ist noch nichts eingetragen."


def test_days_that_are_gone_are_not_offered() -> None:
    today = date(2026, 11, 24)
    assert looked_at(date(2026, 11, 28), today).first == today
    assert looked_at(date(2026, 12, 24), today).first == date(2026, 12, 10)


@pytest.mark.parametrize("query", ["date=morgen", "date=2026-02-30", "date=2026-12-05&topic=nix"])
def test_what_cannot_be_meant_is_400(sqlite_client: FlaskClient, query: str) -> None:
    assert sqlite_client.get(f"/clash?{query}").status_code == 400


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_bearable(sqlite_client: FlaskClient, day: str) -> None:
    assert sqlite_client.get(f"/clash?date={day}").status_code == 200
