"""An operator's decision on a registration, with the mail that tells the owner: one transaction for both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from aggregator.mail import messages
from aggregator.mail.wording import letterhead
from aggregator.model.jobs import JobKind, LogoWish, RefreshWish, RelinkWish
from aggregator.model.mail import Contact
from aggregator.model.registrations import Approved, StoredRegistration
from aggregator.model.settings import Site
from aggregator.store import jobs, mails, registered, registrations

AT_ONCE = 5


def approve(connection: Connection, site: Site, registration_id: str, by: str, now: datetime) -> Approved | None:
    """List the initiative, read its calendars at once, and mail its owner the link; None if it does not wait."""
    approved = registrations.approve(connection, registration_id, by, now)
    listed = registered.load(connection, approved.initiative) if approved else None
    if approved is None or listed is None:
        return None
    for owned in registered.sources_of(connection, approved.initiative):
        jobs.enqueue(connection, JobKind.REFRESH, RefreshWish(owned.source.id), now, AT_ONCE)
    jobs.enqueue(connection, JobKind.RELINK, RelinkWish(), now)
    copy_logo(connection, registration_id, approved.initiative, now)
    page = f"{site.base_url}/initiatives/{approved.initiative}"
    console = f"{site.base_url}/manage/{approved.token}"
    to = Contact(approved.email, approved.language)
    mails.queue(connection, messages.approved(letterhead(site), to, listed.initiative.name, page, console), now)
    return approved


def copy_logo(connection: Connection, registration_id: str, initiative: str, now: datetime) -> None:
    """Let the worker copy the picture that the group offered, if it did."""
    found = registrations.load(connection, registration_id)
    if found and found.registration.logo:
        wish = LogoWish(initiative, found.registration.logo, f"Logo: {found.registration.name}")
        jobs.enqueue(connection, JobKind.LOGO, wish, now)


def refuse(  # noqa: PLR0913
    connection: Connection, site: Site, registration_id: str, by: str, why: str, now: datetime
) -> StoredRegistration | None:
    """Do not list it, and mail the reason; None if it does not wait."""
    found = registrations.refuse(connection, registration_id, by, why, now)
    if found:
        mails.queue(connection, messages.refused(letterhead(site), contact(found), found.registration.name, why), now)
    return found


def ask_back(  # noqa: PLR0913
    connection: Connection, site: Site, registration_id: str, by: str, question: str, now: datetime
) -> StoredRegistration | None:
    """Mail a question with a link to answer by; None if it does not wait."""
    asked = registrations.ask_back(connection, registration_id, by, question, now)
    if asked is None:
        return None
    found, token = asked
    link = f"{site.base_url}/register/confirm/{token}"
    name = found.registration.name
    mails.queue(connection, messages.asked_back(letterhead(site), contact(found), name, question, link), now)
    return found


def contact(found: StoredRegistration) -> Contact:
    """Whom to write about a registration."""
    return Contact(found.registration.email, found.registration.language)
