"""The configuration once it is read and checked; `aggregator.config` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aggregator.model.holidays import SchoolHoliday
from aggregator.model.places import Circle, KnownPlace
from aggregator.model.saved_filters import SavedFilter
from aggregator.model.sources import Initiative, Source, Topic


@dataclass(frozen=True, slots=True)
class StreetMap:
    """Where the street map comes from: the tiles of somebody else, or one PMTiles file of our own.

    `tiles` is an https address with {z}, {x} and {y} in it. `attribution` is what its licence wants named.
    """

    attribution: str
    tiles: str = ""
    file: Path | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port of the tiles; empty for a file of our own."""
        return "/".join(self.tiles.split("/", 3)[:3])

    @property
    def host(self) -> str:
        """Who sees that somebody looks at the map; empty for a file of our own."""
        return self.origin.split("://", 1)[-1]


@dataclass(frozen=True, slots=True)
class Palette:
    """Four colours as #rrggbb: ground, text, what can be pressed, and what marks today and cancellations."""

    paper: str
    ink: str
    accent: str
    mark: str

    @property
    def values(self) -> dict[str, str]:
        """The colours by name."""
        return {"paper": self.paper, "ink": self.ink, "accent": self.accent, "mark": self.mark}


@dataclass(frozen=True, slots=True)
class Look:
    """The operator's block of the style sheet (web/static/tokens.css); an empty text keeps ours."""

    light: Palette = Palette("#fbfbf8", "#1b1d19", "#2c5727", "#8e2f1c")
    dark: Palette = Palette("#151713", "#efeee8", "#b4d699", "#f2a48f")
    radius: str = ""
    font_title: str = ""
    font_text: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What this town's calendar is called and whom to ask about it.

    `base_url` has no trailing slash. `demo_now` is where the demonstration's clock starts (aware), None
    for real time. Without `street_map` the map is only our own sketch.
    `state` is one of model.holidays.STATES, "" where public holidays are not known. The weekly mail goes
    out on `digest_day` (Monday is 0) from `digest_hour` on, in the site's time zone.
    """

    title: str
    timezone: str
    languages: tuple[str, ...] = ("de", "en")
    base_url: str = "http://127.0.0.1:8000"
    contact: str = ""
    region_name: str = ""
    region: Circle | None = None
    demo_now: datetime | None = None
    state: str = ""
    school_holidays: tuple[SchoolHoliday, ...] = ()
    street_map: StreetMap | None = None
    digest_day: int = 3
    digest_hour: int = 7
    look: Look = Look()

    @property
    def host(self) -> str:
        """The host of the base address, for UIDs."""
        return self.origin.split(":", 1)[0]

    @property
    def contact_link(self) -> str:
        """The operator's mail or web address as something to press, "" for none."""
        return f"mailto:{self.contact}" if self.contact and "://" not in self.contact else self.contact

    @property
    def origin(self) -> str:
        """The host of the base address with its port, if it states one; in lower case."""
        return self.base_url.split("://", 1)[-1].split("/", 1)[0].lower()


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits of one fetch (reliability.md section 4); times in seconds, sizes in bytes.

    `allow_origins` are exact `host:port` exemptions from the address rule.
    """

    allow_origins: frozenset[str] = frozenset()
    user_agent: str = "Buendel"
    connect_seconds: float = 5.0
    total_seconds: float = 30.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    parallel: int = 16
    per_host: int = 1
    per_exempt_host: int = 8


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one body may cost in its child process."""

    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 256 * 1024 * 1024
    max_events: int = 20_000
    max_answer_bytes: int = 64_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that sources.yaml and the environment say.

    `contacts` are the mail addresses of initiatives by their ids; no page, feed or log shows them. Whoever
    registers with calendars of `trusted_hosts` alone is listed without anybody looking.
    """

    path: Path
    site: Site
    fetch: FetchSettings = FetchSettings()
    reading: ReadingLimits = ReadingLimits()
    initiatives: tuple[Initiative, ...] = ()
    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    filters: tuple[SavedFilter, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict, repr=False)
    trusted_hosts: frozenset[str] = frozenset()
    environment: dict[str, str] = field(default_factory=dict)

    def saved_filter(self, name: str) -> SavedFilter | None:
        """The saved filter of that name."""
        return next((saved for saved in self.filters if saved.name == name), None)

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)
