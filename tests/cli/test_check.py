"""`check` as a helper of initiatives types it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

CALENDAR = """BEGIN:VCALENDAR
X-WR-CALNAME:Chor
BEGIN:VEVENT
UID:1
SUMMARY:ABGESAGT: Konzert
DTSTART;TZID=Europe/Berlin:20261213T170000
DTEND;TZID=Europe/Berlin:20261213T183000
LOCATION:St. Johannis
DESCRIPTION:Eintritt frei
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Kaputt
DTSTART:morgen
END:VEVENT
END:VCALENDAR
"""
SERVED = {
    "/": '<!DOCTYPE html><a href="/chor.ics">Kalender</a>',
    "/chor.ics": CALENDAR,
    "/login": "<!DOCTYPE html><form></form>",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = SERVED.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listener.server_address[1]}"
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.fixture
def check(keyboard, origin: str):
    """`check("/path")`: the finished command for a path of the server."""
    settings = keyboard.folder / "sources.yaml"
    settings.write_text(settings.read_text("utf-8") + f'fetch: {{allow_origins: ["{origin}"]}}\n', "utf-8")
    return lambda path, *options: keyboard.type("check", path if "://" in path else f"http://{origin}{path}", *options)


def test_people_read_what_was_found_in_german(check) -> None:
    said = " ".join(check("/", "--lang", "de").stdout.split())
    assert "die Seite verlinkt diese Kalenderdatei: 1 Termin" in said
    assert "So 13.12.2026 17:00–18:30 Konzert (abgesagt)" in said
    assert "St. Johannis · kostenlos" in said
    assert "Bitte den Termin öffnen, den Beginn neu wählen und speichern." in said
    assert "Zeile 11, Kennung 2" in said


def test_people_read_it_in_english_too(check) -> None:
    said = check("/chor.ics", "--lang", "en").stdout
    assert "The next events as we understand them" in said and "Sun 13.12.2026" in said


def test_machines_read_the_same(check) -> None:
    found = json.loads(check("/", "--json").stdout)
    assert (found["outcome"], found["format"], found["events"]) == ("readable", "ics", 1)
    assert found["next"][0]["facts"]["free"] == {"reply": "yes", "evidence": "Eintritt frei"}
    assert [defect["line"] for defect in found["defects"]] == [11]


@pytest.mark.parametrize(
    "path", ["/login", "/nowhere", "https://calendar.google.com/calendar/ical/a/private-0ff/basic.ics"]
)
def test_where_nothing_is_found_the_next_step_is_told(path: str, check) -> None:
    done = check(path, "--lang", "de")
    assert done.returncode == 1
    assert "docs/initiatives.md" in done.stdout
    assert "private-" not in done.stdout


def test_nothing_is_stored(check, keyboard) -> None:
    assert check("/").returncode == 0
    assert not list(keyboard.folder.glob("*.sqlite*"))
