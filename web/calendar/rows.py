"""One line of a listing: when, what, where, and what is special about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, Listing, MergedEvent, PublishedEvent
from aggregator.model.facts import Reply
from aggregator.model.linkage import Relation
from aggregator.model.notices import Notice
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.text import key
from web.calendar.quick import SIGN_LANGUAGE, language_words
from web.calendar.texts import safe_link
from web.scene import Scene

ALSO_SHOWN = 3


@dataclass(frozen=True, slots=True)
class State:
    """A worded tag: `kind` is its class in the style sheet, `icon` its shape."""

    kind: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A short good-to-know with its icon, such as "kostenlos"."""

    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence on one day, ready for the template.

    `iso` is its start for machines. `left_place` is where it usually is, when it is elsewhere this
    time. `also` are the first few names of others who announce it, `also_more` how many are left.
    """

    title: str
    link: str
    iso: str
    time: str
    end: str
    place: str
    left_place: str
    by: str
    note: str
    series: str
    online: bool
    flags: tuple[Flag, ...]
    states: tuple[State, ...]
    also: tuple[str, ...]
    also_more: int
    also_link: str

    @property
    def time_in_words(self) -> bool:
        """Whether the time column holds more than an hour, and so must be able to wrap."""
        return ":" not in self.time or "." in self.end or "/" in self.end

    @property
    def modifier(self) -> str:
        """The class of its most weighty state that has one."""
        return self.states[0].kind if self.states else ""


def row(listing: Listing, day: date, scene: Scene) -> Row:
    """The line of an occurrence in the list of `day`."""
    occurrence, event = listing.occurrence, listing.published.event
    time, end = time_words(occurrence, day, scene)
    place = place_of(event, occurrence)
    others = [scene.name_of(initiative) for initiative in also_announcing(event, occurrence)]
    return Row(
        title=occurrence.title or event.title,
        link=link_of(listing.published, occurrence, scene),
        iso=occurrence.start.iso(),
        time=time,
        end=end,
        place=short_place(place),
        left_place=short_place(event.place) if is_elsewhere(event, occurrence) else "",
        by=announcer(event, place, scene),
        note=since_when(occurrence, scene),
        series=dates.recurrence_words(event, scene.language, scene.zone),
        online=place.online,
        flags=flags_of(event, place, scene),
        states=states_of(event, occurrence, scene),
        also=tuple(others[:ALSO_SHOWN]),
        also_more=max(0, len(others) - ALSO_SHOWN),
        also_link=link_of(listing.published, occurrence, scene, "quellen"),
    )


def deadline_row(notice: Notice, scene: Scene) -> Row:
    """The line of a deadline on the day on which it ends; it leads to the page of who set it."""
    say, record = scene.tongue.gettext, notice.record
    return Row(
        title=record.title,
        link=safe_link(record.link) or scene.links.to("/deadlines"),
        iso=notice.last_day.isoformat(),
        time=say("bis 24 Uhr"),
        end="",
        place=short_place(record.place),
        left_place="",
        by=scene.name_of(notice.initiative),
        note="",
        series="",
        online=False,
        flags=(),
        states=(State("deadline", "deadline", say("Frist endet")),),
        also=(),
        also_more=0,
        also_link="",
    )


def flags_of(event: MergedEvent, place: Place, scene: Scene) -> tuple[Flag, ...]:
    """What is known and good to know; nothing is said where nobody told, or told "no"."""
    say, facts = scene.tongue.gettext, event.facts
    flags = []
    if facts.free.reply is Reply.YES:
        flags.append(Flag("free", say("gegen Spende") if "spende" in key(facts.free.evidence) else say("kostenlos")))
    if facts.accessible.reply is Reply.YES:
        flags.append(Flag("accessible", say("barrierefrei")))
    if facts.children.reply is Reply.YES:
        flags.append(Flag("child", say("für Kinder")))
    if place.online or facts.online.reply is Reply.YES:
        flags.append(Flag("online", say("online")))
    foreign = (code for code in facts.languages if code != scene.settings.site.languages[0])
    flags.extend(Flag("sign" if code == SIGN_LANGUAGE else "globe", language_words(code, scene)) for code in foreign)
    return tuple(flags)


def link_of(published: PublishedEvent, occurrence: EventOccurrence, scene: Scene, fragment: str = "") -> str:
    """The page of an occurrence: a series says which one is meant."""
    on = occurrence.start.local_day(scene.zone) if published.event.is_series else None
    return scene.links.event(published.identity.id, on, fragment)


def time_words(occurrence: EventOccurrence, day: date, scene: Scene) -> tuple[str, str]:
    """What stands in the time column on `day`: the beginning, and the end below it."""
    first, last = occurrence.days(scene.zone)
    until_day = scene.tongue.gettext("bis %(day)s", day=tiny_day(last, scene)) if last > day else ""
    if occurrence.start.is_date:
        # The column is narrower than the word: a soft hyphen says where it may break.
        return scene.tongue.gettext("ganz\u00adtägig"), until_day
    end = dates.end_of(occurrence, scene.zone)
    end_hour = scene.tongue.gettext("bis %(time)s", time=hour_words(end.hour, end.minute)) if end else ""
    if day > first:
        return scene.tongue.gettext("läuft"), until_day or end_hour
    return dates.clock(occurrence.start.local(scene.zone), scene.language), until_day or end_hour


def tiny_day(day: date, scene: Scene) -> str:
    """ "Sa 5.12." for the narrowest column."""
    pattern = "ccc d.M." if scene.language == "de" else "ccc d/M"
    return dates.formatted(day, pattern, scene.language, False)


def hour_words(hour: int, minute: int) -> str:
    """The hour of an end: a day ends at 24, not at 0."""
    return "24:00" if (hour, minute) == (0, 0) else f"{hour:02}:{minute:02}"


def place_of(event: MergedEvent, occurrence: EventOccurrence) -> Place:
    """Where the occurrence is."""
    return occurrence.place or event.place


def short_place(place: Place) -> str:
    """The name of a place; its address only when it has no name."""
    return place.name or place.address


def is_elsewhere(event: MergedEvent, occurrence: EventOccurrence) -> bool:
    """Whether this occurrence is not where the series usually is."""
    usual, here = short_place(event.place), short_place(place_of(event, occurrence))
    return bool(usual and here and key(usual) != key(here))


def announcer(event: MergedEvent, place: Place, scene: Scene) -> str:
    """The leading initiative, unless it is the house itself and the place says so already."""
    if not event.initiatives:
        return ""
    name = scene.name_of(event.initiatives[0])
    return "" if key(name) in key(place.text) or key(place.name) == key(name) else name


def also_announcing(event: MergedEvent, occurrence: EventOccurrence) -> tuple[str, ...]:
    """The other initiatives that announce this occurrence, in the order of the statements."""
    leading = event.initiatives[0] if event.initiatives else ""
    here = occurrence.original.iso()
    names = [
        statement.initiative
        for statement in event.statements
        if statement.relation is Relation.SAME or statement.occurrence in ("", here)
    ]
    return tuple(name for name in dict.fromkeys(names) if name != leading)


def status_of(event: MergedEvent, occurrence: EventOccurrence) -> Status:
    """The occurrence's own status; a cancelled or withdrawn event takes every one of them along."""
    overruled = event.status in (Status.CANCELLED, Status.WITHDRAWN) or occurrence.status is Status.CONFIRMED
    return event.status if overruled else occurrence.status


