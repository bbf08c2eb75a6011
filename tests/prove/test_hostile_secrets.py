"""Twenty-six planted secrets: none is in a public byte, in mail to others, in a log, an export or what commands print.

Keys in addresses of calendars, people in calendars, private events, and addresses that visitors, initiatives and the
operator gave us.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from aggregator.cli.invocation import Invocation
from aggregator.config.environment import read_environment
from aggregator.config.loading import load_settings
from aggregator.model.filters import EventFilter
from aggregator.model.mail import Mail
from aggregator.model.settings import Settings
from aggregator.pipeline.digests import queue_due
from aggregator.pipeline.telling import tell_owners
from aggregator.store import digests, mails, queries
from aggregator.store.database import Store
from aggregator.store.post_schema import digests as table
from tests.pipeline.conftest import FeedServer, calendar, vevent
from tests.web.addresses import VALUES, addresses
from tests.web.posting import Clock, Visitor
from web.application import create_app

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
SECRET = re.compile(r"GEHEIM\d\d")
ENVIRON = {
    "SECRET_KEY": "GEHEIM01-0123456789abcdef",
    **{"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "SMTP_USER": "GEHEIM02", "SMTP_PASSWORD": "GEHEIM03"},
    "MAIL_FROM": "kalender@example.org",
}
TOWN = """\
site: {{title: Kleinstadt, timezone: Europe/Berlin, base_url: "https://klein.example.org", contact: op@example.org}}
fetch: {{allow_origins: ["{origin}"]}}
initiatives:
  - id: chor
    name: Chor
    mail: GEHEIM04@chor.example.org
    sources:
      - {{id: geteilt, url: "http://{origin}/remote.php/dav/public-calendars/GEHEIM05?export"}}
      - {{id: frage, url: "http://{origin}/kalender.ics?schluessel=GEHEIM06"}}
      - {{id: umzug, url: "http://{origin}/umzug.ics?GEHEIM07"}}
  - id: haus
    name: Haus
    mail: GEHEIM09@haus.example.org
    sources:
      - {{id: weg, url: "http://{origin}/weg/GEHEIM10.ics?schluessel=GEHEIM11"}}
      - {{id: blog, url: "http://{origin}/feed?GEHEIM12"}}
"""
PEOPLE = (
    'ATTENDEE;CN="GEHEIM13 Meier":mailto:GEHEIM14@example.org',
    'ORGANIZER;SENT-BY="mailto:GEHEIM15@example.org":mailto:GEHEIM16@example.org',
    "CONTACT:GEHEIM17, 04131 1234",
    "X-NOTIZ:GEHEIM18",
    "ATTACH:https://cloud.example.org/s/GEHEIM19",
    "BEGIN:VALARM\r\nACTION:EMAIL\r\nTRIGGER:-PT1H\r\nDESCRIPTION:GEHEIM20\r\nEND:VALARM",
)
EVENTS = calendar(
    vevent("1", "Konzert", "20261128T190000", "LOCATION:Saal", *PEOPLE),
    vevent("2", "GEHEIM21 Vorstand", "20261129T190000", "CLASS:PRIVATE", "DESCRIPTION:GEHEIM21@example.org"),
    vevent("3", "GEHEIM22 Personal", "20261130T190000", "CLASS:CONFIDENTIAL"),
)
BLOG = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><managingEditor>GEHEIM23@example.org'
    "</managingEditor><item><title>Helfende gesucht</title><author>GEHEIM24@example.org (Redaktion)</author>"
    "<link>https://haus.example.org/1</link><pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>"
)
# Who may read which: one's own address in one's own mail, and the reporter's in the operator's.
GIVEN = {"order": "GEHEIM25@example.org", "reporter": "GEHEIM26@example.org", "group": "GEHEIM27@example.org"}
# Any path or query may be a key, so nobody is shown one; but the operator takes along what sources.yaml says in plain.
AS_WRITTEN = {"GEHEIM06", "GEHEIM07", "GEHEIM10", "GEHEIM11", "GEHEIM12"}
COMMANDS = (
    *("refresh --force", "refresh --force --json", "replay", "status", "check-config", "doctor", "records", "events"),
    *("export ics", "export atom", "export json", "sources export", "backup kopie.tar", "operator list"),
)


@dataclass
class Town:
    """The town's folder, store and configuration, and all that its commands said."""

    folder: Path
    settings: Settings
    store: Store
    said: dict[str, str]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = FeedServer()
    for path in ("/remote.php/dav/public-calendars/GEHEIM05?export", "/kalender.ics?schluessel=GEHEIM06"):
        server.put(path, EVENTS)
    server.put("/umzug.ics?GEHEIM07", EVENTS)
    server.put("/weg/GEHEIM10.ics?schluessel=GEHEIM11", "", 404)
    server.put("/feed?GEHEIM12", BLOG)
    listener = ThreadingHTTPServer(("127.0.0.1", 0), server.handler())
    thread = Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listener.server_address[1]}"
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "sources.yaml").write_text(TOWN.format(origin=origin), "utf-8")
    said = {command: typed(folder, command) for command in COMMANDS}
    invocation = Invocation({**ENVIRON, "SOURCES": str(folder / "sources.yaml")}, database=database(folder))
    settings = load_settings(folder / "sources.yaml", ENVIRON)
    store = invocation.open_store()
    yield Town(folder, settings, store, said)
    store.close()


