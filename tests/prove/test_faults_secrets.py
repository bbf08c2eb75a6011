"""Twenty secrets are planted; none is in the sources' export, in a backup, or more than needed on operators' pages.

Public bytes, mails, logs and commands are looked through by test_hostile_secrets.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from aggregator.clock import fixed_clock
from aggregator.config.environment import read_environment
from aggregator.config.secret_key import address_key, key_for
from aggregator.config.writing import written
from aggregator.model.filters import EventFilter
from aggregator.model.operators import Operator
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.reports import Report, Wrong
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.attending import attend
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_all
from aggregator.store import (
    configuration,
    mails,
    operators,
    queries,
    registrations,
    reports,
    second_factor,
    sources,
)
from aggregator.store.database import Store, open_store
from aggregator.store.keeping import backup
from tests.pipeline.conftest import FeedServer, server  # noqa: F401
from tests.web.admin.conftest import Browser
from web.application import create_app
from web.registration.deciding import approve

pytestmark = pytest.mark.prove

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
FEED = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:offen
SUMMARY:Offenes Treffen
DTSTART;TZID=Europe/Berlin:20261205T190000
ORGANIZER;CN=Vorstand:mailto:vorstand-04@secret.example
ATTENDEE;CN=Gast:mailto:gast-05@secret.example
CONTACT:kontakt-06@secret.example
X-ALT-NOTE:notiz-07-secret
BEGIN:VALARM
ACTION:EMAIL
ATTENDEE:mailto:alarm-08@secret.example
TRIGGER:-PT1H
SUMMARY:alarm-09-secret
DESCRIPTION:alarm-10-secret
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:privat
CLASS:PRIVATE
SUMMARY:privat-11-secret
DESCRIPTION:privat-12-secret
DTSTART;TZID=Europe/Berlin:20261206T190000
END:VEVENT
BEGIN:VEVENT
UID:vertraulich
CLASS:CONFIDENTIAL
SUMMARY:vertraulich-13-secret
LOCATION:vertraulich-14-secret
DTSTART;TZID=Europe/Berlin:20261207T190000
END:VEVENT
END:VCALENDAR
"""
IN_ADDRESSES = {
    "share": "/public-calendars/share01SECRETshare01?export",
    "token": "/cal.ics?token=token02SECRET",
    "broken": "/public-calendars/broken03SECRETbroken03?export",
}
ADDRESSES = ("share01SECRETshare01", "token02SECRET", "broken03SECRETbroken03")
IN_FEEDS = (
    "vorstand-04@secret.example", "gast-05@secret.example", "kontakt-06@secret.example", "notiz-07-secret",
    "alarm-08@secret.example", "alarm-09-secret", "alarm-10-secret", "privat-11-secret", "privat-12-secret",
    "vertraulich-13-secret", "vertraulich-14-secret",
)  # fmt: skip
OWNER, VISITOR, ANNA = "owner-15@secret.example", "visitor-16@secret.example", "anna-17@secret.example"
PASSWORD, KEY, SMTP = "password-18-secret-x", "key-19-secret-0123456789abcdef", "smtp-20-secret"
SECRETS = (*ADDRESSES, *IN_FEEDS, OWNER, VISITOR, ANNA, PASSWORD, KEY, SMTP)


@dataclass
class Planted:
    """A calendar with all of it in its store."""

    store: Store
    settings: Settings
    app: Flask
    factor: str
    console: str
    logged: str


