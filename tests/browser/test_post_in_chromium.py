"""A visitor reports a mistake and orders the weekly mail, in a real browser and with a real mail server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from aggregator.config.environment import read_environment
from aggregator.pipeline.digests import queue_due
from aggregator.pipeline.postbox import Postbox, send_due
from aggregator.store.database import Store
from tests.browser.conftest import served
from tests.browser.test_every_page import violations
from tests.letterbox import Letterbox, open_letterbox
from tests.web import town
from tests.web.posting import KEY, MAIL, Clock
from web.application import create_app

pytestmark = [pytest.mark.browser, pytest.mark.prove]

LINK = re.compile(r"https://kalender\.example\.org(/digest/\w+/\S+)")


class Office:
    """A town whose mails arrive; every look takes a while."""

    def __init__(self, store: Store, letterbox: Letterbox, open_page: Callable[..., Any]) -> None:
        self.store, self.letterbox, self.open_page = store, letterbox, open_page
        self.clock, self.address = Clock(), ""
        self.settings = town.settings()

    def look(self, path: str) -> Any:
        page = self.open_page(self.address + path)
        self.clock.wait(seconds=10)
        return page

    def deliver(self) -> Any:
        """Send what waits; the last mail that arrived."""
        send_due(Postbox(self.store, self.clock, self.letterbox.server))
        return self.letterbox.mails[-1] if self.letterbox.mails else None

    def mailed_link(self) -> str:
        return LINK.search(self.deliver().get_content())[1]


@pytest.fixture
def office(sqlite_store: Store, look: Callable[..., Any]) -> Iterator[Office]:
    with open_letterbox() as letterbox:
        made = Office(sqlite_store, letterbox, look)
        town.publish(sqlite_store, made.settings)
        app = create_app(sqlite_store, made.settings, made.clock, read_environment({**KEY, **MAIL}))
        with served(app) as made.address:
            yield made


def test_a_report_arrives_with_the_operator(office: Office) -> None:
    page = office.look("/event/podium")
    page.get_by_role("link", name="Einen Fehler melden").click()
    page.wait_for_url("**/event/podium/report")
    office.clock.wait(seconds=10)
    page.get_by_label("Tag oder Uhrzeit").check()
    page.get_by_label("Was wäre richtig?").fill("Beginnt erst um 20 Uhr.")
    page.get_by_role("button", name="Hinweis senden").click()
    page.wait_for_url("**/report/sent")
    mail = office.deliver()
    assert mail["To"] == "kontakt@example.org"
    assert "> Beginnt erst um 20 Uhr." in mail.get_content()


def test_the_weekly_mail_is_ordered_read_and_left(office: Office) -> None:
    page = office.look("/subscribe?topic=kultur")
    page.get_by_role("link", name="Per Mail bestellen").click()
    page.wait_for_url("**/digest?topic=kultur")
    office.clock.wait(seconds=10)
    page.get_by_label("Deine E-Mail-Adresse").fill("anna@example.org")
    page.get_by_role("button", name="Bestellen").click()
    page.wait_for_url("**/digest/sent")
    page.goto(office.address + office.mailed_link())
    page.get_by_role("button", name="Ja, bestellen").click()
    page.get_by_role("heading", name="Bestellt").wait_for()
    office.clock.wait(days=2)
    assert queue_due(office.store, office.settings, office.clock.now) == 1
    page.goto(office.address + office.mailed_link())
    assert "Kunsthandwerkermarkt" in office.letterbox.mails[-1].get_content()
    page.get_by_role("button", name="Abbestellen und Adresse löschen").click()
    page.get_by_role("heading", name="Du bekommst keine Mail mehr").wait_for()
    assert queue_due(office.store, office.settings, office.clock.now + timedelta(days=7)) == 0


def test_what_has_to_be_corrected_is_said_accessibly(office: Office, require: Callable[[str], Any]) -> None:
    page = office.look("/digest")
    page.eval_on_selector("main form", "form => form.noValidate = true")
    page.get_by_label("Deine E-Mail-Adresse").fill("anna@localhost")
    page.get_by_role("button", name="Bestellen").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Deine E-Mail-Adresse").input_value() == "anna@localhost"
    assert list(violations(page, "/digest", require)) == []
