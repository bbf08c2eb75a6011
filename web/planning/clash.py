"""What stands against a date: what else is on, holidays, and evenings nearby on which less is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.holidays import holidays_between
from aggregator.model.records import Status
from aggregator.model.text import key
from aggregator.model.times import Window
from web.calendar.agenda import without_runs
from web.calendar.rows import Row, place_of, row, status_of, tiny_day
from web.scene import Scene

AROUND = timedelta(days=14)
NEAR = timedelta(days=3)
EVENING = 17
QUIETER_SHOWN = 6
QUIET = frozenset({Status.CANCELLED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Rival:
    """Something else on: its line, and in what it comes near; `day` is set where it is another day."""

    row: Row
    same_topic: bool
    same_place: bool
    day: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A holiday on the day or near it."""

    when: str
    name: str
    on_the_day: bool


@dataclass(frozen=True, slots=True)
class Quieter:
    """An evening on which less is on."""

    day: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Clash:
    """All that a planner should know about one date; `summary` is the sentence for those in a hurry.

    `evening` says how full its own evening is, to compare the quieter ones with.
    """

    title: str
    summary: str
    notes: tuple[Note, ...]
    rivals: tuple[Rival, ...]
    nearby: tuple[Rival, ...]
    quieter: tuple[Quieter, ...]
    evening: str


def looked_at(day: date, today: date) -> Window:
    """The days that are compared: two weeks before and after, nothing that is gone."""
    return Window(max(today, day - AROUND) if day >= today else day - AROUND, day + AROUND + timedelta(days=1))


def clash(listings: Sequence[Listing], day: date, scene: Scene) -> Clash:
    """The judgement of a day; `listings` are those of the window that `looked_at` names, runs and all."""
    found = [each for each in without_runs(listings, scene) if status_of_listing(each) not in QUIET]
    on_the_day = [each for each in found if each.day <= day <= each.last_day]
    rivals = sorted((rival(each, day, scene) for each in on_the_day), key=weight)
    return Clash(
        title=dates.long_day(day, scene.language),
        summary=summary(on_the_day, rivals, day, scene),
        notes=notes(day, scene),
        rivals=tuple(rivals),
        nearby=nearby(found, day, scene),
        quieter=quieter(found, day, scene),
        evening=evening_words(evening_of(found, day, scene), scene),
    )


def status_of_listing(listing: Listing) -> Status:
    """The status of its occurrence."""
    return status_of(listing.published.event, listing.occurrence)


def rival(listing: Listing, day: date, scene: Scene, named: str = "") -> Rival:
    """One other event, compared with what is planned."""
    event = listing.published.event
    place = key(place_of(event, listing.occurrence).text)
    return Rival(
        row=row(listing, day, scene),
        same_topic=bool(set(event.topics) & set(scene.wanted.topics)),
        same_place=any(key(wanted) in place for wanted in scene.wanted.places if key(wanted)),
        day=named,
    )


def weight(one: Rival) -> int:
    """The order of the lines: same place and topic, then either, then the rest by hour (the sort is stable)."""
    return -(2 * one.same_place + one.same_topic)


def nearby(found: Sequence[Listing], day: date, scene: Scene) -> tuple[Rival, ...]:
    """What is on three days before and after on the same topic or at the same place."""
    around = [each for each in found if each.day != day and abs(each.day - day) <= NEAR]
    compared = (rival(each, each.day, scene, tiny_day(each.day, scene)) for each in around)
    return tuple(one for one in compared if one.same_topic or one.same_place)


def summary(on_the_day: Sequence[Listing], rivals: Sequence[Rival], day: date, scene: Scene) -> str:
    """ "Am Abend gibt es 4 Termine, davon 2 zum selben Thema."."""
    say, tongue = scene.tongue.gettext, scene.tongue
    late = sum(is_evening(each, day, scene) for each in on_the_day)
    if not on_the_day:
        return say("An diesem Tag ist noch nichts eingetragen.")
    parts = [
        tongue.ngettext(
            "An diesem Tag gibt es %(num)d Termin", "An diesem Tag gibt es %(num)d Termine", len(on_the_day)
        ),
        tongue.ngettext("%(num)d davon am Abend", "%(num)d davon am Abend", late)
        if late
        else say("keinen davon am Abend"),
    ]
    topic, place = sum(one.same_topic for one in rivals), sum(one.same_place for one in rivals)
    if topic:
        parts.append(tongue.ngettext("%(num)d zum selben Thema", "%(num)d zum selben Thema", topic))
    if place:
        parts.append(tongue.ngettext("%(num)d am selben Ort", "%(num)d am selben Ort", place))
    return ", ".join(parts) + "."


def is_evening(listing: Listing, day: date, scene: Scene) -> bool:
    """Whether it takes up the evening of that day: it begins at five or later."""
    occurrence = listing.occurrence
    if occurrence.start.is_date:
        return False
    start = occurrence.start.local(scene.zone)
    return start.date() == day and start.hour >= EVENING


def notes(day: date, scene: Scene) -> tuple[Note, ...]:
    """Public holidays three days around, and the school holidays that the day lies in."""
    say, site = scene.tongue.gettext, scene.settings.site
    found = [
        Note(dates.short_day(one.day, scene.language), one.name(scene.language), one.day == day)
        for one in holidays_between(day - NEAR, day + NEAR, site.state)
    ]
    schools = [one for one in site.school_holidays if one.contains(day)]
    found += [
        Note(dates.day_span(one.first, one.last, scene.language), say("Schulferien: %(name)s", name=one.name), True)
        for one in schools
    ]
    return tuple(found)


def quieter(found: Sequence[Listing], day: date, scene: Scene) -> tuple[Quieter, ...]:
    """The evenings nearby with less on than this one, the quietest first, then the nearest, then the same weekday."""
    here = evening_of(found, day, scene)
    window = looked_at(day, scene.today)
    free = {one.day for one in holidays_between(window.first, window.last, scene.settings.site.state)}
    days = (window.first + timedelta(days=number) for number in range((window.last - window.first).days))
    judged = [
        (evening_of(found, other, scene), other.weekday() != day.weekday(), abs(other - day), other)
        for other in days
        if other != day and other not in free
    ]
    better = sorted(one for one in judged if one[0] < here)[:QUIETER_SHOWN]
    return tuple(
        Quieter(
            day=dates.short_day(other, scene.language),
            words=evening_words(evening, scene),
            link=scene.links.to("/clash", clash_query(other, scene)),
        )
        for evening, _, _, other in better
    )


def evening_of(found: Sequence[Listing], day: date, scene: Scene) -> tuple[int, int]:
    """How many of the same topic or place are on that evening, and how many in all."""
    on = [each for each in found if is_evening(each, day, scene)]
    rivals = [rival(each, day, scene) for each in on]
    return sum(one.same_topic or one.same_place for one in rivals), len(on)


def evening_words(evening: tuple[int, int], scene: Scene) -> str:
    """How full an evening is."""
    _, many = evening
    if not many:
        return scene.tongue.gettext("abends noch nichts")
    return scene.tongue.ngettext("abends %(num)d Termin", "abends %(num)d Termine", many)


def clash_query(day: date, scene: Scene) -> str:
    """The query for the same question about another day."""
    rest = scene.wanted.without_dates.query()
    return f"date={day.isoformat()}" + (f"&{rest}" if rest else "")