def database(folder: Path) -> str:
    return f"sqlite:///{folder / 'town.sqlite'}"


def typed(folder: Path, command: str) -> str:
    """What a command prints and logs, at its most talkative."""
    words = [sys.executable, "-m", "aggregator", "--sources", "sources.yaml", "--database", database(folder)]
    words += ["--now", NOON.isoformat(), *command.split()]
    path = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LOG_LEVEL": "DEBUG"}
    done = subprocess.run(words, cwd=folder, env={**path, **ENVIRON}, capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 1), (command, done.stderr)
    return done.stdout + done.stderr


def test_the_secrets_were_there_to_be_found(town: Town) -> None:
    with town.store.reading() as connection:
        titles = [one.event.title for one in queries.feed_events(connection, EventFilter())]
    assert set(titles) == {"Konzert"}
    assert "Helfende gesucht" in town.said["records"]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_or_logs_one(town: Town, command: str) -> None:
    shown = AS_WRITTEN if command == "sources export" else set()
    assert set(SECRET.findall(town.said[command])) <= shown


def test_no_page_feed_or_export_holds_one(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    visitor = filled_in(town)
    event = event_id(town)
    values = {**VALUES, "event_id": event, "initiative_id": "chor", "umbrella_id": "chor", "source_id": "geteilt"}
    found, asked = {}, 0
    for path in addresses(visitor.app, values):
        answer = visitor.client.get(path)
        asked += answer.status_code == 200
        if secrets := SECRET.findall(answer.data.decode("utf-8", "replace") + str(answer.headers)):
            found[path] = secrets
    assert asked > 30
    assert found == {}
    assert SECRET.findall("\n".join(record.getMessage() for record in caplog.records)) == []


def test_no_mail_tells_one_to_others(town: Town) -> None:
    filled_in(town)
    later = NOON + timedelta(days=4)
    tell_owners(town.store, town.settings, later)
    with town.store.writing() as connection:
        for order in digests.found(connection, table.c.sent_week == ""):
            digests.confirm(connection, order.token, later)
    queue_due(town.store, town.settings, datetime(2026, 11, 26, 6, tzinfo=UTC))
    with town.store.reading() as connection:
        sent = [queued.mail for queued in mails.unsent(connection)]
    assert {mail.purpose for mail in sent} >= {"report", "digest-confirm", "digest", "confirm", "broken"}
    assert {mail.purpose: leaks(mail) for mail in sent if leaks(mail)} == {}


def leaks(mail: Mail) -> list[str]:
    """The secrets of others that a mail holds."""
    allowed = SECRET.findall(mail.to) + (SECRET.findall(GIVEN["reporter"]) if mail.to == "op@example.org" else [])
    said = "\n".join((mail.subject, mail.text, *(value for _, value in mail.headers)))
    return [secret for secret in SECRET.findall(said) if secret not in allowed]


def filled_in(town: Town) -> Visitor:
    """A visitor who has filled in every public form."""
    clock = Clock(NOON)
    visitor = Visitor(create_app(town.store, town.settings, clock, read_environment(ENVIRON)), clock)
    origin = town.settings.site.base_url
    visitor.send("/digest", origin, mail=GIVEN["order"])
    visitor.send(f"/event/{event_id(town)}/report", origin, wrong="time", text="Später.", mail=GIVEN["reporter"])
    visitor.send("/register/details", origin, name="Verein", email=GIVEN["group"], consent="whole")
    return visitor


def event_id(town: Town) -> str:
    with town.store.reading() as connection:
        return queries.feed_events(connection, EventFilter())[0].identity.id
