"""What hostile people type into the registration form: 181 inputs, each answered as it should be."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from aggregator.fetch.transport import Network
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.refresh import Round
from aggregator.store import mails, registrations
from aggregator.store.database import open_store
from aggregator.store.registration_schema import registrations as rows
from tests.web import town
from tests.web.posting import ORIGIN, visitor_of

pytestmark = pytest.mark.prove

FILE = Path(__file__).resolve().parents[3] / "shared/hostile/form_inputs.json"
CANARY, OWN_HOST = "54321", "kalender.example.org"
PUBLIC = "93.184.216.34"
FIELDS = {"name": "Chor", "email": "chor@example.org", "consent": "whole"}
LINK = re.compile(r"/register/confirm/[\w-]+")


def inputs(*, urls: bool):
    if not FILE.exists():
        return []
    found = json.loads(FILE.read_text("utf-8"))["inputs"]
    return [
        pytest.param(
            each["field"],
            each["value"].replace("{canary_port}", CANARY).replace("{own_host}", OWN_HOST),
            each["expect"],
            id=f"{number}: {each['why']}"[:60].encode("ascii", "replace").decode(),
        )
        for number, each in enumerate(found)
        if (each["field"] == "url") is urls
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('forms') / 'town.sqlite'}", lambda: bytes(32))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def application(store):
    return visitor_of(store)


@pytest.fixture
def visitor(application):
    """Hours later, so that no limit is in the way."""
    application.clock.wait(hours=2)
    return application


@pytest.fixture
def looked(visitor, store):
    """Paste an address; what the page says in the end, and which servers were asked."""

    def run(address):
        asked = []

        def connect(host, port, seconds):
            asked.append((host, port))
            raise ConnectionRefusedError

        answer = visitor.send("/register", url=address)
        assert answer.status_code < 500
        if answer.status_code != 303:
            return answer.text, asked
        settings = town.settings()
        network = Network(lambda host, port: [PUBLIC], connect)
        while do_next(Bench(Round(store, settings, visitor.clock, lambda: 0.0), network)):
            pass
        visitor.clock.wait(seconds=15)
        page = visitor.client.get(answer.headers["Location"])
        assert page.status_code == 200
        return page.text, asked

    return run


@pytest.mark.parametrize(("field", "value", "expect"), inputs(urls=True))
def test_no_address_leads_where_it_must_not(looked, field, value, expect):
    text, asked = looked(value)
    assert [host for host, _ in asked if host != PUBLIC] == []
    assert "SECRETTOKEN" not in text
    assert "Link anfordern" not in text
    if expect == "refused" and OWN_HOST not in value:
        assert asked == []
    if expect.startswith(("accepted", "same-as")):
        assert asked
        assert {port for _, port in asked} <= {80, 443}


@pytest.mark.parametrize(("field", "value", "expect"), inputs(urls=False))
def test_what_is_typed_is_refused_or_harmless(visitor, store, field, value, expect):
    before = kept_in(store)
    answer = visitor.client.get("/register/details")
    visitor.clock.wait(seconds=10)
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    data = {"csrf_token": token, **FIELDS, field: value}
    answer = visitor.client.post("/register/details", data=data, headers={"Origin": ORIGIN})
    kept, post = (now[len(then) :] for now, then in zip(kept_in(store), before, strict=True))
    assert answer.status_code in ((400, 403) if expect == "refused" else (303, 400))
    assert len(kept) == len(post) == (answer.status_code == 303 and expect != "dropped-silently")
    assert (expect == "stored") <= bool(kept)
    for mail in post:
        assert "\n" not in mail.subject
        path = LINK.search(mail.text)[0]
        with store.reading() as connection:
            found = registrations.by_token(connection, path.rpartition("/")[2], visitor.clock.now)
        assert "\n" not in found.registration.name
        page = visitor.client.get(path).text
        assert html.escape(value) == value or value not in page
        assert "49HOSTILE" not in page


def kept_in(store):
    """All registrations and all mails, in the order in which they came."""
    with store.reading() as connection:
        kept = connection.execute(rows.select().order_by(rows.c.created_at)).all()
        return kept, [queued.mail for queued in mails.unsent(connection)]


def test_a_flood_of_posts_registers_five_and_leaves_the_form_open(visitor):
    codes = [visitor.send("/register/details", **FIELDS).status_code for _ in range(60)]
    assert (codes.count(303), codes.count(429)) == (5, 55)
    assert visitor.client.get("/register").status_code == 200
