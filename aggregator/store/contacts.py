"""Whom to write about an initiative: who registered it, else who sources.yaml names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from aggregator.model.mail import Contact
from aggregator.model.settings import Settings
from aggregator.store import owners

Contacts = Mapping[str, tuple[Contact, ...]]


def contacts(connection: Connection, settings: Settings, initiatives: Collection[str]) -> Contacts:
    """The contacts of those of the initiatives that have any. Never for a page: they are nobody else's business."""
    found: dict[str, list[Contact]] = {}
    for owner in owners.of_initiatives(connection, initiatives):
        found.setdefault(owner.initiative, []).append(Contact(owner.email, owner.language))
    for initiative in initiatives:
        address = settings.contacts.get(initiative)
        if address and address not in [contact.address for contact in found.get(initiative, ())]:
            found.setdefault(initiative, []).append(Contact(address, settings.site.languages[0]))
    return {initiative: tuple(theirs) for initiative, theirs in found.items()}
