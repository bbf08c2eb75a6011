"""Who wants a mail each week about which events, and when these mails go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from aggregator.model.settings import Site
from aggregator.model.times import zone_info

# An address whose mail came back so many weeks in a row is nobody's any more.
RETURNED_AT_MOST = 3
# A server that was down on the morning still tells the week, but nobody wants it at the weekend.
LATE_BY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Digest:
    """One subscription: the filter as a query, its words, and the week that was told last, such as "2026-W48".

    `returned` is for how many weeks in a row its mail came back, the last time that of `returned_week`.

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
    returned: int = 0
    returned_week: str | None = None


def due_week(site: Site, now: datetime) -> str:
    """The week whose mails are to go out now, such as "2026-W48"; "" when it is not the time."""
    morning = last_morning(site, now)
    year, week, _ = morning.isocalendar()
    return f"{year:04}-W{week:02}" if now - morning < LATE_BY else ""


def next_morning(site: Site, now: datetime) -> datetime:
    """When the next mails go out, in the town's own time."""
    return morning_on(site, last_morning(site, now).date() + timedelta(days=7))


def last_morning(site: Site, now: datetime) -> datetime:
    """When the last mails were to go out, in the town's own time; at the latest now."""
    today = now.astimezone(zone_info(site.timezone)).date()
    morning = morning_on(site, today - timedelta(days=(today.weekday() - site.digest_day) % 7))
    # On the day itself, before the hour, it was a week ago.
    return morning if morning <= now else morning_on(site, morning.date() - timedelta(days=7))


def morning_on(site: Site, day: date) -> datetime:
    """The hour of that day."""
    return datetime.combine(day, time(site.digest_hour), zone_info(site.timezone))
