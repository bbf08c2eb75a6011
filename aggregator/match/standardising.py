"""Records made comparable: word parts instead of spellings, venues instead of names, a face for each date.

Overrides are not compared by themselves: they are the face of their series on one date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from aggregator.match.corpus import Corpus, habits, heads_of, learn, without_habit
from aggregator.match.gazetteer import Gazetteer, learn_places
from aggregator.match.identifiers import Use, canonical, proving_uid, proving_url, uses
from aggregator.match.lexicon import SIDE_EVENTS
from aggregator.match.naming import Naming, first_clause, learn_names
from aggregator.match.spots import Spot, homes, spot_of
from aggregator.match.wording import Cutter, Wording, without_asides, wording_of
from aggregator.model.places import KnownPlace, Place
from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.sources import Initiative, Source
from aggregator.model.text import key
from aggregator.model.times import EventTime


@dataclass(frozen=True, slots=True)
class Face:
    """What matching sees of a record, or of one date of a series.

    `times` are the moments it may be announced for: its start, and for a moved date also the start by
    rule; `moments` are their keys. `title_words` are those of the wording without the words that say
    where and by whom. `uid` and `url` are empty where they prove nothing (see identifiers). `named` are
    the initiatives that its title, its text name. `occurrence` is the ISO original start of a series'
    date, empty for a record as a whole.
    """

    source: str
    initiative: str
    title: str
    title_key: str
    place: Place
    times: tuple[EventTime, ...]
    moments: frozenset[str]
    wording: Wording
    spot: Spot
    title_words: frozenset[str] = frozenset()
    end: EventTime | None = None
    uid: str = ""
    url: str = ""
    links: frozenset[str] = frozenset()
    named_in_title: frozenset[str] = frozenset()
    named_in_text: frozenset[str] = frozenset()
    status: Status = Status.CONFIRMED
    occurrence: str = ""
    rhythm: Mapping[date, EventTime] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A record ready for comparison: its face as a whole, and for a series the face of each date.

    `dates` are found by the key of their start and of their start by rule, `days` by local wall day; `left_out`
    are the days that its rule excepts.
    """

    record: str
    face: Face
    is_series: bool = False
    dates: Mapping[str, Face] = field(default_factory=dict)
    days: Mapping[date, tuple[Face, ...]] = field(default_factory=dict)
    left_out: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Town:
    """What is known beside the records: sources and initiatives by id, the venues of `places.yaml`, the site's zone."""

    zone: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    initiatives: Mapping[str, Initiative] = field(default_factory=dict)
    places: tuple[KnownPlace, ...] = ()


@dataclass(frozen=True)
class Standard:
    """All units of one relink made comparable, with what they teach together."""

    profiles: dict[str, Profile]
    corpus: Corpus
    gazetteer: Gazetteer


@dataclass(frozen=True)
class Learnt:
    """What has to be known of all records before any one is made comparable."""

    sources: Mapping[str, Source]
    cutter: Cutter
    habits: Mapping[str, str]
    gazetteer: Gazetteer
    homes: Mapping[str, str]
    houses: Mapping[str, str]
    naming: Naming
    uses: Mapping[Use, int]


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


def standardise(records: Sequence[Record], town: Town) -> Standard:
    """The profile of every unit by record id, the same for any order of the records."""
    compared = units(records)
    by_id = {record.id: record for record in records}
    learnt = learn_all(list(compared.values()), town)
    profiles = {id_: profile_of(record, learnt, by_id) for id_, record in sorted(compared.items())}
    faces = [profile.face for profile in profiles.values()]
    corpus = learn((face.source, face.wording, face.times[0] if face.times else None) for face in faces)
    return Standard(profiles, corpus, learnt.gazetteer)


def learn_all(records: Sequence[Record], town: Town) -> Learnt:
    """Everything that the records teach together."""
    names = {
        source.id: first_clause(town.initiatives[source.initiative].name)
        for source in town.sources.values()
        if source.initiative in town.initiatives
    }
    gazetteer = learn_places((record.place for record in records), town.places, names.values())
    own = homes(records, gazetteer, names)
    return Learnt(
        sources=town.sources,
        cutter=Cutter(heads_of(records)),
        habits=habits(records),
        gazetteer=gazetteer,
        homes=own,
        houses={source.initiative: own.get(source.id, "") for source in town.sources.values()},
        naming=learn_names(town.initiatives.values(), gazetteer.towns),
        uses=uses(records),
    )


