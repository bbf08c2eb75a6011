"""Every hostile input of the paper beside the checkout, in every public form that has a field for it."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aggregator.fetch.addresses import judge
from aggregator.fetch.transport import Network
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.rounds import Round
from aggregator.store import queries, reports
from aggregator.store.database import Store, open_store
from tests.prove.hostile.outputs import oracle
from tests.web import town
from tests.web.posting import Visitor, visitor_of
from web.registration.deciding import approve

PAPER = Path(__file__).resolve().parents[3] / "shared" / "hostile" / "form_inputs.json"
INPUTS = json.loads(PAPER.read_text("utf-8"))["inputs"] if PAPER.exists() else []
PUBLIC = "93.184.215.14"
HOME = {"localhost": "127.0.0.1", "localhost.": "127.0.0.1", "metadata.google.internal": "169.254.169.254"}


@dataclass
class Wire:
    """A network that notes whom we would have contacted, and lets nobody through."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.named.append(host)
        try:
            return [str(ipaddress.ip_address(host.strip("[]")))]
        except ValueError:
            return [HOME.get(host, PUBLIC)]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.asked.append((address, port))
        raise ConnectionRefusedError


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Visitor]]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('forms') / 'town.sqlite'}", lambda: bytes(32))
    yield store, visitor_of(store)
    store.close()


@pytest.fixture
def store(place) -> Store:
    return place[0]


@pytest.fixture
def visitor(place) -> Visitor:
    """Somebody who comes once a day, so that no limit is reached."""
    place[1].clock.wait(days=1)
    return place[1]


def of(*fields: str) -> list[Any]:
    """The inputs for these fields, named by number and reason."""
    found = [(number, each) for number, each in enumerate(INPUTS) if each["field"] in fields]
    return [pytest.param(each, id=f"{number} {each['field']}: {each['why']}"[:80]) for number, each in found]


def value_of(each: dict[str, str]) -> str:
    return each["value"].replace("{canary_port}", "9").replace("{own_host}", "kalender.example.org")


# --- what is said of the group ------------------------------------------------------------------------

GROUP = {"name": "Freiraum", "email": "anna@example.org", "consent": "whole"}
SAID = ("name", "description", "category", "place", "email", "interval", "timezone", "language")


@pytest.mark.parametrize("each", of(*SAID, "website_hp", "csrf_token"))
def test_a_registration_takes_refuses_or_drops_it(each, visitor, store):
    before = waiting(store)
    answer = visitor.send("/register/details", **{**GROUP, each["field"]: value_of(each)})
    stored = waiting(store) - before
    if each["expect"].startswith("stored"):
        assert (answer.status_code, stored) == (303, 1)
    elif each["expect"] == "dropped-silently":
        assert (answer.status_code, stored) == (303, 0)
    else:
        assert (answer.status_code in (400, 403), stored) == (True, 0)
        assert each["field"] == "csrf_token" or f'href="#{each["field"]}"' in answer.text
    assert oracle().check("html", answer.data) == [] or answer.status_code == 303


def waiting(store: Store) -> int:
    with store.reading() as connection:
        return len(every_registration(connection))


def every_registration(connection: Any) -> list[Any]:
    return list(connection.exec_driver_sql("SELECT id FROM registrations").all())


@pytest.mark.parametrize("each", [param for param in of(*SAID) if param.values[0]["expect"].startswith("stored")])
def test_what_is_stored_is_inert_on_every_page(each, visitor, store):
    visitor.send("/register/details", **{**GROUP, each["field"]: value_of(each)})
    with store.writing() as connection:
        newest = every_registration(connection)[-1].id
        connection.exec_driver_sql(f"UPDATE registrations SET state = 'waiting' WHERE id = '{newest}'")
        listed = approve(connection, town.settings().site, newest, "tests", visitor.clock.now)
        name = queries.initiatives(connection)[listed.initiative].name
    assert "\n" not in name and "\u202e" not in name
    page = visitor.client.get(f"/initiatives/{listed.initiative}")
    assert (page.status_code, oracle().check("html", page.data)) == (200, [])
    assert "49HOSTILE_TPL" not in page.text
    with store.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM initiatives WHERE id = '{listed.initiative}'")


# --- the other forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize("each", of("description", "name", "email", "website_hp", "csrf_token"))
def test_a_report_takes_refuses_or_drops_it(each, visitor, store):
    own = {"description": "text", "name": "text", "email": "mail"}.get(each["field"], each["field"])
    before = reported(store)
    fields = {"wrong": "cancelled", "text": "x", own: value_of(each)}
    answer = visitor.send("/event/podium/report", **fields)
    stored = reported(store) - before
    if own in ("mail", "csrf_token"):
        assert (answer.status_code in (400, 403), stored) == (True, 0)
    else:
        # Only the longest text is too long, and words are not needed for this kind of report.
        fits = len(value_of(each)) <= 2000 and own == "text"
        assert (answer.status_code, stored) == (303 if fits or own == "website_hp" else 400, int(fits))
    assert oracle().check("html", answer.data) == [] or answer.status_code == 303


def reported(store: Store) -> int:
    with store.reading() as connection:
        return len(reports.waiting(connection))


@pytest.mark.parametrize("each", of("email", "website_hp", "csrf_token"))
def test_the_weekly_mail_refuses_or_drops_it(each, visitor, store):
    own = {"email": "mail"}.get(each["field"], each["field"])
    answer = visitor.send("/digest", **{"mail": "new@example.org", own: value_of(each)})
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM digests").all() == []
    assert answer.status_code == (303 if own == "website_hp" else 403 if own == "csrf_token" else 400)


# --- addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("each", of("url"))
def test_an_address_is_judged_before_anybody_is_contacted(each, visitor, store):
    wire, now = Wire(), visitor.clock.now
    answer = visitor.send("/register", url=value_of(each))
    assert answer.status_code in (303, 400)
    if answer.status_code == 303:
        this_round = Round(store, town.settings(), lambda: now, lambda: 0.0)
        assert do_next(Bench(this_round, Network(wire.resolve, wire.connect)))
        # Until then every page looks the same: how long it took would tell of our own network.
        visitor.clock.wait(minutes=1)
        answer = visitor.client.get(answer.headers["Location"])
        assert answer.status_code == 200
    expected = each["expect"].split()[0]
    assert all(ipaddress.ip_address(address).is_global for address, _ in wire.asked)
    if expected == "refused":
        assert wire.asked == []
        assert "Hier finden wir keinen Kalender" in answer.text or 'href="#url"' in answer.text
    elif not expected.startswith("refused-or"):
        assert wire.asked
    assert "SECRETTOKEN" not in answer.text
    assert expected != "accepted-as-https" or wire.asked[0][1] == 443
    assert "punycode" not in expected or wire.named[0].startswith("xn--")
    if expected == "same-as":
        assert judge(value_of(each), frozenset()) == judge(each["expect"].split()[1], frozenset())


def test_all_of_the_paper_is_tried():
    fields = {*SAID, "website_hp", "csrf_token", "url"}
    assert {each["field"] for each in INPUTS} <= fields
    assert len(INPUTS) in (0, 181)
