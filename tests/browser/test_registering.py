"""An initiative in a real browser: from a pasted address to public events, trouble, mending, and away again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import ThreadingHTTPServer

import pytest

from aggregator.model.operators import Operator
from aggregator.store import operators
from aggregator.store.database import Store, open_store
from tests.browser.conftest import served
from tests.browser.registering import NOON, Place, opened
from tests.browser.test_every_page import faults, stumbles, violations
from tests.letterbox import open_letterbox
from tests.pipeline.conftest import FeedServer, calendar, vevent
from tests.pipeline.test_preview import ICS, PASTES, Paste
from tests.web.admin.conftest import HASHED, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.prove]

KINDS = (
    "a calendar file",
    "a WECHANGE page",
    "a personal WECHANGE link",
    "a Nextcloud share",
    "a Google embed",
    "a published Outlook calendar",
    "a Mobilizon group",
    "Gancio's API",
    "a page that names its calendar",
    "a page of The Events Calendar",
)


LETTER = "Konzert\nAm Samstag, 5. Dezember 2026, um 19 Uhr. Nochmals am 12. oder 13. Dezember."
TWO_DATES = calendar(
    vevent("1", "Probe", "20261205T190000", "DTEND;TZID=Europe/Berlin:20261205T210000", "LOCATION:Saal"),
    vevent("2", "Sommerfest", "20261206T150000", "LOCATION:Hof"),
)


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """The websites of strangers, all on one port of the loopback."""
    server = FeedServer()
    listener = ThreadingHTTPServer(("127.0.0.1", 0), server.handler())
    server.origin = f"127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield server
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.fixture
def place(tmp_path, feeds) -> Iterator[Place]:
    """The calendar that they register with."""
    store: Store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    with store.writing() as connection:
        operators.save(connection, Operator("ben", "", NOON, HASHED))
    with open_letterbox() as letterbox, opened(store, feeds.origin, served) as (there, _):
        there.letterbox = letterbox
        yield there
    store.close()


class Initiative:
    """Somebody at a browser."""

    def __init__(self, page, place: Place) -> None:
        self.page, self.place = page, place

    def go(self, path: str) -> None:
        self.page.goto(self.place.base_url + path)

    def press(self, words: str, until: str) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation(url=until):
            self.page.get_by_role("button", name=words, exact=True).first.click()

    def worked(self) -> None:
        """Let the worker work, and wait until the waiting page has reloaded itself."""
        self.place.work()
        self.page.wait_for_selector("h1:not(:has-text('Wir sehen nach'))")

    def register(self, address: str, operator: Operating, name: str = "Die Gruppe") -> str:
        """The whole way: paste, look, say who you are, confirm what the mail says, wait for the operator's yes.

        Returns the path of the console, from the mail that it comes with.
        """
        self.go("/register")
        self.page.get_by_label("Füge die Adresse ein").fill(address)
        self.press("Nachsehen", "**/register/found/*")
        self.worked()
        self.page.get_by_label("Name der Gruppe").fill(name)
        self.page.get_by_label("Deine E-Mail-Adresse").fill("anna@example.org")
        self.press("Link anfordern", "**/register/sent")
        [mail] = self.place.deliver()
        self.go(self.place.link_in(mail))
        self.press("Ja, eintragen", "**/register/confirm/*")
        self.page.wait_for_selector("text=Danke, wir sehen es uns an")
        operator.says_yes(name)
        self.place.work()
        [mail] = self.place.deliver()
        return self.place.link_in(mail)

    def hears_that_it_broke(self, paste: Paste, feeds: FeedServer, console: str) -> None:
        """For four days the calendar answers with an error: the mail, the public page of its health, the console."""
        feeds.put(paste.chosen, "kaputt", status=500)
        self.place.refresh(timedelta(hours=7))
        self.place.refresh(timedelta(days=4))
        [mail] = self.place.deliver()
        assert mail["To"] == "anna@example.org" and "/sources/die-gruppe" in mail.get_content()
        self.go("/sources/die-gruppe")
        self.page.wait_for_selector(".health--bad:has-text('gestört seit')")
        self.go(console)
        self.page.wait_for_selector(".banner:has-text('gestört seit')")

    def mends(self, paste: Paste, feeds: FeedServer) -> None:
        """The calendar is right again, with another title: read at a press, and told in a mail."""
        feeds.put(paste.chosen, paste.served[paste.chosen].replace(paste.titles[0], "Neues Treffen"))
        self.press("Jetzt neu lesen", "**/done/*")
        self.worked()
        self.page.wait_for_selector("text=Gelesen: 1 geändert.")
        assert self.place.titles() == ["Neues Treffen"]
        [mail] = self.place.deliver()
        assert mail["To"] == "anna@example.org"

    def withdraws(self, console: str) -> None:
        """Everything goes at once."""
        self.go(console + "/withdraw")
        self.press("Ja, alles zurückziehen", "**/withdraw")
        self.place.work()


class Operating:
    """An operator at another browser."""

    def __init__(self, page, place: Place) -> None:
        self.page, self.place = page, place

    def says_yes(self, name: str) -> None:
        """Log in, look at the queue, open the registration, and approve it."""
        self.page.goto(f"{self.place.base_url}/admin")
        if "/admin/login" in self.page.url:
            self.page.fill("#f-name", "ben")
            self.page.fill("#f-password", PASSWORD)
            self.page.keyboard.press("Enter")
        self.page.get_by_text("1 Anmeldung wartet").click()
        self.page.get_by_role("main").get_by_role("link", name=name).click()
        with self.page.expect_navigation(url="**/admin/registrations?told=done"):
            self.page.get_by_role("button", name="Freigeben", exact=True).click()


@pytest.fixture
def anna(look, place) -> Initiative:
    return Initiative(look(place.base_url + "/register"), place)


@pytest.fixture
def ben(look, place) -> Operating:
    return Operating(look(place.base_url + "/admin/login"), place)


@pytest.mark.parametrize("kind", KINDS)
def test_ten_kinds_of_address_go_the_whole_way_from_the_paste_to_the_withdrawal(anna, ben, look, place, feeds, kind):
    paste = PASTES[kind]
    for path, body in paste.served.items():
        feeds.put(path, body)
    console = anna.register(f"http://{feeds.origin}{paste.pasted}", ben)
    anna.go("/initiatives/die-gruppe")
    anna.page.wait_for_selector("h1:has-text('Die Gruppe')")
    assert place.titles() == list(paste.titles)
    assert paste.titles[0] in anna.page.content()
    assert anna.page.seen["complaints"] == []
    anna.hears_that_it_broke(paste, feeds, console)
    anna.mends(paste, feeds)
    anna.withdraws(console)
    # Somebody else, whose browser keeps no copy of the page from before.
    look(f"{place.base_url}/initiatives/die-gruppe").wait_for_selector("text=Diese Seite gibt es nicht")
    assert place.titles() == []
    anna.go(console + "/withdraw")
    anna.press("Doch wieder eintragen", "**/manage/*?done=restored")
    place.work()
    assert place.titles() == ["Neues Treffen"]


def test_a_group_without_calendar_enters_its_dates(anna, place):
    anna.go("/register/details")
    anna.page.get_by_label("Name der Gruppe").fill("Strickkreis")
    anna.page.get_by_label("Deine E-Mail-Adresse").fill("anna@example.org")
    anna.press("Link anfordern", "**/register/sent")
    anna.go(place.mailed("confirm"))
    anna.press("Ja, eintragen", "**/register/confirm/*")
    place.approve_all()
    anna.go(place.mailed("approved") + "/dates")
    anna.page.get_by_label("Titel").fill("Stricken am Abend")
    anna.page.locator("#day").fill("2026-12-01")
    anna.page.locator("#from").fill("19:00")
    anna.page.locator("#to").fill("21:00")
    anna.page.get_by_text("Wiederholt sich").click()
    anna.page.locator("#rhythm").select_option("weekly")
    anna.press("Eintragen", "**/dates?done=saved")
    place.work()
    anna.go("/initiatives/strickkreis")
    anna.page.wait_for_selector("text=Stricken am Abend")
    anna.page.wait_for_selector("text=jeden Dienstag")


def test_the_pages_behind_links_of_ones_own_are_for_everyone(anna, ben, place, feeds, look, require):
    feeds.put("/termine.ics", ICS)
    console = anna.register(f"http://{feeds.origin}/termine.ics", ben)
    anna.go("/register")
    anna.page.get_by_label("Füge die Adresse ein").fill(f"http://{feeds.origin}/termine.ics")
    anna.press("Nachsehen", "**/register/found/*")
    anna.worked()
    looked = anna.page.url.removeprefix(place.base_url)
    anna.go(console + "/dates")
    anna.page.locator("#text").fill(
        "Konzert\nAm Samstag, 5. Dezember 2026, um 19 Uhr. Nochmals am 12. oder 13. Dezember."
    )
    anna.press("Termine suchen", "**/newsletter/*")
    anna.worked()
    anna.page.wait_for_selector("text=Im Text steht: „12. oder 13. Dezember“")
    pasted = anna.page.url.removeprefix(place.base_url)
    event = place.first_event()
    rooms = ("", "/profile", "/dates", "/suggestions", "/alliance", "/filters", "/withdraw", f"/events/{event}")
    own = [console + path for path in rooms]
    paths = [looked, pasted, "/sources/die-gruppe", f"{console}/sources/die-gruppe", *own]
    for judge in (
        lambda path: violations(look(place.base_url + path), path, require),
        lambda path: stumbles(look(place.base_url + path), path),
        lambda path: (one for one in faults(look(place.base_url + path), path, place.base_url)),
    ):
        assert [found for path in paths for found in judge(path)] == []


def test_an_alliance_shows_only_what_it_approved(anna, ben, place, feeds, look, require):
    feeds.put("/termine.ics", ICS)
    anna.register(f"http://{feeds.origin}/termine.ics", ben)
    console = place.console_of("stadtblatt", "die-gruppe")
    anna.go(console + "/alliance")
    anna.press("Nur zeigen, was wir freigeben", "**/alliance?done=decided")
    anna.page.wait_for_selector("text=Zurzeit wartet nichts auf eure Freigabe.")
    feeds.put("/termine.ics", TWO_DATES)
    place.refresh()
    under = f"{place.base_url}/?umbrella=stadtblatt&from=2026-12-05"
    anna.go(console + "/alliance")
    assert anna.page.get_by_label("Sommerfest").count() == 1
    assert "Sommerfest" not in look(under).content()
    pages = [console + "/alliance"]
    for judge in (lambda page, path: violations(page, path, require), stumbles):
        assert [one for path in pages for one in judge(look(place.base_url + path), path)] == []
    anna.page.get_by_label("Sommerfest").check()
    anna.press("Angekreuzte zeigen", "**/alliance?done=decided")
    assert "Sommerfest" in look(under).content()
