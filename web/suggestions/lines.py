"""A suggestion in words: when it may be, of which notice, and what we read."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.export import dates
from aggregator.model.events import EventOccurrence
from aggregator.model.prose import Suggestion
from aggregator.store.suggestions import Answer, Judged, Waiting
from web.calendar.texts import excerpt, safe_link
from web.scene import Scene

LONGEST_TEXT = 280


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion; `text` is the beginning of its notice, `evidence` the words that may tell the date."""

    id: str
    title: str
    who: str
    when: str
    evidence: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One that a person judged, and in which words."""

    id: str
    title: str
    words: str
    by: str


def line_of(one: Waiting, scene: Scene) -> Line:
    """A suggestion in words."""
    return Line(
        id=one.id,
        title=one.notice.title,
        who=scene.name_of(one.initiative),
        when=when_words(one.suggestion, scene),
        evidence=one.suggestion.evidence,
        text=excerpt(one.notice.description, LONGEST_TEXT),
        link=safe_link(one.notice.link),
    )


def when_words(one: Suggestion, scene: Scene) -> str:
    """ "Sa, 5. Dezember, 19:00", with a word for what repeats."""
    occurrence = EventOccurrence(one.start, one.start, one.end)
    first, last = occurrence.days(scene.zone)
    with_year = first.year != scene.today.year
    single = first == last
    day = dates.short_day(first, scene.language, with_year) if single else ""
    days = day or dates.day_span(first, last, scene.language, with_year)
    hours = "" if one.start.is_date else dates.times(occurrence, scene.zone, scene.language)
    repeats = scene.tongue.gettext("als Reihe") if one.rule else ""
    return ", ".join(part for part in (days, hours, repeats) if part)


def answered(one: Judged, scene: Scene) -> Answered:
    """What was said, in words."""
    say = scene.tongue.gettext
    words = {Answer.TAKEN: say("eingetragen"), Answer.DISMISSED: say("kein Termin")}
    return Answered(one.id, one.title, words[one.answer], one.by.partition(":")[0])
