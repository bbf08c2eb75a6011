"""The only place that reads the time; everything else is given a moment or a `Clock`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


def fixed_clock(moment: datetime) -> Clock:
    """A clock that stands still, for one-shot commands with --now."""
    return lambda: moment.astimezone(UTC)


def ticking_clock(moment: datetime, started: datetime | None = None) -> Clock:
    """A clock that shows `moment` at `started` (real UTC time, now unless given) and ticks on from there."""
    offset = moment.astimezone(UTC) - (started or real_clock())
    return lambda: real_clock() + offset
