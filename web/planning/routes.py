"""The page for those who plan a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.model.filters import EventFilter, day_of
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.times import Window
from aggregator.store import calendar
from web.answering import Kind, Rhythm, answer
from web.calendar.windows import FIRST_DAY, LAST_DAY
from web.embed.builder import Option
from web.kept import Reply
from web.pages import page
from web.planning.clash import clash, looked_at
from web.scene import Scene
from web.visits import Visit

planning = Blueprint("planning", __name__)

CLASH = Kind(Rhythm.DAILY, own=("date",))
PLACES_OFFERED = timedelta(days=90)


@planning.get("/clash")
def clash_page() -> Response:
    """What stands against a date."""
    return answer(CLASH, clash_reply)


def schools_known(day: date, known: Sequence[SchoolHoliday]) -> bool:
    """Whether the day lies between the first and the last school holidays that we know of."""
    return any(one.last >= day for one in known) and any(one.first <= day for one in known)


def clash_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The judgement of the day asked for; the form alone when none was."""
    settings = scene.settings
    asked = day_of("date", visit.own["date"]) if "date" in visit.own else None
    day = min(max(asked, FIRST_DAY + timedelta(days=30)), LAST_DAY - timedelta(days=30)) if asked else None
    # Whatever the topic: a rival is a rival.
    around = calendar.listings(connection, looked_at(day, scene.today), EventFilter()) if day else ()
    judged = clash(around, day, scene) if day else None
    ahead = Window(scene.today, scene.today + PLACES_OFFERED)
    return page(
        "clash.html",
        scene,
        title=scene.tongue.gettext("Passt der Termin?"),
        own_query=urlencode({"date": day.isoformat()}) if day else "",
        clash=judged,
        day=(day or scene.today + timedelta(days=14)).isoformat(),
        day_link=scene.links.day(EventFilter(), day) if day else "",
        topics=[Option(one.id, one.label(scene.language), one.id in scene.wanted.topics) for one in settings.topics],
        place=" ".join(scene.wanted.places[:1]),
        places=list(calendar.place_counts(connection, ahead, EventFilter()))[:60],
        hidden=[("lang", scene.links.language)] if scene.links.language else [],
        holidays_known=bool(settings.site.state),
        schools_known=day is not None and schools_known(day, settings.site.school_holidays),
    )
