"""Records made comparable: keys instead of spellings, and one face for each date of a series.

Overrides are not compared by themselves: they are the face of their series on one date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record
from aggregator.model.sources import Source
from aggregator.model.text import key
from aggregator.model.times import EventTime

# Parameters that tell where a reader came from, never which event is meant.
TRACKING = ("utm_", "fbclid", "gclid", "mc_", "pk_", "mtm_")


# Source, kind of identifier, value.
Use = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Face:
    """What matching sees of a record, or of one date of a series.

    `title_key` is the title in its normal form. `times` are the moments it may be announced for: its
    start, and for a moved date also the start by rule; `moments` are their keys. `uid` and `url` are
    empty where they prove nothing (see `standardise`). `occurrence` is the ISO original start of a
    series' date, empty for a record as a whole.
    """

    source: str
    initiative: str
    title: str
    title_key: str
    place: Place
    times: tuple[EventTime, ...]
    moments: frozenset[str]
    uid: str = ""
    url: str = ""
    occurrence: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A record ready for comparison: its face as a whole, and for a series the face of each date by moment."""

    record: str
    face: Face
    is_series: bool = False
    dates: Mapping[str, Face] = field(default_factory=dict)


def moment(time: EventTime) -> str:
    """The key of a moment: a day for a date, else the instant in UTC."""
    return time.iso() if time.is_date else time.instant.isoformat()


def moment_of(iso: str) -> str:
    """The key of a moment written as ISO 8601 (a date, or a time with offset)."""
    return datetime.fromisoformat(iso).astimezone(UTC).isoformat() if "T" in iso else iso


def units(records: Iterable[Record]) -> dict[str, Record]:
    """The records that are compared: no notices, and no overrides but those whose series is missing."""
    events = {record.id: record for record in records if not record.is_notice}
    return {id_: record for id_, record in events.items() if record.series not in events}


def standardise(records: Sequence[Record], sources: Mapping[str, Source]) -> dict[str, Profile]:
    """The profile of every unit by record id.

    A UID or URL that one source uses for several events says nothing about any of them, so it is left
    out: counters that number 1, 2, 3, or one page for a whole programme.
    """
    compared = units(records)
    by_id = {record.id: record for record in records}
    uses = Counter(use for record in compared.values() for use in uses_of(record))
    return {id_: profile_of(record, sources, by_id, uses) for id_, record in compared.items()}


def profile_of(
    record: Record, sources: Mapping[str, Source], records: Mapping[str, Record], uses: Mapping[Use, int]
) -> Profile:
    """One unit made comparable; `uses` counts how often each source uses each identifier."""
    url = event_url(record)
    times = times_of(record.start)
    whole = Face(
        source=record.source,
        initiative=sources[record.source].initiative if record.source in sources else "",
        title=record.title,
        title_key=key(record.title),
        place=record.place,
        times=times,
        moments=frozenset(map(moment, times)),
        uid=record.uid if uses.get((record.source, "uid", record.uid)) == 1 else "",
        url=url if uses.get((record.source, "url", url)) == 1 else "",
    )
    dates = faces_of_dates(record, whole, records) if record.is_series else {}
    return Profile(record.id, whole, record.is_series, dates)


def uses_of(record: Record) -> list[Use]:
    """What a record uses of its source's identifiers: (source, kind, value)."""
    pairs = (("uid", record.uid), ("url", event_url(record)))
    return [(record.source, kind, value) for kind, value in pairs if value]


def faces_of_dates(series: Record, whole: Face, records: Mapping[str, Record]) -> dict[str, Face]:
    """One face for each date of a series, found under the start that it has and the one that its rule gave it."""
    faces: dict[str, Face] = {}
    for occurrence in series.occurrences:
        face = face_of_date(occurrence, whole, records.get(occurrence.record))
        # A date moved onto another's slot does not hide that one: the start by rule comes first.
        faces[moment(occurrence.original)] = face
        faces.setdefault(moment(occurrence.start), face)
    return faces


def face_of_date(occurrence: Occurrence, whole: Face, override: Record | None) -> Face:
    """The series' face on one date, as its override tells it where there is one."""
    times = times_of(occurrence.start, occurrence.original)
    face = replace(whole, times=times, moments=frozenset(map(moment, times)), occurrence=occurrence.original.iso())
    if override is not None and override.title:
        face = replace(face, title=override.title, title_key=key(override.title))
    if override is not None and override.place.text:
        face = replace(face, place=override.place)
    return face


def times_of(*times: EventTime | None) -> tuple[EventTime, ...]:
    """The times that are known, each once."""
    return tuple(dict.fromkeys(time for time in times if time is not None))


def event_url(record: Record) -> str:
    """The address of the event's own page in one spelling, "" if the record tells none.

    Feeds without links often use the address as identifier. The root of a site is nobody's event page.
    """
    return next((url for url in map(canonical, (record.link, record.guid, record.uid)) if url), "")


def canonical(address: str) -> str:
    """An http(s) address without scheme, `www.`, trailing slash and tracking; "" for anything else."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    pairs = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(TRACKING)]
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not (path or pairs):
        return ""
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    # The fragment stays: several events of one page are told apart by it.
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{path}{query}{fragment}"
