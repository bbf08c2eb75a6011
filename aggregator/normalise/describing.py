"""One component to one record: its fields in our own terms, before it has an identity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from aggregator.model.components import Component
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.records import Record, Recurrence
from aggregator.model.secrets import holds_secret
from aggregator.model.sources import Source, Topic
from aggregator.model.values import dataclass
from aggregator.normalise.facts import facts_of
from aggregator.normalise.places import link_of, place_of
from aggregator.normalise.prose_dates import FEED_KINDS, Home, announced
from aggregator.normalise.repetition import judged
from aggregator.normalise.spans import Span, span_of
from aggregator.normalise.status import status_of
from aggregator.normalise.text import LONGEST_DESCRIPTION, plain_text, tidy, web_link, without_leading_address
from aggregator.normalise.timezones import Zones
from aggregator.normalise.titles import clean_title, fallback_title, stated_title
from aggregator.normalise.topics import topics_of
from aggregator.normalise.typography import calm

LONGEST_NAME = 1_000
LONGEST_ORGANIZER = 200
MOST_CATEGORIES = 50
UNTITLED = "(ohne Titel)"
MOST_LINKS = 20
EMAIL = re.compile(r"(?:mailto:)?[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", re.I)
PHONE = re.compile(r"(?:(?:tel(?:efon)?|mobil|fon|phone)\.?:?\s*)?\+?\d[\d\s/().-]{5,}\d", re.I)
EMPTY_BRACKETS = re.compile(r"[(<\[]\s*[)>\]]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A component as a record without key, id and occurrences; None when it cannot be an event."""

    record: Record | None
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What a component says in words."""

    title: str
    stated: str
    description: str
    links: tuple[str, ...]
    link: str


def draft_of(
    component: Component,
    source: Source,
    topics: Sequence[Topic],
    zones: Zones,
    home: Home,
) -> Draft:
    """A component in our own terms, and what is wrong with it.

    Feed items without a start are read for dates in words, and are notices if they tell none; anything else
    without one is skipped. E-mail addresses and telephone numbers of organisers are left out (rule 12).
    """
    words = _wording(component, source)
    told = announced(component, words.stated, words.description, home)
    component = told.component
    span = span_of(component, zones)
    faults = list(span.faults)
    if span.start is None and component.kind not in FEED_KINDS:
        faults += [] if component.start else [(DefectKind.NO_START, "")]
        return Draft(None, _defects(component, faults, skipped=True))
    recurrence = Recurrence()
    if span.start is not None and span.original is None:
        verdict = judged(component.recurrence, span.start, zones)
        recurrence = verdict.recurrence
        faults += [(refusal.kind, refusal.part) for refusal in verdict.refusals]
    faults += _wanting(component)
    faults += [(DefectKind.UNREAD_EXCEPTION, told.unread)] if told.unread else []
    record = _record((component, words), span, recurrence, (source, topics))
    if told.evidence or told.due or told.suggestions:
        record = replace(record, evidence=told.evidence, due=told.due, suggestions=told.suggestions)
    return Draft(record, _defects(component, faults))


def _record(
    said: tuple[Component, Wording], span: Span, recurrence: Recurrence, known: tuple[Source, Sequence[Topic]]
) -> Record:
    """The record with all its fields."""
    component, words = said
    source, topics = known
    categories = tuple(dict.fromkeys(name for text in component.categories[:MOST_CATEGORIES] if (name := tidy(text))))
    repeats = bool(recurrence.rules or recurrence.dates)
    place = place_of(component.place, source.default_place)
    return Record(
        id="",
        key="",
        source=source.id,
        kind="vevent-series" if component.kind == "vevent" and repeats else component.kind,
        title=words.title,
        stated_title=words.stated,
        fingerprint="",
        uid=tidy(component.uid)[:LONGEST_NAME],
        guid=tidy(component.guid)[:LONGEST_NAME],
        link=words.link,
        description=words.description,
        start=span.start,
        end=span.end,
        recurrence=recurrence,
        original=span.original,
        this_and_future=component.this_and_future,
        status=status_of(words.stated, component.status),
        place=place,
        organizer=_public_name(component.organizer),
        topics=topics_of(categories, topics),
        categories=categories,
        links=words.links,
        language=component.language or source.language,
        published=component.published,
        updated=component.updated,
        sequence=component.sequence,
        facts=facts_of(words.stated, words.description, place, component.properties, categories),
    )


def _wording(component: Component, source: Source) -> Wording:
    """Title, description and links, each tidied; a link into a source whose address is a secret is none."""
    own = _secret_beginning(source.url)
    named = (link for text in (component.link, component.uid, component.guid) if (link := web_link(text)))
    link = next((link for link in named if not own or not link.startswith(own)), "")
    description, found = plain_text(component.description, component.description_is_html)
    description = without_leading_address(description, (link, component.uid))
    stated = stated_title(component.title) or fallback_title(description) or UNTITLED
    further = (*component.links, link_of(component.place), *found)
    known = link.rstrip("/")
    found_links = (safe for text in further if (safe := web_link(text)) and safe.rstrip("/") != known)
    links = dict.fromkeys(safe for safe in found_links if not own or not safe.startswith(own))
    return Wording(calm(clean_title(stated)), stated, description, tuple(links)[:MOST_LINKS], link)


@lru_cache(maxsize=64)
def _secret_beginning(address: str) -> str:
    """What the addresses of a source begin with that must not be told, empty if it may be."""
    return address.partition("?")[0] if holds_secret(address) else ""


def _wanting(component: Component) -> list[tuple[DefectKind, str]]:
    """What a sound component would have had."""
    wanting = []
    if not tidy(component.title):
        wanting.append((DefectKind.NO_TITLE, ""))
    if component.kind == "vevent" and not component.uid.strip():
        wanting.append((DefectKind.NO_UID, ""))
    if len(component.description) > LONGEST_DESCRIPTION:
        wanting.append((DefectKind.TOO_LONG, "DESCRIPTION"))
    return wanting


def _defects(
    component: Component, faults: Sequence[tuple[DefectKind, str]], skipped: bool = False
) -> tuple[Defect, ...]:
    """The faults of a component as defects that name it."""
    name = tidy(component.uid or component.guid or component.link)[:LONGEST_NAME]
    return tuple(Defect(kind, name, component.line, tidy(detail), skipped) for kind, detail in faults)


@lru_cache(maxsize=256)
def _public_name(organizer: str) -> str:
    """An organiser's name without e-mail addresses and telephone numbers."""
    name = PHONE.sub("", EMAIL.sub("", tidy(organizer)))
    return tidy(EMPTY_BRACKETS.sub("", name)).strip(" ,;:<>-–|")[:LONGEST_ORGANIZER]
