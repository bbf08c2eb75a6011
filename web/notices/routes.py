"""Mitmachen and deadlines: pages, a feed for readers, and a calendar or task list."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.export.atom import atom_feed
from aggregator.export.description import FeedDescription
from aggregator.export.ics import assemble
from aggregator.export.notices import announce_notice, render_deadline
from aggregator.model.filters import refusal
from aggregator.model.notices import Notice
from aggregator.model.times import Window
from aggregator.store.notices import current_notices
from aggregator.store.notices import deadlines as stored_deadlines
from web.answering import Kind, Rhythm, answer
from web.calendar.choices import conditions
from web.calendar.windows import LAST_DAY
from web.feeds.routes import ICS, NOTHING_YET
from web.kept import Reply
from web.notices import choosing
from web.notices.wording import Line, Purpose, deadline_line, notice_line, purpose_of
from web.pages import page
from web.scene import Scene
from web.visits import Visit

notices = Blueprint("notices", __name__)

DAILY_PAGE = Kind(Rhythm.DAILY)
DAILY_FEED = Kind(Rhythm.DAILY, negotiates=False, is_open=True, max_age=300)
DEADLINES = Kind(Rhythm.DAILY, own=("as",), negotiates=False, is_open=True, max_age=300)
ATOM = "application/atom+xml; charset=utf-8"
FIRST_DEADLINES = 5
LATEST = 100


@notices.get("/notices")
def joining_in() -> Response:
    """Calls, offers and news that have no date."""
    return answer(DAILY_PAGE, notices_reply)


@notices.get("/notices.atom")
def notices_atom() -> Response:
    """The same for feed readers."""
    return answer(DAILY_FEED, notices_feed)


@notices.get("/deadlines")
def deadlines() -> Response:
    """What has to be done by when."""
    return answer(DAILY_PAGE, deadlines_reply)


@notices.get("/deadlines.ics")
def deadlines_ics() -> Response:
    """The deadlines as days of a calendar, or with ?as=todo as tasks."""
    return answer(DEADLINES, deadlines_calendar)


def notices_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The page: the next deadlines beside what is asked, offered and told."""
    found, due = found_notices(scene, connection), coming_deadlines(scene, connection)
    undated = [each for each in found if each.due_day is None]
    by_purpose = {purpose: [each for each in undated if purpose_of(each) is purpose] for purpose in Purpose}
    return page(
        "notices.html",
        scene,
        title=scene.tongue.gettext("Mitmachen"),
        total=len(found),
        deadlines=[deadline_line(each, scene) for each in due[:FIRST_DEADLINES]],
        deadline_count=len(due),
        parts_of_page=[part(purpose, by_purpose[purpose], scene) for purpose in Purpose if by_purpose[purpose]],
        **surroundings("/notices", found, scene),
    )


def part(purpose: Purpose, found: Sequence[Notice], scene: Scene) -> tuple[str, str, list[Line]]:
    """One part of the page: its anchor, its heading, its lines."""
    say = scene.tongue.gettext
    heading = {
        Purpose.HELP: say("Hilfe gesucht"),
        Purpose.OFFER: say("Angebote"),
        Purpose.NEWS: say("Neues ohne Termin"),
    }[purpose]
    return purpose.value, heading, [notice_line(each, scene) for each in found]


def deadlines_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The page of all deadlines that are not over, the next first."""
    found = coming_deadlines(scene, connection)
    return page(
        "deadlines.html",
        scene,
        title=scene.tongue.gettext("Fristen"),
        total=len(found),
        deadlines=[deadline_line(each, scene) for each in found],
        **surroundings("/deadlines", found, scene),
    )


def surroundings(path: str, found: Sequence[Notice], scene: Scene) -> dict[str, object]:
    """What stands around both lists: the filter, the search, and how to take it along."""
    query = scene.wanted.query()
    return {
        "path": path,
        "chosen": choosing.chosen(path, scene),
        "topics": choosing.topics(path, found, scene),
        "initiatives": choosing.initiatives(path, found, scene),
        "kept_filter": [(name, value) for name, value in parse_qsl(query) if name != "q"],
        "atom_link": scene.links.to("/notices.atom", query),
        "ics_link": scene.links.to("/deadlines.ics", query),
        "todo_link": scene.links.to("/deadlines.ics", "&".join(filter(None, (query, "as=todo")))),
        "notices_link": scene.links.to("/notices", query),
        "deadlines_link": scene.links.to("/deadlines", query),
    }


def notices_feed(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The newest notices as Atom."""
    found = found_notices(scene, connection)[:LATEST]
    feed = description("/notices.atom", "/notices", scene.tongue.gettext("Mitmachen"), found, scene)
    return Reply(atom_feed((announce_notice(each, feed) for each in found), feed), ATOM)


def deadlines_calendar(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The deadlines for calendar programs."""
    form = visit.own.get("as", "event")
    if form not in ("event", "todo"):
        raise refusal("as", "Hier geht nur event oder todo", "Only event or todo is possible here")
    found = coming_deadlines(scene, connection)
    feed = description("/deadlines.ics", "/deadlines", scene.tongue.gettext("Fristen"), found, scene)
    fragments = [render_deadline(each, feed, as_todo=form == "todo") for each in found]
    return Reply(assemble(fragments, scene.settings.site, feed.title), ICS)


def found_notices(scene: Scene, connection: Connection) -> tuple[Notice, ...]:
    """The wanted notices that are not over.

    Raises FilterError for conditions that no notice can meet.
    """
    choosing.refuse_event_filters(scene.wanted)
    return current_notices(connection, scene.today, scene.wanted)


def coming_deadlines(scene: Scene, connection: Connection) -> tuple[Notice, ...]:
    """The wanted deadlines that are not over.

    Raises FilterError for conditions that no notice can meet.
    """
    choosing.refuse_event_filters(scene.wanted)
    return stored_deadlines(connection, Window(scene.today, LAST_DAY), scene.wanted)


def description(path: str, page_path: str, name: str, found: Sequence[Notice], scene: Scene) -> FeedDescription:
    """What the feed says of itself."""
    site, query = scene.settings.site, scene.wanted.query()
    wanted = ", ".join(words for words, _ in conditions(scene))
    return FeedDescription(
        title=": ".join(filter(None, (f"{site.title} – {name}", wanted))),
        self_url=site.base_url + scene.links.to(path, query),
        page_url=site.base_url + scene.links.to(page_path, query),
        site=site,
        initiatives=scene.initiatives,
        topics=scene.settings.topics,
        language=scene.language,
        updated=max((max(each.published, each.changed_at) for each in found), default=NOTHING_YET),
    )
