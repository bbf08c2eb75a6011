"""From files that hold no mistakes to the frozen `Settings` of the model, every default filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aggregator.config.checking import local_file
from aggregator.config.files import ConfigFile
from aggregator.config.look import look_of
from aggregator.config.school_holidays import school_holidays
from aggregator.config.shape import CircleShape, InitiativeShape, MainShape, RegionShape, SiteShape
from aggregator.config.topics import DEFAULT_TOPICS, make_topic
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.places import Circle
from aggregator.model.saved_filters import SavedFilter
from aggregator.model.settings import FetchSettings, ReadingLimits, Settings, Site, StreetMap
from aggregator.model.sources import Initiative, Source, Topic
from aggregator.model.times import zone_info
from aggregator.model.version import VERSION

Publisher = tuple[Initiative, tuple[Source, ...]]


def build_settings(main: ConfigFile, stated: MainShape, environment: dict[str, str]) -> Settings:
    """Everything that the files say; `stated` is the main file's own shape."""
    site = build_site(stated.site, main.document.path)
    inherited = {"timezone": site.timezone, "language": site.languages[0]}
    publishers = publishers_of(main, inherited, site)
    return Settings(
        path=main.document.path,
        site=site,
        fetch=build_fetch(stated, site),
        reading=ReadingLimits(**stated.reading.given()),
        initiatives=tuple(initiative for initiative, _ in publishers),
        sources=tuple(source for _, sources in publishers for source in sources),
        topics=build_topics(stated),
        contacts=contacts_of(main),
        trusted_hosts=frozenset(stated.registration.trusted_hosts or ()),
        filters=tuple(SavedFilter(one.name, one.title, one.query) for one in stated.filters),
        environment=environment,
    )


def build_site(stated: SiteShape, naming_file: Path) -> Site:
    """The site; a demonstration's moment without offset is meant in its time zone."""
    built_here = ("languages", "region", "demo_now", "map", "school_holidays", "digest", "look")
    given = stated.given("user_agent_contact", *built_here)
    if stated.languages:
        given["languages"] = tuple(dict.fromkeys(stated.languages))
    if stated.region:
        given["region"] = circle_of(stated.region)
        given["region_name"] = stated.region.name
    if stated.demo_now:
        given["demo_now"] = aware(stated.demo_now, stated.timezone)
    if stated.map:
        own = (naming_file.parent / stated.map.file).resolve() if stated.map.file else None
        given["street_map"] = StreetMap(stated.map.attribution, stated.map.tiles or "", own)
    if stated.look:
        given["look"] = look_of(stated.look)
    if stated.digest:
        given |= {f"digest_{name}": value for name, value in stated.digest.given().items()}
    stated_holidays = tuple(SchoolHoliday(one.name, one.first, one.last) for one in stated.school_holidays or ())
    given["school_holidays"] = school_holidays(stated.state or "", stated_holidays)
    return Site(**given)


def aware(moment: datetime, zone: str) -> datetime:
    """The moment itself, or as wall time in `zone` when it was written without an offset."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_info(zone))


def circle_of(stated: RegionShape | CircleShape, centre: Circle | None = None) -> Circle:
    """A circle; one without centre of its own is drawn around `centre`."""
    if stated.lat is not None and stated.lon is not None:
        return Circle(stated.lat, stated.lon, stated.radius_km)
    assert centre is not None, "checking.circles_without_centre comes first"
    return Circle(centre.latitude, centre.longitude, stated.radius_km)


def build_fetch(stated: MainShape, site: Site) -> FetchSettings:
    """The limits of a fetch, and the name that we give to servers."""
    contact = stated.site.user_agent_contact or default_contact(site)
    agent = f"Buendel/{VERSION} (+{contact})"
    origins = frozenset(stated.fetch.allow_origins or ())
    return FetchSettings(allow_origins=origins, user_agent=agent, **stated.fetch.given("allow_origins"))


def default_contact(site: Site) -> str:
    """Where the owner of a server can find us: our address, or the operator's if ours is not public."""
    return site.contact if site.contact and is_loopback(site.base_url) else site.base_url


def is_loopback(address: str) -> bool:
    """Whether a web address leads to the very machine that asks."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def build_topics(stated: MainShape) -> tuple[Topic, ...]:
    """The topics of the file, else the default ones."""
    if not stated.topics:
        return DEFAULT_TOPICS
    return tuple(
        make_topic(topic.id, {name: str(text) for name, text in topic.labels if text}, tuple(topic.words))
        for topic in stated.topics
    )


def publishers_of(file: ConfigFile, inherited: dict[str, Any], site: Site) -> list[Publisher]:
    """The initiatives of a file and of those below it; defaults are handed down and may be overruled."""
    assert file.shape is not None, "files with mistakes are never built from"
    handed_down = {**inherited, **file.shape.defaults.given()}
    found = [build_publisher(stated, handed_down, file.document.path, site) for stated in file.shape.initiatives]
    for included in file.includes:
        found += publishers_of(included, handed_down, site)
    return found


def contacts_of(file: ConfigFile) -> dict[str, str]:
    """Whom to write about an initiative, by its id. Apart from the directory's entry, which everyone may read."""
    assert file.shape is not None, "files with mistakes are never built from"
    found = {stated.id: stated.mail for stated in file.shape.initiatives if stated.mail}
    for included in file.includes:
        found |= contacts_of(included)
    return found


def build_publisher(stated: InitiativeShape, defaults: dict[str, Any], naming_file: Path, site: Site) -> Publisher:
    """One initiative with its sources."""
    given = stated.given("topics", "sources", "lat", "lon", "mail")
    given["topics"] = tuple(stated.topics or ())
    initiative = Initiative(latitude=stated.lat, longitude=stated.lon, **given)
    sources = (build_source({**defaults, **source.given()}, initiative, site.region) for source in stated.sources)
    return initiative, tuple(with_absolute_path(source, naming_file) for source in sources)


def build_source(given: dict[str, Any], initiative: Initiative, region: Circle | None) -> Source:
    """One source; `given` is what it says itself, laid over the defaults."""
    homepage = given.pop("homepage", initiative.homepage)
    within = given.pop("within", None)
    circle = circle_of(within, region) if within else None
    return Source(initiative=initiative.id, base_url=homepage, within=circle, **given)


def with_absolute_path(source: Source, naming_file: Path) -> Source:
    """The source with the absolute path of its local file, which it may state beside `naming_file`."""
    return replace(source, url=f"file:{local_file(naming_file, source.url)}") if source.is_local else source
