"""The shape of sources.yaml: which keys exist where, and what may stand behind them.

docs/sources.md explains every one of these keys; a test keeps the two together. Optional keys that
were not written stay None, so that `given()` tells what was said from what is a default.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import model_validator

from aggregator.config import filters, values
from aggregator.config.look import LookShape
from aggregator.config.section import Section, read_by
from aggregator.model.filters import EventFilter
from aggregator.model.sources import Priority

Text = Annotated[str, read_by(values.text_of)]
Line = Annotated[str, read_by(values.line_of)]
Id = Annotated[str, read_by(values.id_of)]
ShortName = Annotated[str, read_by(filters.short_name_of)]
Query = Annotated[EventFilter, read_by(filters.query_of)]
Flag = Annotated[bool, read_by(values.flag_of)]
Zone = Annotated[str, read_by(values.zone_of)]
Language = Annotated[str, read_by(values.language_of)]
PageLanguage = Annotated[str, read_by(values.page_language_of)]
Day = Annotated[date, read_by(values.day_of)]
StateCode = Annotated[str, read_by(values.state_of)]
Weekday = Annotated[int, read_by(values.weekday_of)]
Hour = Annotated[int, read_by(values.count_between(0, 23))]
Moment = Annotated[datetime, read_by(values.moment_of)]
WebAddress = Annotated[str, read_by(values.web_address_of)]
BaseAddress = Annotated[str, read_by(values.base_address_of)]
FeedAddress = Annotated[str, read_by(values.feed_address_of)]
TileAddress = Annotated[str, read_by(values.tile_address_of)]
Contact = Annotated[str, read_by(values.contact_of)]
MailAddress = Annotated[str, read_by(values.mail_of)]
Origin = Annotated[str, read_by(values.origin_of)]
Format = Annotated[str, read_by(values.format_of)]
Interval = Annotated[timedelta, read_by(values.interval_of)]
PriorityName = Annotated[Priority, read_by(values.priority_of)]
Latitude = Annotated[float, read_by(values.number_between(-90, 90))]
Longitude = Annotated[float, read_by(values.number_between(-180, 180))]
Radius = Annotated[float, read_by(values.radius_of)]
Seconds = Annotated[float, read_by(values.number_between(0.1, 3600))]
WholeSeconds = Annotated[int, read_by(values.count_between(1, 3600))]
Bytes = Annotated[int, read_by(values.count_between(1_000, 10_000_000_000))]
Memory = Annotated[int, read_by(values.count_between(64_000_000, 64_000_000_000))]
Count = Annotated[int, read_by(values.count_between(1, 1_000_000))]
Host = Annotated[str, read_by(values.host)]
Hops = Annotated[int, read_by(values.count_between(0, 20))]
Workers = Annotated[int, read_by(values.count_between(1, 256))]


class RegionShape(Section):
    """The town: its name, its centre in degrees, how far it reaches."""

    name: Line = ""
    lat: Latitude
    lon: Longitude
    radius_km: Radius


class MapShape(Section):
    """Where the street map comes from; without it there is only our own sketch."""

    tiles: TileAddress | None = None
    file: Line | None = None
    attribution: Line

    @model_validator(mode="after")
    def one_origin(self) -> MapShape:
        """Tiles come from one place."""
        if (self.tiles is None) == (self.file is None):
            raise ValueError('a map needs either "tiles" (an address) or "file" (a .pmtiles file on this machine)')
        return self


class SchoolHolidayShape(Section):
    """One stretch without school, both days inclusive."""

    name: Line
    first: Day
    last: Day

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> SchoolHolidayShape:
        """Holidays that end before they begin are a slip."""
        if self.last < self.first:
            raise ValueError("these holidays end before they begin")
        return self


class DigestShape(Section):
    """When the weekly mail goes out, in the town's own time."""

    day: Weekday | None = None
    hour: Hour | None = None