def states_of(event: MergedEvent, occurrence: EventOccurrence, scene: Scene) -> tuple[State, ...]:
    """The tags of an occurrence, the weightiest first."""
    say = scene.tongue.gettext
    status = status_of(event, occurrence)
    tags = {
        Status.CANCELLED: State("cancelled", "cancelled", say("Fällt aus")),
        Status.SOLD_OUT: State("full", "full", say("Ausgebucht")),
        Status.WITHDRAWN: State("full", "info", say("Bei der Quelle nicht mehr gelistet")),
        Status.TENTATIVE: State("deadline", "info", say("Unter Vorbehalt")),
    }
    if status in tags:
        return (tags[status],)
    if status is Status.MOVED or occurrence.start != occurrence.original:
        return (State("moved", "moved", moved_words(occurrence, scene)),)
    if is_elsewhere(event, occurrence):
        return (State("moved", "moved", say("Diesmal an anderem Ort")),)
    return ()


def moved_words(occurrence: EventOccurrence, scene: Scene) -> str:
    """From when it was moved, as far as that is known: the day, or the hour of the same day."""
    say = scene.tongue.gettext
    before, after = occurrence.original, occurrence.start
    if before == after:
        return say("Verlegt")
    if before.local_day(scene.zone) != after.local_day(scene.zone):
        return say(
            "Verlegt vom %(day)s",
            day=dates.day_span(before.local_day(scene.zone), before.local_day(scene.zone), scene.language),
        )
    if before.is_date or after.is_date:
        return say("Verlegt")
    return say("Verlegt von %(time)s", time=dates.clock_words(before.local(scene.zone), scene.language))


def since_when(occurrence: EventOccurrence, scene: Scene) -> str:
    """Since which day it has been going on, when it began on a day before today."""
    first = occurrence.start.local_day(scene.zone)
    if occurrence.days(scene.zone)[1] > first and first < scene.today:
        return scene.tongue.gettext("seit %(day)s", day=dates.short_day(first, scene.language))
    return ""
