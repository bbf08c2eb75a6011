"""What a relink hands to the store: identities, rendered events, and what has to go."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.events import EventIdentity, PublishedEvent
from aggregator.model.health import Change
from aggregator.model.linkage import Member


@dataclass(frozen=True, slots=True)
class StoredIdentity:
    """An identity as the store keeps it; one that was merged away redirects to the id `merged_into`."""

    identity: EventIdentity
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMember:
    """To which event a record belongs, and how."""

    event: str
    member: Member


@dataclass(frozen=True, slots=True)
class EventToWrite:
    """One merged event that differs from what is stored.

    `ics` is its rendered fragment (the VEVENTs, no VCALENDAR). `history` says what became visibly
    different since the last time, empty for a new event.
    """

    published: PublishedEvent
    ics: bytes
    members: tuple[Member, ...]
    history: tuple[Change, ...] = ()

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.published.identity.id


@dataclass(frozen=True, slots=True)
class EventChanges:
    """The whole decision of a relink: only what differs from the store.

    `identities` are new or changed, `removed` the ids of events that are no longer shown (their
    identities stay, so that a returning event gets its old id). `rendering` stands for all that the
    rendered bytes depend on besides the event: the site, names of initiatives, the renderer itself.
    `written` counts events that were written in turns and are not kept here.
    """

    identities: tuple[StoredIdentity, ...] = ()
    events: tuple[EventToWrite, ...] = ()
    removed: tuple[str, ...] = ()
    rendering: str = ""
    written: int = 0

    @property
    def number(self) -> int:
        """How many events were written."""
        return self.written or len(self.events)

    @property
    def is_empty(self) -> bool:
        """Whether the store would stay as it is."""
        return not (self.identities or self.events or self.removed)
