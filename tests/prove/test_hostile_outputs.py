"""Nothing of a hostile feed comes through anywhere: every page, feed, embed and table of a town that reads them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from aggregator.store.database import open_store
from tests.prove.hostile.outputs import oracle
from tests.prove.hostile.server import HostileServer
from tests.prove.hostile.town import Town, town
from tests.web.addresses import addresses
from web.application import create_app

pytestmark = pytest.mark.prove

# Those whose words reach people; the others are about addresses, sizes and waiting.
GROUPS = ("injection", "privacy", "feed", "charset", "ics", "meaning", "tz", "control")
KINDS = {
    "text/html": "html",
    "text/calendar": "ics",
    "application/json": "json",
    "application/feed+json": "json",
    "application/geo+json": "json",
    "application/atom+xml": "atom",
    "application/rss+xml": "atom",
    "application/xml": "atom",
    "text/plain": "text",
    "text/csv": "text",
}
QUERIES = (
    "/?from=2020-01-01",
    "/list?lang=en",
    "/?q=hostile",
    "/?q=%3Cscript%3E",
    "/embed?view=next&count=50",
    "/embed?view=map",
    "/embed?view=month",
    "/embed.json?count=50",
    "/map?what=initiatives",
    "/clash?date=2026-11-30",
)
FEWEST_EVENTS, MOST_EVENTS = 100, 150


@pytest.fixture
def victim(server: HostileServer, tmp_path: Path) -> Iterator[Town]:
    """A town that has read all of them."""
    template = tmp_path / "template.sqlite"
    open_store(f"sqlite:///{template}").close()
    paths = [case["path"] for case in server.cases() if case["group"] in GROUPS and is_quick(case)]
    with town(template, server.origin, *(server.base + path for path in paths), total_seconds=4.0) as found:
        found.refresh()
        yield found


def is_quick(case: dict[str, object]) -> bool:
    """Whether it is there at once: what dawdles says nothing that is not said elsewhere."""
    return "slow" not in str(case["path"])


def test_no_output_of_any_route_holds_anything_hostile(victim: Town, require: Callable[[str], NoReturn]) -> None:
    application = create_app(victim.store, victim.settings, lambda: victim.now)
    ids = victim.event_ids()
    assert len(ids) >= FEWEST_EVENTS
    known = {"initiative_id": "group", "umbrella_id": "group"}
    asked = {*QUERIES, f"/month/{victim.now:%Y-%m}", f"/week/{victim.now:%G-W%V}"}
    asked |= {path for one in ids[:MOST_EVENTS] for path in addresses(application, {**known, "event_id": one})}
    findings = [each for path in sorted(asked) for each in against(application.test_client(), path)]
    print(f"\n{len(ids)} events, {len(asked)} addresses")
    assert findings == []


def against(client: FlaskClient, path: str) -> Iterator[str]:
    """What the oracle has against one answer."""
    answer = client.get(path)
    kind = KINDS.get(answer.mimetype)
    bad = oracle().check(kind, answer.data) if kind else []
    heads = oracle().check_headers(tuple(answer.headers.items()), embed=path.partition("?")[0] == "/embed")
    broken = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    answer.close()
    yield from (f"{path}: {each}" for each in (*bad, *heads, *broken))
