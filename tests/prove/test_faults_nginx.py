"""docs/nginx.conf as it stands, with a real nginx before a calendar that stops: people go on seeing what was there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any, NoReturn

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.web import town
from web.application import create_app

pytestmark = pytest.mark.prove

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
PATIENCE = 200
KEPT = (
    "/",
    "/embed?view=next",
    "/embed.json",
    "/calendar.ics",
    "/event/podium",
    "/static/x/embed.css",
)
AROUND = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{sample}
}}
"""


@dataclass
class Calendar:
    """nginx at `address`, and the calendar behind it, which can be stopped."""

    address: str
    behind: BaseWSGIServer
    thread: Thread

    def stop(self) -> None:
        """From now on nobody answers behind nginx."""
        self.behind.shutdown()
        self.thread.join()
        self.behind.server_close()

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str]:
        """Status, body, and what nginx says about its store."""
        request = urllib.request.Request(
            self.address + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read(), answer.headers["X-Cache"]
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers["X-Cache"]

    def until(self, path: str, state: str, **headers: str) -> tuple[int, bytes, str]:
        """Ask until nginx says that."""
        for _ in range(PATIENCE):
            found = self.get(path, **headers)
            if found[2] == state:
                return found
            Event().wait(0.05)
        raise AssertionError(f"{path} was never {state}, but {found}")


def soon_old(application: Any) -> Any:
    """The same answers, good for one second only."""

    def shorter(environ: Any, start: Callable[..., Any]) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [(name, aged(name, value)) for name, value in headers], *more)

        return application(environ, begin)

    return shorter


def aged(name: str, value: str) -> str:
    """Cache-Control with an age of one second where there was a longer one."""
    is_kept = name == "Cache-Control" and "max-age" in value
    return "public, max-age=1" if is_kept else value


@pytest.fixture
def calendar(tmp_path: Path, require: Callable[[str], NoReturn]) -> Iterator[Calendar]:
    """The town behind the sample configuration, on ports of their own."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        require("nginx is not installed")
    store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    server = make_server(
        "127.0.0.1", 0, soon_old(create_app(store, town.settings(), fixed_clock(town.NOW))), threaded=True
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    written = configuration(tmp_path, port, server.server_port)
    process = subprocess.Popen([program, "-c", written, "-p", tmp_path], stderr=subprocess.PIPE)
    made = Calendar(f"http://127.0.0.1:{port}", server, thread)
    try:
        wait_for(made)
        yield made
    finally:
        process.terminate()
        process.communicate()
        if thread.is_alive():
            made.stop()
        store.close()


def wait_for(made: Calendar) -> None:
    for _ in range(PATIENCE):
        try:
            made.get("/healthz")
            return
        except urllib.error.URLError:
            Event().wait(0.05)


def configuration(folder: Path, port: int, behind: int) -> Path:
    """The sample with our ports and folders, and without its certificate."""
    sample = SAMPLE.read_text("utf-8")
    for theirs, ours in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{behind}"),
        ("/var/cache/nginx/buendel", f"{folder}/cache"),
    ):
        assert sample.count(theirs) == 1
        sample = sample.replace(theirs, ours)
    lines = [line for line in sample.splitlines() if not line.lstrip().startswith("ssl_certificate")]
    # Root's workers would become somebody who may not write here.
    user = "user root;" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(AROUND.format(user=user, folder=folder, sample="\n".join(lines)), "utf-8")
    return written


def test_what_was_seen_once_is_shown_while_the_calendar_is_down(calendar: Calendar) -> None:
    before = {path: calendar.get(path)[1] for path in KEPT}
    calendar.stop()
    for path, body in before.items():
        assert calendar.until(path, "STALE")[:2] == (200, body)


def test_a_browser_of_any_languages_finds_what_another_one_left(calendar: Calendar) -> None:
    german = calendar.get("/embed", Accept_Language="de-DE,de;q=0.9,en;q=0.8")[1]
    english = calendar.get("/embed", Accept_Language="en-GB,en;q=0.9")[1]
    calendar.stop()
    assert calendar.until("/embed", "STALE", Accept_Language="de-AT, tr")[1] == german
    assert calendar.until("/embed", "STALE", Accept_Language="fr, en;q=0.5")[1] == english
    assert german != english


def test_what_nobody_has_seen_yet_says_so_in_words(calendar: Calendar) -> None:
    calendar.stop()
    status, body, _ = calendar.get("/month/2026-12")
    assert status == 503
    assert "Der Kalender ist gerade nicht erreichbar" in body.decode()


def test_a_second_visitor_is_answered_without_asking_the_calendar(calendar: Calendar) -> None:
    assert calendar.until("/embed", "HIT")[0] == 200
