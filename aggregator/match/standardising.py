"""Records made comparable: word parts instead of spellings, venues instead of names, a face for each date.

Overrides are not compared by themselves: they are the face of their series on one date.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta

from aggregator.match.corpus import Corpus, Counting, without_habit
from aggregator.match.identifiers import canonical, proving_uid, proving_url
from aggregator.match.learning import Learnt, Lessons
from aggregator.match.learning import Town as Town
from aggregator.match.lexicon import SIDE_EVENTS
from aggregator.match.roll import Roll
from aggregator.match.sentences import without_asides
from aggregator.match.sets import NOTHING, gathered, less
from aggregator.match.siting import with_towns
from aggregator.match.spots import Spot
from aggregator.match.wording import Wording, wording_of
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.sources import Priority
from aggregator.model.text import key
from aggregator.model.times import EventTime
from aggregator.model.values import dataclass

ONE_DAY = timedelta(days=1)


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
    names: frozenset[str] = frozenset()
    end: EventTime | None = None
    uid: str = ""
    url: str = ""
    links: frozenset[str] = frozenset()
    named_in_title: frozenset[str] = frozenset()
    named_in_text: frozenset[str] = frozenset()
    is_own: bool = False
    status: Status = Status.CONFIRMED
    occurrence: str = ""
    rhythm: Mapping[date, EventTime] | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a series; the face of one is made when it is asked for, since few are ever compared.

    `by_day` finds them by the wall days of their start and of their start by rule; `told` are the faces of
    the dates that an override tells otherwise, by its record id.
    """

    whole: Face
    by_day: Mapping[date, tuple[Occurrence, ...]]
    told: Mapping[str, Face]

    def on(self, day: date) -> list[Face]:
        """The faces of the dates of a wall day."""
        return [self.face(each) for each in self.by_day.get(day, ())]

    def at(self, time: EventTime) -> Face | None:
        """The face of the date that has this start by rule, else of the one that was moved there."""
        wanted, day = moment(time), time.wall.date()
        near = [each for at in (day - ONE_DAY, day, day + ONE_DAY) for each in self.by_day.get(at, ())]
        # A date moved onto another's slot does not hide that one: the start by rule comes first.
        by_rule = (each for each in reversed(near) if moment(each.original) == wanted)
        found = next(by_rule, None) or next((each for each in near if moment(each.start) == wanted), None)
        return self.face(found) if found else None

    def everyone(self) -> list[Face]:
        """The faces of all dates."""
        return [self.face(each) for each in dict.fromkeys(each for found in self.by_day.values() for each in found)]

    def kinds(self) -> tuple[Face, ...]:
        """The faces that dates of this series have, beside their times."""
        return (self.whole, *self.told.values())

    def face(self, occurrence: Occurrence) -> Face:
        """The series' face on one date, as its override tells it where there is one."""
        times = times_of(occurrence.start, occurrence.original)
        return replace(
            self.told.get(occurrence.record, self.whole),
            times=times,
            moments=frozenset(map(moment, times)),
            end=occurrence.end or end_on(occurrence, self.whole),
            occurrence=occurrence.original.iso(),
            rhythm=None,
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """A record ready for comparison: its face as a whole, and for a series its dates.

    `left_out` are the days that its rule excepts.
    """

    record: str
    face: Face
    dates: Dates | None = None
    left_out: frozenset[date] = frozenset()

    @property
    def is_series(self) -> bool:
        """Whether it has many dates."""
        return self.dates is not None


@dataclass(frozen=True)
class Standard:
    """Units made comparable, by record id, with what was learnt before; `beside` and `pages` as in Roll."""

    profiles: Mapping[str, Profile]
    learnt: Learnt
    beside: Mapping[str, Record] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def corpus(self) -> Corpus:
        """How rare words are."""
        return self.learnt.corpus


def moment(time: EventTime) -> str:
    """The key of a moment: a day for a date, else the instant in UTC."""
    return time.iso() if time.is_date else time.instant.isoformat()


def moment_of(iso: str) -> str:
    """The key of a moment written as ISO 8601 (a date, or a time with offset)."""
    return datetime.fromisoformat(iso).astimezone(UTC).isoformat() if "T" in iso else iso


def standardise(
    records: Iterable[Record],
    town: Town,
    lessons: Lessons | None = None,
    profiles: MutableMapping[str, Profile] | None = None,
    note: Callable[[Profile], None] | None = None,
) -> Standard:
    """The profile of every unit, and what all records teach unless it is given.

    The records come in the order of their ids and are gone through twice; `profiles` is where what came of them is put.
    `note` is told of each while it is at hand.
    """
    roll = Roll(town)
    roll.call(records)
    learnt = Learnt(town, lessons or roll.survey.lessons())
    kept = {} if profiles is None else profiles
    counting = Counting()
    for record in records:
        if record.id not in roll.beside:
            profile = kept[record.id] = profile_of(record, learnt, roll.beside, roll.repeated)
            if note:
                note(profile)
            counting.add(*announcement(profile.face))
            roll.note_page(record)
    if not lessons:
        learnt = Learnt(town, replace(learnt.lessons, counts=counting.counts()))
    return Standard(kept, learnt, roll.beside, roll.pages)


def announcement(face: Face) -> tuple[str, Wording, EventTime | None]:
    """What of a face teaches how rare words and hours are."""
    return face.source, face.wording, face.times[0] if face.times else None


def profile_of(record: Record, learnt: Learnt, records: Mapping[str, Record], repeated: Container[int]) -> Profile:
    """One unit made comparable; `records` hold its overrides."""
    face = face_of(record, learnt, repeated)
    if not record.is_series:
        return Profile(record.id, face)
    left_out = frozenset(time.wall.date() for time in record.recurrence.exceptions)
    dates = dates_of(record, face, learnt, records)
    whole = replace(face, rhythm={each.start.wall.date(): each.start for each in record.occurrences})
    return Profile(record.id, whole, dates, left_out)


def dates_of(series: Record, whole: Face, learnt: Learnt, records: Mapping[str, Record]) -> Dates:
    """The dates of a series, and what its overrides tell otherwise."""
    days: dict[date, dict[Occurrence, None]] = {}
    told: dict[str, Face] = {}
    for occurrence in series.occurrences:
        for day in {occurrence.start.wall.date(), occurrence.original.wall.date()}:
            days.setdefault(day, {})[occurrence] = None
        override = records.get(occurrence.record)
        if override is not None:
            told[override.id] = overridden(whole, override, learnt)
    return Dates(whole, {day: tuple(found) for day, found in days.items()}, told)


def face_of(record: Record, learnt: Learnt, repeated: Container[int] = ()) -> Face:
    """The face of a record as a whole; `repeated` as in profiles_of."""
    lessons = learnt.lessons
    title = without_habit(record.title, lessons.habits.get(record.source, ""))
    wording = wording_of(record, title, learnt.cutter, lessons.gazetteer.towns)
    source = learnt.town.sources.get(record.source)
    initiative = source.initiative if source else ""
    spot = learnt.sites.spot_of(record, lessons.homes.get(record.source, ""))
    named = learnt.named_towns.get(initiative, NOTHING)
    if spot.towns:
        spot = with_towns(spot, named, NOTHING, NOTHING)
    else:
        spot = with_towns(spot, named, learnt.worded_towns(record, spot), learnt.likely_towns(record, spot))
    hosts = frozenset(host for venue in spot.venues | spot.mentioned for host in learnt.houses.get(venue, ()))
    in_title = learnt.naming.named_in_title(title)
    in_text = learnt.naming.named_in(without_asides(record.description)) | learnt.naming.named_in(record.organizer)
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
        title_words=title_words(wording, spot.words | own_words),
        names=own_words,
        end=record.end,
        uid=proving_uid(record, repeated),
        url=proving_url(record, repeated),
        links=gathered(filter(None, map(canonical, record.links))),
        # Who is host there is named as a place, which is another feature.
        named_in_title=less(in_title, hosts),
        named_in_text=less(in_text, hosts),
        is_own=source is not None and source.priority is Priority.OWN,
        status=record.status,
    )


def title_words(wording: Wording, said: frozenset[str]) -> frozenset[str]:
    """The words of a title without those that only say where and by whom; a harbour festival keeps its harbour."""
    compounds = {part for compound in wording.compounds if not compound <= said for part in compound}
    return (wording.title - said | wording.title & compounds) - SIDE_EVENTS.keys() or NOTHING


def overridden(whole: Face, override: Record, learnt: Learnt) -> Face:
    """The series' face with what an override tells otherwise; the series' own words stay beside it."""
    told = face_of(override, learnt)
    wording = replace(
        told.wording,
        title=told.wording.title | whole.wording.title,
        text=told.wording.text | whole.wording.text,
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


def times_of(*times: EventTime | None) -> tuple[EventTime, ...]:
    """The times that are known, each once."""
    return tuple(dict.fromkeys(time for time in times if time is not None))
