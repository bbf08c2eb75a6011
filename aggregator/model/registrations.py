"""What an initiative says of itself when it registers, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.sources import Consent


class RegistrationState(StrEnum):
    """How far a registration is: a mail is out; the operator is to decide; asked something; decided."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class WantedSource:
    """One calendar that the initiative wants to be read, as the preview found it.

    `url` may be a share link and stays out of the repr. `events` and `known` are what the preview counted:
    coming dates, and how many of them were in the calendar already. `default_place` holds where a date says no place.
    """

    url: str = field(repr=False)
    format: str = "auto"
    title: str = ""
    consent: Consent = Consent.WHOLE
    licence: str = ""
    default_place: str = ""
    timezone: str = "Europe/Berlin"
    language: str = "de"
    interval: timedelta = timedelta(minutes=60)
    events: int = 0
    known: int = 0
    known_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """Everything that was typed in. `email` is for the owner's post only; `contact` is public, empty unless ticked.

    `umbrella` is the alliance by whose invitation it came. `language` is that of the mails. `logo` is the address of
    a picture of theirs that we may copy and show.
    """

    name: str
    email: str = field(repr=False)
    kind: str = "Initiative"
    text: str = ""
    homepage: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    contact: str = ""
    sources: tuple[WantedSource, ...] = ()
    umbrella: str = ""
    language: str = "de"
    note: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class StoredRegistration:
    """A registration with its state (times UTC). `why` is what the operator said to the owner."""

    id: str
    registration: Registration
    state: RegistrationState
    created_at: datetime
    confirmed_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    why: str = ""
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval made: the initiative and the token of its owner's console, to be mailed to `email`."""

    initiative: str
    email: str = field(repr=False)
    token: str = field(repr=False)
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who may open the console of `initiative`; `digest` is that of the link (times UTC)."""

    initiative: str
    email: str = field(repr=False)
    digest: str = field(repr=False)
    language: str
    created_at: datetime
    expires_at: datetime
