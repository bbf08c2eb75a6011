"""The region of docker-compose.region.yml without containers: its commands, side by side, with its environment."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


class Compose(yaml.SafeLoader):
    """YAML with the tag by which a compose file takes a list of the file below back."""


Compose.add_constructor("!reset", lambda loader, node: None)


def services() -> dict[str, dict[str, Any]]:
    """Both files, the second laid over the first, as `docker compose -f … -f …` does."""
    town, region = (
        yaml.load((ROOT / name).read_text("utf-8"), Compose)["services"]
        for name in ("docker-compose.yml", "docker-compose.region.yml")
    )
    return {name: {**town.get(name, {}), **region[name]} for name in region}


@dataclass
class Region:
    """The processes of both files; each is ended by the id it was started with."""

    folder: Path
    values: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, service: dict[str, Any], port: int) -> subprocess.Popen[bytes]:
        """One replica: the service's own command and environment, on a port of the loopback."""
        stated = {name: self.filled_in(value) for name, value in service["environment"].items()}
        # No container has a name here: the database is reached by its socket.
        stated |= {"DATABASE_URL": self.values["DATABASE_URL"], "HOST": "127.0.0.1", "PORT": str(port)}
        stated |= {"SOURCES": str(self.folder / "sources.yaml"), "PATH": os.environ["PATH"]}
        command = [sys.executable if word == "python" else word for word in service["command"]]
        with (self.folder / "region.log").open("ab") as log:
            self.running.append(subprocess.Popen(command, cwd=ROOT, env=stated, stdout=log, stderr=log))
        return self.running[-1]

    def filled_in(self, value: str) -> str:
        return re.sub(r"\$\{(\w+)(?::\?[^}]*)?}", lambda found: self.values[found[1]], value)


@pytest.fixture
def region(tmp_path: Path, postgresql_databases) -> Iterator[Region]:
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Abend\r\nDTSTART:20991201T190000Z\r\nEND:VEVENT\r\n"
    (tmp_path / "chor.ics").write_text(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n", "utf-8")
    site = {"title": "Kreis", "timezone": "Europe/Berlin", "base_url": "https://kreis.example.org"}
    choir = {"id": "chor", "name": "Chor", "sources": [{"id": "chor", "url": "file:chor.ics"}]}
    (tmp_path / "sources.yaml").write_text(json.dumps({"site": site, "initiatives": [choir]}), "utf-8")
    values = {"DATABASE_URL": postgresql_databases.empty(), "SECRET_KEY": "k" * 32, "DATABASE_PASSWORD": "unused"}
    known = Region(tmp_path, values)
    yield known
    for process in known.running:
        process.terminate()
    for process in known.running:
        process.wait(40)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def asked(port: int, path: str) -> Any:
    """What a web process answers, or nothing while it starts."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return None


def until(asked_for: Any) -> bool:
    """Whether it comes to hold within the patience of this proof."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if asked_for():
            return True
        Event().wait(0.3)
    return False


def test_all_processes_of_a_region_start_at_once_on_an_empty_database(region: Region) -> None:
    named = services()
    ports = [free_port() for _ in range(named["buendel"]["deploy"]["replicas"])]
    for port in ports:
        region.start(named["buendel"], port)
    for _ in range(named["work"]["deploy"]["replicas"]):
        region.start(named["work"], 0)
    log = region.folder / "region.log"
    for port in ports:
        assert until(lambda at=port: (asked(at, "/api/v1/events?from=2099-01-01") or {}).get("events")), log.read_text()
    assert [process.poll() for process in region.running] == [None] * 4


def test_what_the_files_promise_is_there() -> None:
    named = services()
    assert set(named) == {"buendel", "work", "database", "proxy"}
    mounted = [volume.split(":")[0] for service in named.values() for volume in service.get("volumes", ())]
    files = [path for path in mounted if path.startswith("./")]
    assert files
    assert [path for path in files if not (ROOT / path).is_file()] == []
    for name in ("buendel", "work"):
        assert (named[name]["read_only"], named[name]["cap_drop"]) == (True, ["ALL"])
        assert named[name]["deploy"]["replicas"] == 2
