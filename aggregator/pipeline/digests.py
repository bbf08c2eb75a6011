"""The weekly mail's worker: once a week each subscription's mail is written and queued, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from sqlalchemy import Connection

from aggregator.errors import FilterError
from aggregator.mail.digest import Teller, Week, digest_mail
from aggregator.mail.wording import letterhead
from aggregator.model.digests import Digest, due_week
from aggregator.model.events import Listing
from aggregator.model.filters import parse_filter
from aggregator.model.mail import Contact
from aggregator.model.records import Status
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative
from aggregator.model.times import Window, horizon, zone_info
from aggregator.store import calendar, digests, mails, queries
from aggregator.store.database import Store

AT_ONCE = 100
DAYS = timedelta(days=7)
MOST_LISTED = 200
MOST_NEW = 8
SEARCHED = 300


@dataclass(frozen=True, slots=True)
class Edition:
    """One week's mails: its name, the moment (UTC), who announces, and what each filter finds."""

    week: str
    now: datetime
    site: Site
    initiatives: Mapping[str, Initiative]
    found: Mapping[str, Week | None]


def queue_due(store: Store, settings: Settings, now: datetime) -> int:
    """Queue the mails of this week that are due; returns how many subscriptions were told or had nothing to hear."""
    site, name = settings.site, due_week(settings.site, now)
    if not name:
        return 0
    with store.reading() as connection:
        waiting = digests.due(connection, name, AT_ONCE)
        found = {query: week_of(query, site, now, connection) for query in {digest.query for digest in waiting}}
        edition = Edition(name, now, site, queries.initiatives(connection), found)
    for digest in waiting:
        with store.writing() as connection:
            tell(connection, digest, edition)
    return len(waiting)


def tell(connection: Connection, digest: Digest, edition: Edition) -> None:
    """Queue one mail and note the week, in one transaction; an empty week is noted only."""
    found, site = edition.found[digest.query], edition.site
    if not digests.claim(connection, digest.token, edition.week) or found is None or found.is_empty:
        return
    teller = Teller(letterhead(site), site.timezone, digest.language, edition.initiatives)
    leave = f"{site.base_url}/digest/leave/{digest.token}"
    mail = digest_mail(replace(found, title=digest.title), teller, Contact(digest.address, digest.language), leave)
    mails.queue(connection, mail, edition.now)


def week_of(query: str, site: Site, now: datetime, connection: Connection) -> Week | None:
    """What the filter finds in the next seven days, today among them; None for one that is none any more."""
    try:
        wanted = parse_filter(parse_qsl(query)).without_dates
    except FilterError:
        return None
    today = now.astimezone(zone_info(site.timezone)).date()
    window = Window(today, today + DAYS)
    found = calendar.listings(connection, window, wanted, MOST_LISTED)
    listed = [one for one in found if is_ahead(one, now)]
    known = {one.published.identity.id for one in listed}
    later = calendar.soonest(connection, Window(window.last, horizon(today).last), wanted, SEARCHED)
    newly = [one for one in later if one.published.identity.created_at > now - DAYS and is_ahead(one, now)]
    new = [one for one in newly if one.published.identity.id not in known]
    link = f"{site.base_url}/?{query}" if query else f"{site.base_url}/"
    last = window.last - timedelta(days=1)
    more, is_cut = max(0, len(new) - MOST_NEW), len(found) == MOST_LISTED
    return Week("", link, today, last, tuple(listed), tuple(new[:MOST_NEW]), more, is_cut)


def is_ahead(listing: Listing, now: datetime) -> bool:
    """Whether it is not over, and its source still announces it."""
    return listing.occurrence.ends_at > now and listing.published.event.status is not Status.WITHDRAWN
