"""What we pull, and who publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum

from aggregator.model.places import Circle


class Priority(IntEnum):
    """How near a source is to the origin of what it says; the lower leads (survivorship)."""

    OWN = 1
    PLATFORM = 2
    REPUBLISHER = 3
    PRESS = 4


class Consent(StrEnum):
    """What the initiative allows us to repeat of its announcements."""

    WHOLE = "whole"
    TITLE = "title"


# A source of this format has no address: its dates were typed in on the owner's console.
OWN_FORMAT = "own"
FORMATS = ("auto", "ics", "rss", "atom", "html", "gancio", "mobilizon", "kartevonmorgen", "buendel")


@dataclass(frozen=True, slots=True)
class Source:
    """One feed we pull, with every default filled in.

    `url` is http(s), or `file:` with an absolute path for an entry of sources.yaml. `base_url` is what
    relative links of a local file are resolved against. `within` keeps only events inside the circle
    (and those without coordinates are dropped), for feeds of a whole portal. `follow` lets us ask the pages of
    its news for their dates. While it is `paused` it is
    not asked and what it said stays. `consent` is what may be repeated, `licence` under which terms.
    `topics` hold for its events that name none.
    """

    id: str
    initiative: str
    url: str
    format: str = "auto"
    interval: timedelta = timedelta(minutes=60)
    priority: Priority = Priority.OWN
    timezone: str = "Europe/Berlin"
    language: str = "de"
    default_place: str = ""
    base_url: str = ""
    within: Circle | None = None
    follow: bool = False
    paused: bool = False
    consent: Consent = Consent.WHOLE
    licence: str = ""
    topics: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether its dates were typed in on the owner's console."""
        return self.format == OWN_FORMAT

    @property
    def is_local(self) -> bool:
        """Whether it is a file on this machine."""
        return self.url.startswith("file:")


@dataclass(frozen=True, slots=True)
class Initiative:
    """A group that publishes: the directory's entry.

    `latitude` and `longitude` in degrees say where `place` is; both or none. `contact` is an address that
    the group wants everyone to see.
    """

    id: str
    name: str
    kind: str = "Initiative"
    homepage: str = ""
    text: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    umbrella: str | None = None
    demo: bool = False
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject by which people filter; `id` stands in addresses, `labels` maps language to text.

    `words` are categories of feeds that mean this topic, normalised by `aggregator.normalise.text.key`.
    """

    id: str
    labels: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Its name in `language`, else in the first language it has."""
        return dict(self.labels).get(language, self.labels[0][1])