@pytest.fixture
def planted(server: FeedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Planted]:  # noqa: F811
    caplog.set_level(logging.DEBUG)
    url = f"sqlite:///{tmp_path / 'town.sqlite'}"
    environ = {"SECRET_KEY": KEY, "SMTP_HOST": "127.0.0.1", "SMTP_PASSWORD": SMTP, "MAIL_FROM": "kalender@example.org"}
    environment = replace(read_environment({**environ, "SMTP_USER": "kalender"}), database_url=url)
    for name, path in IN_ADDRESSES.items():
        server.put(path, FEED.replace("UID:", f"UID:{name}-"), status=500 if name == "broken" else 200)
    feeds = tuple(Source(name, "chor", f"http://{server.origin}{path}") for name, path in IN_ADDRESSES.items())
    site = Site("Stadt", "Europe/Berlin", base_url="https://stadt.example.org", contact="stadt@example.org")
    fetch = FetchSettings(allow_origins=frozenset({server.origin}), total_seconds=5)
    settings = Settings(
        tmp_path / "sources.yaml", site, fetch, initiatives=(Initiative("chor", "Chor"),), sources=feeds
    )
    store = open_store(url, lambda: address_key(KEY, url))
    with store.writing() as connection:
        configuration.sync(connection, settings)
    moments = [NOON]
    this_round = Round(store, settings, lambda: moments[-1], lambda: 0.0)
    for _ in range(3):
        moments.append(moments[-1] + timedelta(days=2))
        refresh_all(this_round, (), True, lambda _: None)
    factor = second_factor.new_secret()
    console = plant_people(store, settings, server.origin, factor)
    attend(this_round)
    app = create_app(store, settings, fixed_clock(moments[-1]), environment)
    yield Planted(store, settings, app, factor, console, caplog.text)
    store.close()


def plant_people(store: Store, settings: Settings, origin: str, factor: str) -> str:
    """An owner, a visitor with a hint, an operator; returns the token of the owner's console."""
    with store.writing() as connection:
        wanted = WantedSource(f"http://{origin}{IN_ADDRESSES['share']}")
        token = registrations.add(connection, Registration("Verein", OWNER, sources=(wanted,)), NOON)
        found = registrations.by_token(connection, token, NOON)
        assert found
        registrations.confirm(connection, found.id, NOON)
        approved = approve(connection, settings.site, found.id, "anna", NOON)
        assert approved
        event = queries.feed_events(connection, EventFilter())[0].identity.id
        reports.add(connection, event, Report(Wrong.TIME, "Beginnt um acht.", "Treffen", VISITOR), NOON)
        sealed = second_factor.sealed(factor, key_for("second factor", KEY))
        operators.save(connection, Operator("anna", ANNA, NOON, operators.hashed(PASSWORD), sealed))
    return approved.token


def found_in(text: str, planted: Planted) -> list[str]:
    return [secret for secret in (*SECRETS, planted.factor, planted.console) if secret in text]


def test_none_is_in_an_export_and_the_sources_are_named(planted: Planted) -> None:
    with planted.store.reading() as connection:
        pulled = [source for source, _ in sources.load_active(connection)]
        text = written(queries.initiatives(connection).values(), pulled)
    assert "share of chor (127.0.0.1), its address is a secret" in text
    assert found_in(text, planted) == []


def test_in_a_backup_addresses_passwords_codes_and_tokens_cannot_be_read(planted: Planted, tmp_path: Path) -> None:
    file = tmp_path / "town.backup"
    # A mail that waits holds its own text; one that left holds nothing.
    with planted.store.writing() as connection:
        for queued in mails.unsent(connection):
            mails.mark_sent(connection, queued.id, NOON)
    backup(planted.store, file)
    content = file.read_bytes().decode("latin-1")
    of_people = {OWNER, VISITOR, ANNA}
    assert set(found_in(content, planted)) <= of_people


def test_operators_see_hosts_only_and_nobodys_password(planted: Planted) -> None:
    browser = Browser(planted.app.test_client(), planted.store)
    with browser.client.session_transaction(base_url="http://localhost/admin") as cookie:
        cookie["token"] = "x"
    with planted.store.writing() as connection:
        operators.start_session(connection, "anna", "x", NOON + timedelta(days=6))
    allowed: dict[str, Any] = {"/admin/post": {OWNER, VISITOR, ANNA, planted.console}}
    for path in ("/admin", "/admin/sources", "/admin/sources/share", "/admin/sources/broken", "/admin/log",
                 "/admin/registrations", "/admin/initiatives", "/admin/figures", "/admin/post"):  # fmt: skip
        answer = browser.get(path)
        assert answer.status_code == 200
        assert set(found_in(answer.text, planted)) <= allowed.get(path, set())
