"""An initiative's own page, and the common page of an alliance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.health import SourceOverview
from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import members_of
from web.calendar.choices import Choice
from web.calendar.rows import Row
from web.calendar.texts import Line, excerpt, host_of, paragraphs, safe_link
from web.health.status import SourceLine, source_line
from web.initiatives.dates_ahead import dated_row
from web.initiatives.directory import umbrella_of
from web.scene import Scene

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything on the page; `common_link` leads to the calendar of an alliance, "" when it is none."""

    name: str
    kind: str
    summary: str
    text: tuple[tuple[Line, ...], ...]
    topics: tuple[tuple[str, str], ...]
    place: str
    map_link: str
    website: str
    website_host: str
    umbrella: tuple[str, str]
    members: tuple[Choice, ...]
    common_link: str
    rows: tuple[Row, ...]
    coming: int
    sources: tuple[SourceLine, ...]
    is_demo: bool
    contact: str


def profile(one: Initiative, listings: Sequence[Listing], sources: Sequence[SourceOverview], scene: Scene) -> Profile:
    """The page; `listings` are its coming events, each once."""
    website = safe_link(one.homepage)
    members = members_of(one.id, scene.initiatives)
    is_placed = one.latitude is not None
    return Profile(
        name=one.name,
        kind=one.kind,
        summary=excerpt(one.text),
        text=paragraphs(one.text),
        topics=tuple((scene.topic_label(topic), topic_link(topic, scene)) for topic in one.topics),
        place=one.place,
        map_link=scene.links.map(EventFilter(), "initiatives") if is_placed else "",
        website=website,
        website_host=host_of(website),
        umbrella=umbrella_of(one, scene),
        members=member_choices(members, scene),
        common_link=scene.links.umbrella(one.id) if members else "",
        rows=tuple(dated_row(listing, scene, one.name) for listing in listings[:SHOWN]),
        coming=len(listings),
        sources=tuple(source_line(each, scene) for each in sources if each.source.initiative == one.id),
        is_demo=one.demo,
        contact=one.contact,
    )


def topic_link(topic: str, scene: Scene) -> str:
    """Others in the directory that work on the same."""
    return scene.links.directory(EventFilter(topics=(topic,)))


def member_choices(members: Sequence[Initiative], scene: Scene) -> tuple[Choice, ...]:
    """The members as a list to press."""
    return tuple(Choice(one.name, scene.links.initiative(one.id), None, False) for one in members)
