"""Everything that the public can read, judged by the oracle beside the checkout (scoring rule 6)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from tests.prove.hostile.server import FOLDER
from tests.prove.hostile.town import Town

MOST_EVENT_PAGES = 40
PAGES = {
    "html": ("/", "/?lang=en", "/?from=2020-01-01", "/month/{month}", "/week/{week}", "/sources", "/?q=hostile"),
    "ics": ("/calendar.ics", "/calendar.ics?expand=1"),
    "atom": ("/calendar.atom", "/calendar.rss"),
    "json": ("/calendar.json", "/api/v1/events", "/api/v1/openapi.json", "/readyz", "/healthz"),
}
EMBED = "/embed"


@cache
def oracle() -> ModuleType:
    """check_output.py as a module."""
    specification = importlib.util.spec_from_file_location("check_output", FOLDER / "check_output.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Page:
    """One answer of the web front end."""

    path: str
    kind: str
    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]

    def findings(self) -> list[str]:
        """What the oracle has against it."""
        bad = [f"status {self.status}"] if self.status != 200 else oracle().check(self.kind, self.body)
        return [
            f"{self.path}: {each}"
            for each in (*bad, *oracle().check_headers(self.headers, embed=self.path.startswith(EMBED)))
        ]


def pages(town: Town) -> Iterator[Page]:
    """Every kind of page and export, and the pages of the first events."""
    client = town.client()
    month, week = f"{town.now:%Y-%m}", f"{town.now:%G-W%V}"
    wanted = [(path.format(month=month, week=week), kind) for kind, paths in PAGES.items() for path in paths]
    wanted.append((EMBED, "html"))
    for event_id in town.event_ids()[:MOST_EVENT_PAGES]:
        wanted += [(f"/event/{event_id}", "html"), (f"/event/{event_id}.ics", "ics")]
    for path, kind in wanted:
        answer = client.get(path)
        yield Page(path, kind, answer.status_code, answer.data, tuple(answer.headers.items()))
        answer.close()
