"""Feeds as files behind docs/nginx.conf and docs/Caddyfile as they stand: sent as the calendar would."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import pytest
from werkzeug.serving import make_server

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.prove.test_faults_caddy import free_port
from tests.prove.test_faults_nginx import configuration
from tests.web import town
from web.application import create_app
from web.feeds.files import FeedFiles
from web.feeds.routes import WHOLE_FEEDS

pytestmark = pytest.mark.prove

DOCS = Path(__file__).resolve().parents[2] / "docs"
THEIRS = "/var/lib/buendel/feeds"
SAME = ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin")
PATIENCE = 400


def asked(port: int, path: str, **headers: str) -> tuple[int, bytes, Message]:
    """Status, body and headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=named)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""
    written = configuration(folder, port, behind)
    written.write_text(written.read_text("utf-8").replace(THEIRS, f"{folder}/feeds"), "utf-8")
    return [program, "-c", str(written), "-p", str(folder)] if program else []


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    sample = (DOCS / "Caddyfile").read_text("utf-8").replace("kalender.example.org {", f"http://127.0.0.1:{port} {{")
    sample = sample.replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace(THEIRS, f"{folder}/feeds")
    written = folder / "Caddyfile"
    written.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + sample, "utf-8")
    program = shutil.which("caddy") or ""
    return [program, "run", "--config", str(written), "--adapter", "caddyfile"] if program else []


@pytest.fixture(params=[pytest.param(nginx, id="nginx"), pytest.param(caddy, id="Caddy")])
def ports(
    request: pytest.FixtureRequest, tmp_path: Path, require: Callable[[str], NoReturn]
) -> Iterator[tuple[int, int]]:
    """The ports of the server in front, and of the calendar behind it; the files are written."""
    store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    app = create_app(store, town.settings(), fixed_clock(town.NOW))
    FeedFiles(app, tmp_path / "feeds").write()
    server, front = make_server("127.0.0.1", 0, app, threaded=True), free_port()
    command = request.param(tmp_path, front, server.server_port)
    if not command:
        server.server_close()
        if request.param is caddy:
            pytest.skip("Caddy is not installed")
        require("nginx is not installed")
    thread = Thread(target=server.serve_forever)
    thread.start()
    homes = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with subprocess.Popen(command, env={**os.environ, **homes}, stderr=subprocess.DEVNULL) as process:
        for _ in range(PATIENCE):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", front)) == 0:
                    break
            Event().wait(0.05)
        yield front, server.server_port
        process.terminate()
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


def test_a_file_is_sent_as_the_calendar_would(ports: tuple[int, int]) -> None:
    front, behind = ports
    for name in WHOLE_FEEDS:
        (status, sent, headers), (_, told, theirs) = asked(front, f"/{name}"), asked(behind, f"/{name}")
        assert (status, sent) == (200, told)
        assert {one: headers[one] for one in SAME} == {one: theirs[one] for one in SAME}
        # Only a file has a date.
        assert headers["Last-Modified"]
        _, packed, headers = asked(front, f"/{name}", Accept_Encoding="gzip")
        assert (headers["Content-Encoding"], gzip.decompress(packed)) == ("gzip", told)


def test_who_holds_it_already_is_told_so(ports: tuple[int, int]) -> None:
    for accepted in ("identity", "gzip"):
        _, _, headers = asked(ports[0], "/calendar.ics", Accept_Encoding=accepted)
        for name, value in (("If_None_Match", headers["ETag"]), ("If_Modified_Since", headers["Last-Modified"])):
            status, body, _ = asked(ports[0], "/calendar.ics", Accept_Encoding=accepted, **{name: value})
            assert (status, body) == (304, b"")


def test_a_feed_with_a_filter_and_one_without_a_file_come_from_the_calendar(ports: tuple[int, int]) -> None:
    front, behind = ports
    for path in ("/calendar.ics?initiative=klima", "/calendar.atom?lang=en", "/event/podium.ics", "/embed.json"):
        assert asked(front, path)[:2] == asked(behind, path)[:2]
    assert asked(front, "/upcoming.ics")[0] == asked(front, "/.calendar.ics.part")[0] == 404
