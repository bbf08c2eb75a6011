"""A simulated week of one feed: the scheduler's clock jumps from one due moment to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.prove.hostile.server import HostileServer
from tests.prove.hostile.town import Town

Era = tuple[timedelta, str]


def live_through(town: Town, server: HostileServer, name: str, eras: Sequence[Era]) -> list[tuple[datetime, str]]:
    """Visit /live/<name> whenever it is due, while it serves each case for its time; when it was asked for what."""
    asked, era_ends = [], town.now
    for length, case in eras:
        server.set_live(name, case)
        era_ends += length
        while (due := next_due(town)) is not None and due < era_ends:
            town.now = max(town.now, due)
            if not town.tick():
                break
            asked.append((town.now, case))
        town.now = max(town.now, era_ends)
    return asked


def next_due(town: Town) -> datetime | None:
    """When the feed is due; a new one now."""
    return town.overview().state.next_at or town.now
