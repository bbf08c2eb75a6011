"""The calendar for calendar programs and feed readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from aggregator.export.atom import render_atom
from aggregator.export.description import FeedDescription
from aggregator.export.ics import assemble, assemble_packed, block, render
from aggregator.export.jsonfeed import render_json_feed
from aggregator.export.reader_options import ReaderOptions
from aggregator.export.rss import render_rss
from aggregator.export.vevent import Rendering
from aggregator.model.events import PublishedEvent
from aggregator.model.times import Window
from aggregator.store import calendar, feed_blocks, queries
from web.answering import FEED, Build, Kind, Rhythm, answer
from web.calendar.agenda import without_runs
from web.calendar.choices import conditions
from web.feeds.reader_options import OPTIONS, read_reader_options
from web.kept import Reply
from web.scene import Scene
from web.services import current_services
from web.visits import Visit

feeds = Blueprint("feeds", __name__)

ICS = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
LATEST = 100
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)
CALENDAR = Kind(Rhythm.NEVER, own=OPTIONS, negotiates=False, is_open=True, max_age=300)

UPCOMING = Kind(Rhythm.DAILY, negotiates=False, is_open=True, max_age=300)
NEXT_DAYS = timedelta(days=14)

Render = Callable[[Sequence[PublishedEvent], FeedDescription], bytes]


@feeds.get("/calendar.ics")
def calendar_ics() -> Response:
    """All wanted events as one calendar; with ?expand=1 every occurrence as an event of its own."""
    return whole_feed("calendar.ics")


@feeds.get("/event/<event_id:event_id>.ics")
def event_ics(event_id: str) -> Response:
    """One event as a calendar, whole series and all."""
    return answer(CALENDAR, lambda visit, scene, connection: one_event(event_id, visit, scene, connection))


@feeds.get("/calendar.atom")
def calendar_atom() -> Response:
    """What was announced or changed last, as Atom (RFC 4287)."""
    return whole_feed("calendar.atom")


@feeds.get("/calendar.rss")
def calendar_rss() -> Response:
    """What was announced or changed last, as RSS 2.0."""
    return whole_feed("calendar.rss")


@feeds.get("/calendar.json")
def calendar_json() -> Response:
    """What was announced or changed last, as JSON Feed 1.1."""
    return whole_feed("calendar.json")


@feeds.get("/upcoming.atom")
def upcoming_atom() -> Response:
    """What takes place next, as Atom."""
    return whole_feed("upcoming.atom")


@feeds.get("/upcoming.rss")
def upcoming_rss() -> Response:
    """What takes place next, as RSS."""
    return whole_feed("upcoming.rss")


def whole_feed(name: str) -> Response:
    """The feed of that name, of all that the visitor's filter wants."""
    return answer(*WHOLE_FEEDS[name])


def whole_calendar(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The calendar from stored bytes, or rendered anew for a reader with quirks."""
    options = read_reader_options(visit.own)
    if options == ReaderOptions() and scene.wanted.is_empty:
        kept = current_services().generations
        blocks = feed_blocks.load(connection, block, kept.blocks)
        kept.remember(blocks)
        return Reply(b"", ICS, packed=assemble_packed(blocks, scene.settings.site, feed_title(scene)))
    if options == ReaderOptions():
        fragments = queries.feed_fragments(connection, scene.wanted)
    else:
        apart = options.expands and scene.wanted.asks_for_dates
        read = calendar.with_wanted_dates if apart else queries.feed_events
        fragments = tuple(rendered(event, options, scene) for event in read(connection, scene.wanted))
    return Reply(assemble(fragments, scene.settings.site, feed_title(scene)), ICS)


def one_event(event_id: str, visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The calendar of one event; an old id leads to the new one."""
    published = queries.published(connection, event_id)
    if published is None:
        target = queries.alias_of(connection, event_id)
        if target is None:
            abort(404)
        return Reply(b"", ICS, 301, (("Location", scene.links.to(f"/event/{target}.ics")),))
    fragment = rendered(published, read_reader_options(visit.own), scene)
    headers = (("Content-Disposition", f'attachment; filename="{event_id}.ics"'),)
    return Reply(assemble((fragment,), scene.settings.site, published.event.title), ICS, headers=headers)


def rendered(published: PublishedEvent, options: ReaderOptions, scene: Scene) -> bytes:
    """The VEVENTs of one event."""
    settings = scene.settings
    return render(Rendering(published, settings.site, scene.initiatives, settings.topics, scene.language, options))


def news(name: str, render: Render, media_type: str) -> Callable[[Visit, Scene, Connection], Reply]:
    """How a feed of this kind is built."""

    def build(visit: Visit, scene: Scene, connection: Connection) -> Reply:
        entries = queries.recently_changed(connection, scene.wanted, LATEST)
        return Reply(render(entries, description(name, entries, scene)), media_type)

    return build


def coming_up(name: str, render: Render, media_type: str) -> Callable[[Visit, Scene, Connection], Reply]:
    """How a feed of the next days is built: every date an entry of its own, in the order of the days."""

    def build(visit: Visit, scene: Scene, connection: Connection) -> Reply:
        ahead = Window(scene.today, scene.today + NEXT_DAYS)
        listings = without_runs(calendar.listings(connection, ahead, scene.wanted.without_dates, LATEST), scene)
        entries = [
            replace(each.published, event=replace(each.published.event, occurrences=(each.occurrence,)))
            for each in listings
        ]
        return Reply(render(entries, replace(description(name, entries, scene), by_date=True)), media_type)

    return build


def description(name: str, entries: Sequence[PublishedEvent], scene: Scene) -> FeedDescription:
    """What the feed says of itself."""
    site = scene.settings.site
    return FeedDescription(
        title=feed_title(scene),
        self_url=site.base_url + scene.links.feed(name, scene.wanted),
        page_url=site.base_url + scene.links.agenda(scene.wanted),
        site=site,
        initiatives=scene.initiatives,
        topics=scene.settings.topics,
        language=scene.language,
        updated=max((entry.identity.modified_at for entry in entries), default=NOTHING_YET),
    )


def feed_title(scene: Scene) -> str:
    """The site's title, and what the filter leaves of it."""
    wanted = scene.saved_title or ", ".join(words for words, _ in conditions(scene))
    return f"{scene.settings.site.title}: {wanted}" if wanted else scene.settings.site.title


WHOLE_FEEDS: dict[str, tuple[Kind, Build]] = {
    "calendar.ics": (CALENDAR, whole_calendar),
    "calendar.atom": (FEED, news("calendar.atom", render_atom, ATOM)),
    "calendar.rss": (FEED, news("calendar.rss", render_rss, RSS)),
    "calendar.json": (FEED, news("calendar.json", render_json_feed, JSON)),
    "upcoming.atom": (UPCOMING, coming_up("upcoming.atom", render_atom, ATOM)),
    "upcoming.rss": (UPCOMING, coming_up("upcoming.rss", render_rss, RSS)),
}
"""Every feed that can be of everything: how it is answered, and what builds it."""
