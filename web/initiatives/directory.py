"""The directory: one line for each initiative, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import members_of
from web.calendar.texts import host_of, safe_link
from web.initiatives.dates_ahead import NextDate, next_date
from web.scene import Scene

A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who, what for, where, and what is on next."""

    id: str
    name: str
    link: str
    text: str
    topics: tuple[str, ...]
    first_topic: str
    place: str
    website: str
    website_host: str
    umbrella: tuple[str, str]
    members: int
    next: NextDate | None
    coming: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What is ahead, by initiative: the next few occurrences, and how many events in all."""

    next: Mapping[str, Sequence[Listing]]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of lines; `total` counts those of all pages, `active` those with something ahead."""

    entries: tuple[Entry, ...]
    total: int
    active: int
    earlier: str
    later: str


def directory(found: Sequence[Initiative], coming: Coming, scene: Scene, letter: str, number: int) -> Directory:
    """The lines of page `number`, with the addresses of its neighbours ("" where there is none)."""
    start, links = (number - 1) * A_PAGE, scene.links
    shown = found[start : start + A_PAGE]
    return Directory(
        entries=tuple(entry(one, coming, scene) for one in shown),
        total=len(found),
        active=sum(bool(coming.counts.get(one.id)) for one in found),
        earlier=links.directory(scene.wanted, letter, number - 1) if number > 1 else "",
        later=links.directory(scene.wanted, letter, number + 1) if len(found) > start + A_PAGE else "",
    )


def entry(one: Initiative, coming: Coming, scene: Scene) -> Entry:
    """The line of one initiative."""
    website = safe_link(one.homepage)
    return Entry(
        id=one.id,
        name=one.name,
        link=scene.links.initiative(one.id),
        text=" ".join(one.text.split()),
        topics=tuple(scene.topic_label(topic) for topic in one.topics),
        first_topic=next(iter(one.topics), ""),
        place=one.place,
        website=website,
        website_host=host_of(website),
        umbrella=umbrella_of(one, scene),
        members=len(members_of(one.id, scene.initiatives)),
        next=next_date(coming.next.get(one.id, ()), scene),
        coming=coming.counts.get(one.id, 0),
    )


def umbrella_of(one: Initiative, scene: Scene) -> tuple[str, str]:
    """Name and address of the alliance it belongs to; both "" when it belongs to none."""
    if one.umbrella is None or one.umbrella not in scene.initiatives:
        return "", ""
    return scene.name_of(one.umbrella), scene.links.umbrella(one.umbrella)


def title(scene: Scene) -> str:
    """The heading of the page."""
    say, town = scene.tongue.gettext, scene.settings.site.region_name
    return say("Initiativen in %(town)s", town=town) if town else say("Initiativen")


def subtitle(shown: Directory, scene: Scene) -> str:
    """ "29 Initiativen, 27 davon mit kommenden Terminen."."""
    groups = scene.tongue.ngettext("%(num)d Initiative", "%(num)d Initiativen", shown.total)
    if shown.active == shown.total:
        return groups if shown.total else ""
    return scene.tongue.gettext(
        "%(groups)s, %(active)d davon mit kommenden Terminen", groups=groups, active=shown.active
    )


def is_narrowed(wanted: EventFilter, letter: str) -> bool:
    """Whether anything keeps initiatives off the page."""
    return bool(letter) or not wanted.is_empty
