"""Whom to write about an initiative: who registered it, else who sources.yaml names."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from aggregator.model.mail import Contact
from aggregator.model.settings import Settings
from aggregator.store import owners

Contacts = Mapping[str, tuple[Contact, ...]]


def contacts(connection: Connection, settings: Settings) -> Contacts:
    """The contacts of each initiative that has any. Never for a page: they are nobody else's business."""
    found: dict[str, list[Contact]] = {}
    for owner in owners.everyone(connection):
        found.setdefault(owner.initiative, []).append(Contact(owner.email, owner.language))
    for initiative, address in settings.contacts.items():
        known = found.setdefault(initiative, [])
        if address not in [contact.address for contact in known]:
            known.append(Contact(address, settings.site.languages[0]))
    return {initiative: tuple(theirs) for initiative, theirs in found.items()}
