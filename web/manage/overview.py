"""The first page of the console: how the calendars are doing, what is coming, what changed last."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aggregator.export import dates
from aggregator.model.corrections import HIDDEN
from aggregator.model.filters import EventFilter
from aggregator.model.health import FetchEntry, Outcome, SourceOverview
from aggregator.model.times import Window, horizon
from aggregator.store import alliance_pages, alliances, calendar, corrections, fetches, sources, suggestions
from web.calendar.agenda import soonest_of_each
from web.embed.options import HEIGHTS, LIST
from web.embed.snippets import frame
from web.health.status import SourceLine, moment_words, source_line
from web.initiatives.dates_ahead import dated_row
from web.manage.alliance_events import choice_of
from web.manage.desk import Desk, looking
from web.manage.wording import done_words
from web.taking import forms

overview = Blueprint("overview", __name__)

SHOWN = 12
LOGGED = 10


@dataclass(frozen=True, slots=True)
class LogLine:
    """One attempt at a calendar in words."""

    when: str
    host: str
    words: str


@overview.get("/manage/<token>")
def console(token: str) -> Response:
    """Everything at a glance."""
    with looking(token) as desk:
        theirs = sources_of(desk)
        wanted = EventFilter(initiatives=(desk.initiative.id,))
        ahead = Window(desk.scene.today, horizon(desk.scene.today).last)
        coming = soonest_of_each(calendar.listings(desk.connection, ahead, wanted))
        base = desk.scene.settings.site.base_url
        address = f"{base}/embed?{wanted.query()}"
        return desk.page(
            "manage.html",
            done=done_words(request.args.get("done", ""), desk.scene),
            sources=[source_line(each, desk.scene) for each in theirs],
            paused={each.source.id for each in theirs if each.source.paused},
            own={each.source.id for each in theirs if each.source.is_own},
            rows=[dated_row(listing, desk.scene, desk.initiative.name) for listing in coming[:SHOWN]],
            event_ids=[listing.published.identity.id for listing in coming[:SHOWN]],
            coming=len(coming),
            hidden=hidden_of(desk),
            log=log_of(desk, theirs),
            expires=dates.long_day(desk.owner.expires_at.date(), desk.scene.language),
            feeds=[(form.words, base + form.link) for form in forms(wanted, desk.scene)],
            snippet=frame(address, desk.initiative.name, HEIGHTS[LIST]),
            doubtful=len(suggestions.waiting(desk.connection, desk.scene.now, (desk.initiative.id,))),
            wishes=wishes(desk),
        )


def wishes(desk: Desk) -> int:
    """How much waits for a word of the alliance: who asked to belong, and events of members to be approved."""
    mine, connection = desk.initiative.id, desk.connection
    asked = sum(one.approved_at is None for one in alliances.of_umbrella(connection, mine))
    return asked + (len(choice_of(desk).waiting) if alliance_pages.is_choosing(connection, mine) else 0)


def sources_of(desk: Desk) -> list[SourceOverview]:
    """How the initiative's calendars are doing."""
    return [each for each in sources.overviews(desk.connection) if each.source.initiative == desk.initiative.id]


def hidden_of(desk: Desk) -> list[tuple[str, str]]:
    """The events that the owner hid: id and title."""
    said = corrections.load(desk.connection)
    return [(one.event, one.value) for one in said if one.field == HIDDEN and one.by == desk.by]


def log_of(desk: Desk, theirs: list[SourceOverview]) -> list[LogLine]:
    """What the last fetches changed, the latest first."""
    entries = [
        (entry, source_line(each, desk.scene))
        for each in theirs
        for entry in fetches.recent(desk.connection, each.source.id, LOGGED)
    ]
    entries.sort(key=lambda pair: pair[0].at, reverse=True)
    return [log_line(entry, line, desk) for entry, line in entries[:LOGGED]]


def log_line(entry: FetchEntry, line: SourceLine, desk: Desk) -> LogLine:
    """One attempt in words."""
    return LogLine(moment_words(entry.at, desk.scene), line.host, outcome_words(entry, desk))


def outcome_words(entry: FetchEntry, desk: Desk) -> str:
    """What one attempt came to."""
    say = desk.scene.tongue.gettext
    if entry.failure:
        return entry.failure.sentence(desk.scene.language)
    if entry.outcome is Outcome.UNCHANGED:
        return say("nichts Neues")
    counts = ((entry.added, say("neu")), (entry.changed, say("geändert")), (entry.withdrawn, say("zurückgezogen")))
    return ", ".join(f"{number} {words}" for number, words in counts if number) or say("gelesen")
