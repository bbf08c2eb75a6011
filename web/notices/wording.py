"""One notice or deadline, ready for the template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aggregator.export import dates
from aggregator.model.notices import Notice
from web.calendar.texts import excerpt, host_of, safe_link
from web.scene import Scene

SOON_DAYS = 7
WEEKS_FROM = 14

HELP = re.compile(
    r"\b(?:gesucht|wir suchen|suchen wir|suche nach|helfer|helfende|mithelfen|freiwillige|ehrenamt|mitmachen"
    r"|patin|pate[nr]?|volunteers? (?:wanted|needed)|helpers?)\w*",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"\b(?:zu verleihen|verleih|zu verschenken|zu vergeben|abzugeben|raum für|räume für|wir bieten|bieten wir|beratung"
    r"|förder(?:mittel|ung)|stipendi|ausleihen|we offer|for rent|to give away)\w*",
    re.IGNORECASE,
)


class Purpose(StrEnum):
    """What a notice wants of its reader; `value` is the anchor of its part of the page."""

    HELP = "hilfe"
    OFFER = "angebote"
    NEWS = "neues"


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: what it is about, by whom, and until when it is shown or due.

    `link` leads to the page of who tells it; without one the title is not pressed.
    """

    id: str
    title: str
    text: str
    by: str
    link: str
    host: str
    when: str
    iso: str
    left: str
    is_soon: bool


def purpose_of(notice: Notice) -> Purpose:
    """What it wants, told by the words of its title, else of its text."""
    for text in (notice.record.title, notice.record.description):
        if HELP.search(text):
            return Purpose.HELP
        if OFFER.search(text):
            return Purpose.OFFER
    return Purpose.NEWS


def notice_line(notice: Notice, scene: Scene) -> Line:
    """A notice without a deadline: when it was published."""
    published = notice.published.date()
    when = scene.tongue.gettext("vom %(day)s", day=dates.day_span(published, published, scene.language))
    return line(notice, when, published, scene)


def deadline_line(notice: Notice, scene: Scene) -> Line:
    """A deadline: its day, and how long is left."""
    day = notice.last_day
    pattern = "d. MMM" if scene.language == "de" else "d MMM"
    return line(notice, dates.formatted(day, pattern, scene.language, False).rstrip("."), day, scene)


def line(notice: Notice, when: str, day: date, scene: Scene) -> Line:
    """The line with its time in words."""
    record, link = notice.record, safe_link(notice.record.link)
    left = (notice.last_day - scene.today).days
    return Line(
        id=record.id,
        title=record.title,
        text=excerpt(record.description),
        by=scene.name_of(notice.initiative),
        link=link,
        host=host_of(link),
        when=when,
        iso=day.isoformat(),
        left=left_words(left, scene),
        is_soon=left <= SOON_DAYS,
    )


def left_words(days: int, scene: Scene) -> str:
    """How long is left: "nur noch heute", "noch 3 Tage", "in 3 Wochen"."""
    if days <= 0:
        return scene.tongue.gettext("nur noch heute")
    if days <= WEEKS_FROM:
        return scene.tongue.ngettext("noch %(num)d Tag", "noch %(num)d Tage", days)
    return scene.tongue.ngettext("in %(num)d Woche", "in %(num)d Wochen", days // 7)
