"""Writes to the owners of sources that broke, healed or are held, and once a year to everyone who registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.mail import notices
from aggregator.mail.notices import SourceNews
from aggregator.mail.wording import Letterhead, letterhead
from aggregator.model.fetching import SourceState
from aggregator.model.mail import Mail
from aggregator.model.secrets import shown_host
from aggregator.model.settings import Settings
from aggregator.model.sources import Initiative, Source
from aggregator.model.times import zone_info
from aggregator.pipeline.incidents import (
    A_YEAR,
    BROKEN,
    HEALED,
    HELD,
    Told,
    awaits_healing,
    due_about_source,
    due_this_year,
)
from aggregator.store import mailed, mails, owners, queries, sources
from aggregator.store.contacts import Contacts, contacts
from aggregator.store.database import Store

Trouble = tuple[Source, SourceState, Told]
WRITING = {BROKEN: notices.broken, HEALED: notices.healed, HELD: notices.held}


@dataclass(frozen=True, slots=True)
class Office:
    """What every letter needs."""

    settings: Settings
    head: Letterhead
    contacts: Contacts
    initiatives: Mapping[str, Initiative]

    def name_of(self, initiative: str) -> str:
        """The initiative's name; its id when the directory does not hold it."""
        known = self.initiatives.get(initiative)
        return known.name if known else initiative


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told about a source or initiative, and the mails to all its contacts."""

    subject: str
    told: Told
    mails: tuple[Mail, ...]


def tell_owners(store: Store, settings: Settings, now: datetime) -> int:
    """Queue what is due; returns how many mails. What was queued is noted in the same transaction."""
    with store.reading() as connection:
        letters = tuple(due_letters(connection, settings, now))
    for letter in letters:
        with store.writing() as connection:
            told = (letter.told.purpose, letter.told.incident, letter.told.at)
            for mail in letter.mails if mailed.claim(connection, letter.subject, told) else ():
                mails.queue(connection, mail, now)
    return sum(len(letter.mails) for letter in letters)


def due_letters(connection: Connection, settings: Settings, now: datetime) -> Iterator[Letter]:
    """Everything that somebody is to be told; where nobody can be written, the operator sees it in /admin.

    As long as nothing is, nothing else is read: this is asked four times a minute.
    """
    known = {subject: [Told(*row) for row in rows] for subject, rows in mailed.load(connection).items()}
    about = tuple(troubles(connection, known, now))
    yearly = tuple(anniversaries(connection, known, now))
    subjects = {source.initiative for source, _, _ in about} | {initiative for initiative, _ in yearly}
    reachable = contacts(connection, settings, subjects)
    if not reachable:
        return
    office = Office(settings, letterhead(settings.site), reachable, queries.initiatives(connection))
    for source, state, told in about:
        if office.contacts.get(source.initiative):
            yield Letter(source.id, told, tuple(letters_about(source, state, told, office)))
    for initiative, told in yearly:
        yield Letter(initiative, told, tuple(yearly_letters(initiative, office)))


def troubles(connection: Connection, known: Mapping[str, list[Told]], now: datetime) -> Iterator[Trouble]:
    """What is due about the sources that are in trouble, or were when we last wrote."""
    unhealed = [subject for subject, told in known.items() if awaits_healing(told)]
    for source, state in sources.load_troubled(connection, unhealed):
        for told in due_about_source(state, known.get(source.id, ()), now):
            yield source, state, told


def anniversaries(connection: Connection, known: Mapping[str, list[Told]], now: datetime) -> Iterator[tuple[str, Told]]:
    """The initiatives that registered a whole number of years ago and were not asked since."""
    for initiative, since in owners.known_since(connection, now - A_YEAR).items():
        for told in due_this_year(since, known.get(initiative, ()), now):
            yield initiative, told


def yearly_letters(initiative: str, office: Office) -> Iterator[Mail]:
    """The yearly question to each contact of an initiative."""
    link = f"{office.settings.site.base_url}/initiatives/{initiative}"
    for to in office.contacts.get(initiative, ()):
        yield notices.still_right(office.head, to, office.name_of(initiative), link)


def letters_about(source: Source, state: SourceState, told: Told, office: Office) -> Iterator[Mail]:
    """The same to each contact, in the language of each."""
    since = datetime.fromisoformat(told.incident).astimezone(zone_info(office.settings.site.timezone)).date()
    for to in office.contacts[source.initiative]:
        news = SourceNews(
            name=office.name_of(source.initiative),
            host=shown_host(source.url),
            since=dates.long_day(since, to.language, with_year=False),
            sentence=state.failure.sentence(to.language) if state.failure else "",
            link=f"{office.settings.site.base_url}/sources/{source.id}",
        )
        yield WRITING[told.purpose](office.head, to, news)
