"""Who wants a mail each week about which events, and when these mails go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from aggregator.model.settings import Site
from aggregator.model.times import zone_info

# A server that was down on the morning still tells the week, but nobody wants it at the weekend.
LATE_BY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Digest:
    """One subscription: the filter as a query, its words, and the week that was told last, such as "2026-W48".

    Whoever knows the `token` can confirm and leave, nothing else. Times are UTC.
    """

    token: str = field(repr=False)
    address: str = field(repr=False)
    query: str
    title: str
    language: str
    asked_at: datetime
    confirmed_at: datetime | None = None
    sent_week: str = ""


def due_week(site: Site, now: datetime) -> str:
    """The week whose mails are to go out now, such as "2026-W48"; "" when it is not the time."""
    zone = zone_info(site.timezone)
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - site.digest_day) % 7)
    morning = datetime.combine(day, time(site.digest_hour), zone)
    # On the day itself, before the hour, the last morning was a week ago.
    is_time = timedelta() <= now - morning < LATE_BY
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}" if is_time else ""
