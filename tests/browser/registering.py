"""A whole small calendar for the browser: pages, worker, post and a server of strangers' calendars, on one clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aggregator.config.environment import read_environment
from aggregator.model.filters import EventFilter
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_all
from aggregator.pipeline.scheduler import deliver
from aggregator.store import alliances, configuration, mails, owners, queries, registrations
from aggregator.store.database import Store
from tests.letterbox import Letterbox
from tests.web import town
from web.application import create_app
from web.registration.deciding import approve

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
LINK = re.compile(r"https?://[^/\s]+(/(?:register/confirm|manage)/[\w-]+)")


@dataclass
class Place:
    """The calendar; `now` moves a little with each look at it, so that nobody is too fast for a form."""

    store: Store
    origin: str
    now: datetime = NOON
    base_url: str = "http://127.0.0.1"
    trusted: frozenset[str] = field(default=frozenset())
    letterbox: Letterbox = field(default_factory=Letterbox)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=4)
        return self.now

    @property
    def settings(self) -> Settings:
        return Settings(
            Path("sources.yaml"),
            Site("Kalender der Stadt", "Europe/Berlin", base_url=self.base_url, region_name="Musterstadt"),
            fetch=FetchSettings(allow_origins=frozenset({self.origin}), total_seconds=5),
            initiatives=town.INITIATIVES[2:3],
            topics=town.TOPICS,
        )

    @property
    def round(self) -> Round:
        return Round(self.store, self.settings, self.clock, lambda: 0.0)

    def work(self) -> None:
        """Do all that waits."""
        while do_next(Bench(self.round)):
            pass

    def refresh(self, after: timedelta = timedelta(hours=7)) -> None:
        """Some hours later: visit every calendar."""
        self.now += after
        refresh_all(self.round, (), True, lambda _: None)

    def deliver(self) -> list[EmailMessage]:
        """Write what is to be told, hand it to the mail server, and look what came, the last one last."""
        before = len(self.letterbox.mails)
        deliver(self.round, Postbox(self.store, self.clock, self.letterbox.server))
        return self.letterbox.mails[before:]

    def link_in(self, mail: EmailMessage) -> str:
        """The path of the link in a mail that came."""
        return str(LINK.findall(mail.get_content())[-1])

    def mailed(self, purpose: str) -> str:
        """The path of the link in the last mail for that purpose."""
        with self.store.reading() as connection:
            texts = [queued.mail.text for queued in mails.unsent(connection) if queued.mail.purpose == purpose]
        found = LINK.findall(texts[-1])
        return str(found[-1])

    def approve_all(self) -> None:
        """The operator says yes to everything."""
        with self.store.writing() as connection:
            for one in registrations.waiting(connection):
                approve(connection, self.settings.site, one.id, "anna", self.clock())
        self.work()

    def console_of(self, umbrella: str, member: str) -> str:
        """The path of the console of an alliance to which a group belongs."""
        with self.store.writing() as connection:
            alliances.move(connection, member, umbrella, self.clock())
            return f"/manage/{owners.add(connection, umbrella, 'verband@example.org', 'de', self.clock())}"

    def first_event(self) -> str:
        """The id of an event."""
        with self.store.reading() as connection:
            return queries.feed_events(connection, EventFilter())[0].identity.id

    def titles(self) -> list[str]:
        with self.store.reading() as connection:
            return sorted(each.event.title for each in queries.feed_events(connection, EventFilter()))


@contextmanager
def opened(store: Store, origin: str, served: Any) -> Iterator[tuple[Place, str]]:
    """The place with the address of its pages."""
    place = Place(store, origin)
    with store.writing() as connection:
        configuration.sync(connection, place.settings)
    environment = read_environment({"SECRET_KEY": "0123456789abcdef0123456789abcdef"})
    app = create_app(store, place.settings, place.clock, environment)
    with served(app) as address:
        place.base_url = address
        yield replace_settings(place, app), address


def replace_settings(place: Place, app: Any) -> Place:
    """Tell the application by which address it is reached."""
    known = app.extensions["buendel"]
    app.extensions["buendel"] = replace(known, settings=place.settings)
    return place
