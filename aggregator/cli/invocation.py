"""What the global options of one invocation mean: which configuration, which store, what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from aggregator.cli.logs import start_logging
from aggregator.clock import Clock, fixed_clock, real_clock, ticking_clock
from aggregator.config.environment import Environment, read_environment, sources_path
from aggregator.config.loading import load_settings
from aggregator.config.secret_key import address_key
from aggregator.model.settings import Settings
from aggregator.model.times import zone_info
from aggregator.store.configuration import sync
from aggregator.store.database import Store, open_store
from aggregator.store.room import READ_ONLY, condition


@dataclass
class Invocation:
    """One call of the command line; everything is read when it is first asked for."""

    environ: Mapping[str, str]
    sources: Path | None = None
    database: str | None = None
    moment: datetime | None = None

    @cached_property
    def environment(self) -> Environment:
        """The settings from the environment; a global option wins over its variable."""
        return read_environment(self.environ)

    @cached_property
    def settings(self) -> Settings:
        """The configuration; raises ConfigurationError with every mistake."""
        return load_settings(self.sources or sources_path(self.environ), self.environ)

    @property
    def database_url(self) -> str:
        """Where the store is: --database, else DATABASE_URL, else the default."""
        return self.database or self.environment.database_url

    def open_store(self) -> Store:
        """The store, created or migrated, holding the configuration's sources.

        Where nothing can be written, it is the store as it is: the pages are there all the same.
        """
        settings = self.settings
        key = partial(address_key, self.environment.secret_key, self.database_url)
        store = open_store(self.database_url, key)
        if condition(store) == READ_ONLY:
            return store
        with store.writing() as connection:
            sync(connection, settings)
        return store

    def start_logging(self) -> None:
        """For commands that keep running: log as the environment says."""
        start_logging(self.environment.log_level, self.environment.log_format)

    @cached_property
    def start(self) -> datetime | None:
        """Where our clock starts when it is not the real one: --now, else the demonstration's day."""
        moment = self.moment or self.settings.site.demo_now
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone_info(self.settings.site.timezone))
        return moment.astimezone(UTC) if moment else None

    def standing_clock(self) -> Clock:
        """For one-shot commands: --now stands still, the demonstration's clock ticks."""
        if self.moment and self.start:
            return fixed_clock(self.start)
        return self.ticking_clock()

    def ticking_clock(self) -> Clock:
        """For `serve` and `run`: starts where we start, and ticks."""
        return ticking_clock(self.start) if self.start else real_clock
