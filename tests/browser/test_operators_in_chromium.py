"""Operators at work in a real browser: a day's decisions, by mouse and by keyboard, and every room for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from aggregator.clock import fixed_clock
from aggregator.config.secret_key import key_for
from aggregator.model.operators import Operator
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.store import configuration, operators, second_factor
from aggregator.store.database import Store, open_store
from tests.browser.conftest import served
from tests.browser.registering import Place, replace_settings
from tests.browser.test_every_page import faults, stumbles, violations
from tests.web import town
from tests.web.admin.conftest import HASHED, PASSWORD, employ
from tests.web.admin.test_rooms import PAGES, make_busy
from web.application import create_app
from web.services import EXTENSION

pytestmark = [pytest.mark.browser, pytest.mark.prove]

ROOMS = [path for path in PAGES if not path.endswith(".csv")]

CHOIR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:konzert@chor
SUMMARY:{title}
DTSTART;TZID=Europe/Berlin:20261213T170000
LOCATION:St. Johannis
END:VEVENT
BEGIN:VEVENT
UID:probe@chor
SUMMARY:Offene Probe
DTSTART;TZID=Europe/Berlin:20261201T193000
LOCATION:Gemeindehaus
END:VEVENT
END:VCALENDAR
"""
PAPER = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:4711@zeitung
SUMMARY:KONZERT IM ADVENT
DTSTART:20261213T160000Z
LOCATION:St. Johannis
END:VEVENT
END:VCALENDAR
"""
FACTOR = second_factor.new_secret()
EMPTY = "BEGIN:VCALENDAR\nEND:VCALENDAR\n"


# --- every room -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The town on a day on which everything waits."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'town.sqlite'}", key=lambda: bytes(32))
    found = town.settings(base_url="http://127.0.0.1")
    town.publish(store, found)
    employ(store)
    make_busy(store)
    app = create_app(store, found, fixed_clock(town.NOW))
    key = key_for("second factor", app.extensions[EXTENSION].secret)
    employ(store, "ben", second_factor=second_factor.sealed(FACTOR, key))
    with served(app) as there:
        yield there
    store.close()


@pytest.fixture
def inside(look: Callable[..., Any], rooms: str, chromium: Any) -> Callable[[str], Any]:
    """Opens a room as somebody who has logged in."""

    def open_room(path: str) -> Any:
        page = look(f"{rooms}/admin/login")
        log_in(page)
        page.seen["complaints"].clear()
        page.goto(rooms + path)
        return page

    return open_room


def log_in(page: Any) -> None:
    page.fill("#f-name", "anna")
    page.fill("#f-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Abmelden")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever walks through every room logs in more often than anybody may."""
    monkeypatch.setattr("web.admin.access.TRIES", replace_limit())
    monkeypatch.setattr("web.admin.access.TRIES_OF_NAME", replace_limit())


def replace_limit() -> Any:
    from web.admin import access

    return replace(access.TRIES, at_most=1000)


def test_every_room_is_accessible_in_both_lights_on_a_phone_and_a_desk(inside, require) -> None:
    assert [found for path in ROOMS for found in violations(inside(path), path, require)] == []


def test_no_room_scrolls_sideways_asks_others_or_complains(inside, rooms) -> None:
    found = [fault for path in ROOMS for fault in faults(inside(path), path, rooms)]
    assert [fault for fault in found if not isinstance(fault[-1], dict)] == []


def test_every_room_can_be_walked_through_by_keyboard(inside) -> None:
    assert [found for path in ROOMS for found in stumbles(inside(path), path)] == []


def test_who_has_a_second_factor_needs_its_code(rooms, look) -> None:
    page = look(f"{rooms}/admin/login")
    for code, leads_to in (
        ("", "**/admin/login"),
        ("000000", "**/admin/login"),
        (pyotp.TOTP(FACTOR).now(), "**/admin"),
    ):
        page.fill("#f-name", "ben")
        page.fill("#f-password", PASSWORD)
        page.fill("#f-code", code)
        with page.expect_navigation(url=leads_to):
            page.keyboard.press("Enter")
    page.wait_for_selector("text=Abmelden")


def test_a_question_is_answered_by_one_key_and_taken_back_by_another(inside) -> None:
    page = inside("/admin/review")
    page.wait_for_selector("text=Ist das derselbe Termin?")
    page.keyboard.press("n")
    page.wait_for_url("**/admin/review?told=answered*")
    page.wait_for_selector("text=Keine Frage ist offen.")
    page.keyboard.press("z")
    page.wait_for_url("**/admin/review?told=undone*")


