"""One feed in a store of its own, with a clock that is set by hand: what the public would see of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from sqlalchemy import func, select

from aggregator.model.filters import EventFilter
from aggregator.model.health import SourceOverview, SourceReport
from aggregator.model.records import Status
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.rounds import Round, refresh_all, refresh_due
from aggregator.store import configuration, queries, sources
from aggregator.store.database import Store, open_store
from aggregator.store.schema import occurrences
from web.application import create_app

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
STEP = timedelta(hours=6)


@dataclass
class Town:
    """A site whose sources are addresses of the hostile server."""

    store: Store
    settings: Settings
    now: datetime = MORNING
    reports: list[SourceReport] = field(default_factory=list)

    def refresh(self, after: timedelta = timedelta()) -> SourceReport:
        """One forced visit to every source `after` the last; the report of the first one."""
        self.now += after
        self.reports.append(refresh_all(self.round, (), True, lambda _: None)[0])
        return self.reports[-1]

    def tick(self, after: timedelta = timedelta()) -> tuple[SourceReport, ...]:
        """What the scheduler does: visit only what is due."""
        self.now += after
        return refresh_due(self.round)

    @property
    def round(self) -> Round:
        return Round(self.store, self.settings, lambda: self.now, lambda: 0.0)

    def titles(self) -> list[str]:
        """The title of every event that is said to take place, past ones too."""
        with self.store.reading() as connection:
            found = queries.feed_events(connection, EventFilter())
        return sorted(each.event.title for each in found if each.event.status is not Status.WITHDRAWN)

    def event_ids(self) -> list[str]:
        with self.store.reading() as connection:
            return [each.identity.id for each in queries.feed_events(connection, EventFilter())]

    def occurrences(self) -> int:
        with self.store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(occurrences)) or 0

    def generation(self) -> int:
        with self.store.reading() as connection:
            return queries.generation(connection)

    def overview(self) -> SourceOverview:
        with self.store.reading() as connection:
            return sources.overviews(connection)[0]

    def client(self) -> FlaskClient:
        """A visitor of the town's pages."""
        return create_app(self.store, self.settings, lambda: self.now).test_client()


@contextmanager
def town(template: Path, origin: str, *urls: str, **fetch: float) -> Iterator[Town]:
    """A town that reads these addresses; `template` is an empty store, `fetch` are limits of fetching."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "town.sqlite"
        shutil.copy(template, path)
        store = open_store(f"sqlite:///{path}", lambda: bytes(32))
        settings = Settings(
            path=Path("sources.yaml"),
            site=Site("Town", "Europe/Berlin", base_url="https://town.example.org", contact="a@town.example.org"),
            fetch=FetchSettings(
                allow_origins=frozenset({origin}), user_agent="Buendel (+https://town.example.org)", **fetch
            ),
            initiatives=(Initiative("group", "Group"),),
            sources=tuple(Source(f"feed-{number}", "group", url) for number, url in enumerate(urls)),
        )
        try:
            with store.writing() as connection:
                configuration.sync(connection, settings)
            yield Town(store, settings)
        finally:
            store.close()
