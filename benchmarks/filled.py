"""A store of any size in minutes: generated events are put in as they stand, without parsing, matching or rendering.

    python -m benchmarks.filled SIZE DATABASE_URL      S, M or L; writes sources.yaml beside the feeds

What pages and feeds cost depends on what is stored, not on how it came there. Each VEVENT of the generator becomes an
event of its own; the fragment that feeds are joined from is the VEVENT as written.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from dateutil.rrule import rrulestr

from aggregator.config.loading import load_settings
from aggregator.export.ics import block
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent, Statement
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.linkage import Member, Relation
from aggregator.model.places import Place
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity
from aggregator.model.records import Recurrence
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.model.times import EventTime, TimeKind
from aggregator.store import events, feed_blocks
from aggregator.store.configuration import sync
from aggregator.store.database import Store, open_store

ZONE = "Europe/Berlin"
MADE = datetime(2026, 8, 1, tzinfo=UTC)
HORIZON = (datetime(2025, 9, 1), datetime(2027, 12, 1))
EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
SOURCES_AT_ONCE = 20
ESCAPED = re.compile(r"\\(.)")
Lines = dict[str, tuple[str, str]]


def main() -> None:
    size, url = sys.argv[1:]
    folder = Path(__file__).resolve().parents[1] / "var" / "bench" / size
    began = time.perf_counter()
    number = fill(open_store(url), folder, town(folder))
    print(f"{number} events in {time.perf_counter() - began:.0f} s")


def town(folder: Path) -> Settings:
    """A configuration that names every calendar of the folder; written beside them, for the server to read."""
    names = sorted(path.stem for path in (folder / "feeds").glob("*.ics"))
    entries = [
        {"id": n, "name": f"Initiative {n}", "sources": [{"id": n, "url": f"file:{folder}/feeds/{n}.ics"}]}
        for n in names
    ]
    site = {"title": "Region", "timezone": ZONE, "base_url": "https://region.example.org"}
    path = folder / "sources.yaml"
    path.write_text(json.dumps({"site": site, "initiatives": entries}), "utf-8")
    return load_settings(path, {})


def fill(store: Store, folder: Path, settings: Settings) -> int:
    """Put every event of the folder into the store."""
    with store.writing() as connection:
        sync(connection, settings)
    number = 0
    for start in range(0, len(settings.sources), SOURCES_AT_ONCE):
        batch = settings.sources[start : start + SOURCES_AT_ONCE]
        written = tuple(one for source in batch for one in of_source(source, folder, settings))
        identities = tuple(StoredIdentity(one.published.identity) for one in written)
        with store.writing() as connection:
            events.write(connection, EventChanges(identities, written), ZONE)
        number += len(written)
    with store.writing() as connection:
        feed_blocks.renew(connection, block)
    return number


def of_source(source: Source, folder: Path, settings: Settings) -> Iterator[EventToWrite]:
    """The events of one calendar; overrides of series are left out."""
    text = (folder / "feeds" / f"{source.id}.ics").read_bytes().decode()
    for match in EVENT.finditer(text):
        lines = unfolded(match[0])
        if "RECURRENCE-ID" not in lines:
            yield to_write(lines, match[0].encode(), source, [topic.id for topic in settings.topics])


def unfolded(block: str) -> Lines:
    """Each property once: its parameters and value."""
    found = {}
    for line in block.replace("\r\n ", "").split("\r\n"):
        named, _, value = line.partition(":")
        name, _, parameters = named.partition(";")
        found[name] = (parameters, value)
    return found


def to_write(lines: Lines, block: bytes, source: Source, topics: list[str]) -> EventToWrite:
    """One event as a relink would hand it over; what the generator does not tell follows from its UID."""
    uid = lines["UID"][1]
    chance = blake2b(f"{source.id} {uid}".encode(), digest_size=10)
    record, roll = f"{source.id}-{chance.hexdigest()}", chance.digest()
    start, end = moment(lines, "DTSTART"), moment(lines, "DTEND")
    rule = lines.get("RRULE", ("", ""))[1]
    title, url = plain(lines, "SUMMARY"), lines.get("URL", ("", ""))[1]
    event = MergedEvent(
        title=title,
        start=start,
        end=end,
        occurrences=tuple(occurrences(start, end, rule)),
        statements=(Statement(record, source.id, source.initiative, title, start, end, url),),
        provenance=tuple((name, record) for name in ("title", "start", "place", "description")),
        recurrence=Recurrence((rule,) if rule else ()),
        description=plain(lines, "DESCRIPTION"),
        place=place_of(lines),
        url=url,
        topics=tuple(sorted({topics[roll[0] % len(topics)], topics[roll[1] % len(topics)]})) if topics else (),
        initiatives=(source.initiative,),
        facts=facts_of(roll),
    )
    identity = EventIdentity(chance.hexdigest(), f"{record}@region.example.org", record, 0, MADE, MADE, record[:64])
    return EventToWrite(PublishedEvent(identity, event), block, (Member(record, Relation.SAME),))


def facts_of(roll: bytes) -> Facts:
    """A third is free, some are known to be accessible, for children, online or in English."""
    yes = Fact(Reply.YES, "generated")
    unknown = Fact()
    return Facts(
        free=yes if roll[2] < 85 else unknown,
        accessible=yes if roll[3] < 40 else unknown,
        children=yes if roll[4] < 30 else unknown,
        online=yes if roll[5] < 20 else unknown,
        languages=("en",) if roll[6] < 15 else (),
    )


def occurrences(start: EventTime, end: EventTime | None, rule: str) -> Iterator[EventOccurrence]:
    """The dates inside the horizon."""
    if not rule:
        yield EventOccurrence(start, start, end)
        return
    # The generator says UNTIL in UTC; on the wall clock the same digits serve here.
    walls = rrulestr(re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", rule), dtstart=start.wall).between(*HORIZON, inc=True)
    length = end.wall - start.wall if end else timedelta()
    for wall in walls:
        began = EventTime(wall, start.zone, start.kind)
        yield EventOccurrence(began, began, began.shifted(length) if end else None)


def moment(lines: Lines, name: str) -> EventTime | None:
    parameters, value = lines.get(name, ("", ""))
    if not value:
        return None
    if "VALUE=DATE" in parameters:
        return EventTime.of_date(date(int(value[:4]), int(value[4:6]), int(value[6:8])), ZONE)
    wall = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
    if value.endswith("Z"):
        return EventTime.of_instant(wall.replace(tzinfo=UTC), ZONE)
    zone = parameters.rpartition("TZID=")[2] if "TZID=" in parameters else ZONE
    return EventTime(wall, zone.strip('"') or ZONE, TimeKind.ZONED)


def plain(lines: Lines, name: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], lines.get(name, ("", ""))[1])


def place_of(lines: Lines) -> Place:
    name, _, address = plain(lines, "LOCATION").partition(", ")
    latitude, _, longitude = lines.get("GEO", ("", ""))[1].partition(";")
    return Place(name, address, float(latitude) if latitude else None, float(longitude) if longitude else None)


if __name__ == "__main__":
    main()
