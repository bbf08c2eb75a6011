"""Who announces an event, and why we hold their announcements to be one."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, MergedEvent, Statement
from aggregator.model.linkage import Relation
from aggregator.model.sources import Priority
from aggregator.model.times import EventTime
from web.calendar.texts import host_of, safe_link
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Announcement:
    """One source's statement: its words, why it belongs here, and the way to the original."""

    name: str
    title: str
    when: str
    why: str
    differs: str
    link: str
    host: str
    licence: str


def announcements(event: MergedEvent, scene: Scene) -> tuple[Announcement, ...]:
    """Every statement of the event, the leading one first."""
    return tuple(
        announcement(statement, event, number == 0, scene) for number, statement in enumerate(event.statements)
    )


def announcement(statement: Statement, event: MergedEvent, leads: bool, scene: Scene) -> Announcement:
    """One statement in words."""
    link = safe_link(statement.link)
    return Announcement(
        name=scene.name_of(statement.initiative),
        title=statement.title,
        when="" if says_the_same(statement, event) and not leads else when_words(statement, event, scene),
        why=leading_words(statement, event, scene) if leads else reason(statement, scene),
        differs="" if leads else difference(statement, event, scene),
        link=link,
        host=host_of(link),
        licence=statement.licence,
    )


def says_the_same(statement: Statement, event: MergedEvent) -> bool:
    """Whether a statement's time is the one that stands above already."""
    leading = event.statements[0]
    return (statement.start, statement.end) == (leading.start, leading.end)


def when_words(statement: Statement, event: MergedEvent, scene: Scene) -> str:
    """The day and hours that a statement gives; a series' own announcement gives its hours only."""
    if statement.start is None:
        return ""
    stated = EventOccurrence(statement.start, statement.start, statement.end)
    if event.is_series and statement.relation is Relation.SAME:
        return dates.times(stated, scene.zone, scene.language)
    return dates.announcement(stated, scene.zone, scene.language)


def leading_words(statement: Statement, event: MergedEvent, scene: Scene) -> str:
    """Why this statement leads."""
    say = scene.tongue.gettext
    source = scene.settings.source(statement.source)
    if source is not None and source.priority is Priority.OWN:
        return say("Führend: der eigene Kalender der Initiative")
    return say("Führend unter den Angaben") if len(event.statements) > 1 else ""


def reason(statement: Statement, scene: Scene) -> str:
    """Why a statement was laid beside the leading one."""
    say = scene.tongue.gettext
    sentences = {
        "same_uid": say("Dazugelegt: gleiche Kennung und gleicher Beginn"),
        "announces_page": say("Dazugelegt: verweist auf die Seite des Termins"),
        "same_url": say("Dazugelegt: gleiche Adresse und gleicher Beginn"),
        "same_title_start_place": say("Dazugelegt: gleicher Titel, gleicher Beginn, gleicher Ort"),
        "override": say("Änderung eines einzelnen Termins dieser Reihe"),
        "human": say("Von Hand bestätigt"),
    }
    if statement.rule in sentences:
        return sentences[statement.rule]
    evidence = ", ".join(aspects(statement.rule, scene))
    if statement.relation is Relation.INSTANCE_OF:
        words = say("Dazugelegt: ein einzelner Termin dieser Reihe")
        return f"{words} ({evidence})" if evidence else words
    if evidence:
        return say("Dazugelegt, denn dafür sprechen: %(aspects)s", aspects=evidence)
    return say("Dazugelegt: gleicher Termin")


def aspects(rule: str, scene: Scene) -> list[str]:
    """What of the two announcements the evidence for a merge is of ("evidence:time,place"); empty for another rule."""
    say = scene.tongue.gettext
    words = {
        "time": say("die Zeit"),
        "place": say("der Ort"),
        "title": say("der Titel"),
        "text": say("der Text"),
        "host": say("der Veranstalter"),
        "link": say("die Verweise"),
    }
    return [words[aspect] for aspect in rule.partition(":")[2].split(",") if aspect in words]


def difference(statement: Statement, event: MergedEvent, scene: Scene) -> str:
    """What a statement says differently, in one sentence naming the hour; empty when nothing."""
    if statement.start is None or event.is_series or same_moment(statement.start, event.start):
        return ""
    stated = EventOccurrence(statement.start, statement.start)
    words = dates.announcement(stated, scene.zone, scene.language)
    return scene.tongue.gettext("Die Angaben weichen ab: hier %(when)s.", when=words)


def same_moment(left: EventTime, right: EventTime) -> bool:
    """Whether two starts are the same; a bare day agrees with every hour of it."""
    if left.is_date or right.is_date:
        return left.wall.date() == right.wall.date()
    return left.instant == right.instant