# --- a day's decisions, with the pipeline behind them ------------------------------------------------------


class Town(Place):
    """A choir and a newspaper that read from files; the paper announces the choir's concert too."""

    folder: Path

    @property
    def settings(self) -> Settings:
        files = {name: f"file:{self.folder / name}.ics" for name in ("chor", "zeitung")}
        return Settings(
            Path("sources.yaml"),
            Site("Kalender der Stadt", "Europe/Berlin", base_url=self.base_url),
            fetch=FetchSettings(),
            initiatives=(Initiative("chor", "Chor"), Initiative("zeitung", "Zeitung")),
            sources=tuple(Source(name, name, url) for name, url in files.items()),
        )

    def say(self, name: str, text: str) -> None:
        (self.folder / f"{name}.ics").write_text(text, "utf-8")


@pytest.fixture
def day(sqlite_store: Store, tmp_path: Path) -> Iterator[tuple[Town, str]]:
    place = Town(sqlite_store, "")
    place.folder = tmp_path
    place.say("chor", CHOIR.format(title="Konzert im Advent"))
    place.say("zeitung", PAPER)
    with sqlite_store.writing() as connection:
        configuration.sync(connection, place.settings)
        operators.save(connection, Operator("anna", "", place.now, HASHED))
    place.refresh(timedelta())
    app = create_app(sqlite_store, place.settings, place.clock)
    with served(app) as address:
        place.base_url = address
        yield replace_settings(place, app), address


def pressed(page: Any, button: str, leads_to: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()
    page.wait_for_url(leads_to)


def test_a_day_of_an_operator_from_the_public_page_to_the_log_out(day, look) -> None:
    town, address = day
    assert town.titles() == ["Konzert im Advent", "Offene Probe"]
    page = look(f"{address}/?from=2026-12-13")
    page.click("text=Konzert im Advent")
    page.click("text=Für den Betrieb")
    log_in(page)
    page.wait_for_url("**/admin/events/*")
    # Corrected, and the source changes the same field afterwards.
    page.fill("#f-title", "Adventskonzert des Chors")
    pressed(page, "Speichern", "**/admin/events/*told=saved")
    town.work()
    town.say("chor", CHOIR.format(title="Grosses Konzert"))
    town.refresh()
    assert town.titles() == ["Adventskonzert des Chors", "Offene Probe"]
    public = page.get_by_text("Öffentliche Seite ansehen").get_attribute("href")
    # Somebody else, whose browser keeps no copy of the page from before.
    look(f"{address}{public}").wait_for_selector("text=von Hand berichtigt")
    # Seven hours later the session has ended.
    page.reload()
    log_in(page)
    page.wait_for_selector("text=Die Quelle hat sich seither geändert: „Grosses Konzert“")
    page.goto(f"{address}/admin")
    page.wait_for_selector("text=Berichtigter Termin: Die Quelle hat sich seither geändert")
    pressed(page, "Abmelden", "**/admin/login")
    page.goto(f"{address}/admin")
    page.wait_for_url("**/admin/login")


def test_what_the_paper_says_is_split_from_the_concert_and_merged_again(day, look) -> None:
    town, address = day
    page = look(f"{address}/admin/events?q=Konzert")
    log_in(page)
    page.click("table.data a")
    page.locator("tr", has_text="Zeitung").get_by_role("button").click()
    page.wait_for_url("**told=answered")
    town.work()
    assert len(town.titles()) == 3
    town.refresh()
    assert len(town.titles()) == 3
    page.reload()
    log_in(page)
    page.locator("#f-other").select_option(index=1)
    pressed(page, "Das ist derselbe Termin", "**told=answered")
    town.work()
    assert len(town.titles()) == 2


def test_a_calendar_that_is_suddenly_empty_is_held_shown_and_believed_on_a_word(day, look) -> None:
    town, address = day
    town.say("chor", EMPTY)
    town.refresh()
    assert len(town.titles()) == 2
    page = look(f"{address}/admin")
    log_in(page)
    page.click("text=Chor: plötzlich fehlen Termine")
    page.wait_for_selector("text=Offene Probe")
    pressed(page, "Glauben: diese Termine entfernen", "**told=done")
    town.work()
    page.goto(f"{address}/admin")
    page.wait_for_selector("h1")
    assert page.locator("text=plötzlich fehlen Termine").count() == 0
    # As after every withdrawal they stay for two weeks, marked.
    page.goto(f"{address}/?from=2026-12-01")
    page.click("text=Offene Probe")
    page.wait_for_selector("text=nicht mehr")