class SiteShape(Section):
    """What this calendar is called, where it is served and whom to ask."""

    title: Line
    timezone: Zone
    languages: list[PageLanguage] | None = None
    base_url: BaseAddress | None = None
    contact: Contact | None = None
    user_agent_contact: Contact | None = None
    region: RegionShape | None = None
    demo_now: Moment | None = None
    state: StateCode | None = None
    school_holidays: list[SchoolHolidayShape] | None = None
    map: MapShape | None = None
    digest: DigestShape | None = None
    look: LookShape | None = None


class FetchShape(Section):
    """Limits of one fetch; the names are those of model.settings.FetchSettings."""

    allow_origins: list[Origin] | None = None
    connect_seconds: Seconds | None = None
    total_seconds: Seconds | None = None
    max_bytes: Bytes | None = None
    max_redirects: Hops | None = None
    parallel: Workers | None = None
    per_host: Workers | None = None
    per_exempt_host: Workers | None = None


class ReadingShape(Section):
    """What one answer may cost while it is read; the names are those of model.settings.ReadingLimits."""

    cpu_seconds: WholeSeconds | None = None
    wall_seconds: Seconds | None = None
    memory_bytes: Memory | None = None
    max_events: Count | None = None
    max_answer_bytes: Bytes | None = None


class CircleShape(Section):
    """A circle; "15 km" alone is one around the centre of the region."""

    lat: Latitude | None = None
    lon: Longitude | None = None
    radius_km: Radius

    @model_validator(mode="before")
    @classmethod
    def from_radius(cls, stated: object) -> object:
        """Let a radius stand for the whole circle."""
        return {"radius_km": stated} if isinstance(stated, str) else stated

    @model_validator(mode="after")
    def centre_is_complete(self) -> CircleShape:
        """Half a centre is none."""
        if (self.lat is None) != (self.lon is None):
            raise ValueError('a centre needs both "lat" and "lon"')
        return self


class DefaultsShape(Section):
    """What holds for every source that does not say otherwise."""

    format: Format | None = None
    interval: Interval | None = None
    priority: PriorityName | None = None
    timezone: Zone | None = None
    language: Language | None = None
    default_place: Line | None = None
    follow: Flag | None = None
    within: CircleShape | None = None


class SourceShape(DefaultsShape):
    """One feed that is pulled."""

    id: Id
    url: FeedAddress
    homepage: WebAddress | None = None


class InitiativeShape(Section):
    """One group that publishes, with its sources."""

    id: Id
    name: Line
    kind: Line | None = None
    homepage: WebAddress | None = None
    text: Text | None = None
    place: Line | None = None
    topics: list[Id] | None = None
    umbrella: Id | None = None
    demo: Flag | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    mail: MailAddress | None = None
    sources: list[SourceShape] = []

    @model_validator(mode="after")
    def position_is_complete(self) -> InitiativeShape:
        """Half a position is none."""
        if (self.lat is None) != (self.lon is None):
            raise ValueError('a position needs both "lat" and "lon"')
        return self


class LabelsShape(Section):
    """A topic's name in each language of the pages."""

    de: Line
    en: Line | None = None


class TopicShape(Section):
    """One subject by which people filter."""

    id: Id
    labels: LabelsShape
    words: list[Line] = []


class FilterShape(Section):
    """A filter with a short address of its own."""

    name: ShortName
    title: Line
    query: Query


class IncludedShape(Section):
    """A file that another one includes."""

    include: list[Line] = []
    defaults: DefaultsShape = DefaultsShape()
    initiatives: list[InitiativeShape] = []


class RegistrationShape(Section):
    """How initiatives that register on the web are listed."""

    trusted_hosts: list[Host] | None = None


class MainShape(IncludedShape):
    """The file that the program is started with."""

    site: SiteShape
    fetch: FetchShape = FetchShape()
    reading: ReadingShape = ReadingShape()
    registration: RegistrationShape = RegistrationShape()
    topics: list[TopicShape] | None = None
    filters: list[FilterShape] = []