def profile_of(record: Record, learnt: Learnt, records: Mapping[str, Record]) -> Profile:
    """One unit made comparable."""
    whole = face_of(record, learnt)
    if not record.is_series:
        return Profile(record.id, whole)
    dates = faces_of_dates(record, whole, learnt, records)
    whole = replace(whole, rhythm={each.start.wall.date(): each.start for each in record.occurrences})
    left_out = frozenset(time.wall.date() for time in record.recurrence.exceptions)
    return Profile(record.id, whole, True, dates, by_day(dates.values()), left_out)


def face_of(record: Record, learnt: Learnt) -> Face:
    """The face of a record as a whole."""
    title = without_habit(record.title, learnt.habits.get(record.source, ""))
    wording = wording_of(record, title, learnt.cutter, learnt.gazetteer.towns)
    spot = spot_of(record, learnt.gazetteer, learnt.homes.get(record.source, ""), learnt.cutter)
    source = learnt.sources.get(record.source)
    initiative = source.initiative if source else ""
    own_places = {id_ for id_, home in learnt.houses.items() if home and home in spot.venues | spot.mentioned}
    in_title = learnt.naming.named_in(title)
    times = times_of(record.start)
    own_words = learnt.naming.words(in_title | {initiative})
    return Face(
        source=record.source,
        initiative=initiative,
        title=record.title,
        title_key=key(title),
        place=record.place,
        times=times,
        moments=frozenset(map(moment, times)),
        wording=wording,
        spot=spot,
        title_words=wording.title - spot.words - own_words - SIDE_EVENTS.keys(),
        end=record.end,
        uid=proving_uid(record, learnt.uses),
        url=proving_url(record, learnt.uses),
        links=frozenset(filter(None, map(canonical, record.links))),
        # Who is host there is named as a place, which is another feature.
        named_in_title=in_title - own_places,
        named_in_text=learnt.naming.named_in(f"{without_asides(record.description)}\n{record.organizer}") - own_places,
        status=record.status,
    )


def faces_of_dates(series: Record, whole: Face, learnt: Learnt, records: Mapping[str, Record]) -> dict[str, Face]:
    """One face for each date of a series, found under the start that it has and the one that its rule gave it."""
    faces: dict[str, Face] = {}
    for occurrence in series.occurrences:
        face = face_of_date(occurrence, whole, records.get(occurrence.record), learnt)
        # A date moved onto another's slot does not hide that one: the start by rule comes first.
        faces[moment(occurrence.original)] = face
        faces.setdefault(moment(occurrence.start), face)
    return faces


def face_of_date(occurrence: Occurrence, whole: Face, override: Record | None, learnt: Learnt) -> Face:
    """The series' face on one date, as its override tells it where there is one."""
    times = times_of(occurrence.start, occurrence.original)
    face = whole if override is None else overridden(whole, override, learnt)
    return replace(
        face,
        times=times,
        moments=frozenset(map(moment, times)),
        end=occurrence.end or end_on(occurrence, whole),
        occurrence=occurrence.original.iso(),
        rhythm=None,
    )


def overridden(whole: Face, override: Record, learnt: Learnt) -> Face:
    """The series' face with what an override tells otherwise; the series' own words stay beside it."""
    told = face_of(override, learnt)
    wording = replace(
        told.wording,
        title=told.wording.title | whole.wording.title,
        text=told.wording.text | whole.wording.text,
        roots=told.wording.roots | whole.wording.roots,
    )
    return replace(
        told,
        wording=wording,
        spot=told.spot if override.place.text else whole.spot,
        title_words=told.title_words | whole.title_words,
        uid=whole.uid,
        url=whole.url,
    )


def end_on(occurrence: Occurrence, whole: Face) -> EventTime | None:
    """The end of a date that is as long as its series says."""
    if whole.end is None or not whole.times:
        return None
    return occurrence.start.shifted(whole.end.wall - whole.times[0].wall)


def by_day(faces: Iterable[Face]) -> dict[date, tuple[Face, ...]]:
    """The faces of dates by each wall day that they may be announced for."""
    days: dict[date, dict[str, Face]] = {}
    for face in faces:
        for time in face.times:
            days.setdefault(time.wall.date(), {})[face.occurrence] = face
    return {day: tuple(found.values()) for day, found in days.items()}


def times_of(*times: EventTime | None) -> tuple[EventTime, ...]:
    """The times that are known, each once."""
    return tuple(dict.fromkeys(time for time in times if time is not None))
