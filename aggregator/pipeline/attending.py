"""What the scheduler does for those who watch it: a heartbeat each minute, and a mail when a person is needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aggregator.mail import notices
from aggregator.mail.wording import Words, letterhead, operator_of
from aggregator.model.mail import Contact
from aggregator.model.settings import Site
from aggregator.pipeline.refresh import Round
from aggregator.store import alerts, audit, mails, operators, ticks
from aggregator.store.needs import Needs, needs
from aggregator.store.room import free_bytes

NOTED_EVERY = timedelta(minutes=1)
DEEDS_KEPT_FOR = timedelta(days=3 * 365)
REGISTRATIONS = Words("Anmeldungen warten: {number}", "Registrations wait: {number}")
REPORTS = Words("Hinweise auf Fehler: {number}", "Reports of mistakes: {number}")
MAILS = Words("Mails gehen nicht hinaus: {number}", "Mails do not leave: {number}")
DISK = Words("Der Speicherplatz wird knapp.", "The disk is nearly full.")
HELD = Words("{name}: plötzlich fehlen Termine, wir zeigen sie weiter", "{name}: events are missing, we keep them")
FAILING = Words("{name}: seit Tagen nicht lesbar. {sentence}", "{name}: not readable for days. {sentence}")


def attend(this_round: Round) -> None:
    """Note that we are at work; once an hour, tell operators what waits, and forget what is past keeping."""
    now = this_round.clock()
    with this_round.store.reading() as connection:
        last = ticks.last(connection)
    if last is not None and timedelta() <= now - last.at < NOTED_EVERY:
        return
    with this_round.store.writing() as connection:
        ticks.note(connection, ticks.Tick(now, free_bytes(this_round.store)))
        if last is None or last.at.replace(minute=0, second=0) != now.replace(minute=0, second=0):
            tell_operators(connection, this_round.settings.site, now)
            operators.forget_sessions(connection, now)
            audit.forget(connection, now - DEEDS_KEPT_FOR)


def tell_operators(connection: Connection, site: Site, now: datetime) -> None:
    """Mail what waits and was not told yet, to every operator who has an address, else to the site's contact."""
    waiting = dict(troubles(needs(connection, now)))
    new = waiting.keys() - alerts.told(connection)
    for to in recipients(connection, site) if new else ():
        sentences = [words.to(to.language, **values) for subject, (words, values) in waiting.items() if subject in new]
        link = f"{site.base_url}/admin"
        mails.queue(connection, notices.operator_needed(letterhead(site), to, sentences, link), now)
    alerts.keep(connection, waiting.keys(), now)


def recipients(connection: Connection, site: Site) -> tuple[Contact, ...]:
    """Who is told."""
    named = tuple(Contact(one.email, site.languages[0]) for one in operators.load_all(connection) if one.email)
    contact = operator_of(site)
    return named or ((contact,) if contact else ())


def troubles(found: Needs) -> Iterator[tuple[str, tuple[Words, dict[str, object]]]]:
    """What waits: a name by which it is known again, and the words for it."""
    numbers = {"registrations": REGISTRATIONS, "reports": REPORTS, "stuck_mails": MAILS}
    for name, words in numbers.items():
        if number := getattr(found, name):
            yield name, (words, {"number": number})
    if found.is_full:
        yield "disk", (DISK, {})
    for overview, _ in found.held:
        yield f"held:{overview.source.id}", (HELD, {"name": overview.initiative_name})
    for overview in found.failing:
        sentence = overview.state.failure.sentence("de") if overview.state.failure else ""
        yield f"failing:{overview.source.id}", (FAILING, {"name": overview.initiative_name, "sentence": sentence})
