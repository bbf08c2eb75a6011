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
from aggregator.pipeline.incidents import BROKEN, HEALED, HELD, Told, due_about_source, due_this_year
from aggregator.store import mailed, mails, owners, queries, sources
from aggregator.store.contacts import Contacts, contacts
from aggregator.store.database import Store

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
    """Everything that somebody is to be told; where nobody can be written, the operator sees it in /admin."""
    known = {subject: [Told(*row) for row in rows] for subject, rows in mailed.load(connection).items()}
    initiatives = queries.initiatives(connection)
    office = Office(settings, letterhead(settings.site), contacts(connection, settings), initiatives)
    for source, state in sources.load_active(connection):
        for told in due_about_source(state, known.get(source.id, ()), now):
            if office.contacts.get(source.initiative):
                yield Letter(source.id, told, tuple(letters_about(source, state, told, office)))
    since = {owner.initiative: owner.created_at for owner in reversed(owners.everyone(connection))}
    for initiative, created_at in since.items():
        for told in due_this_year(created_at, known.get(initiative, ()), now):
            yield Letter(initiative, told, tuple(yearly_letters(initiative, office)))


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
