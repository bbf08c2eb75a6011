"""A change is matched with its surroundings only, and gives what a look at all records would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.match.learning import Lessons
from aggregator.match.linking import link_whole
from aggregator.model.corrections import HIDDEN, Correction
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, RecordChanges, Recurrence
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.model.times import EventTime, TimeKind
from aggregator.pipeline import relink as relinking
from aggregator.pipeline.relink import load, relink, relink_part
from aggregator.store import configuration, corrections, events, matching, questions, records, verdicts
from aggregator.store.codec import decode
from aggregator.store.database import Store, open_store
from aggregator.store.matching import StoredLessons

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
NAMES = "abc"


class Town:
    """A store with three sources whose records are set by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        sources = tuple(Source(name, name, f"https://{name}.example.org/feed") for name in NAMES)
        initiatives = tuple(Initiative(name, name.title()) for name in NAMES)
        self.settings = Settings(Path("sources.yaml"), Site("Town", ZONE), initiatives=initiatives, sources=sources)
        self.now = NOW
        with store.writing() as connection:
            configuration.sync(connection, self.settings)

    def say(self, *told: Record, withdrawn: tuple[str, ...] = ()) -> None:
        """What sources add, change or withdraw."""
        self.now += timedelta(minutes=1)
        with self.store.writing() as connection:
            for name in NAMES:
                theirs = tuple(record for record in told if record.source == name)
                gone = tuple(id_ for id_ in withdrawn if id_.startswith(f"{name}."))
                records.apply(connection, name, RecordChanges(added=theirs, withdrawn=gone), self.now)

    def match_change(self) -> None:
        """A relink of what changed, whatever share of all that is."""
        assert relink_part(self.store, self.settings, self.now) is not None

    def together(self) -> set[tuple[str, ...]]:
        """Which records are one event by what is stored."""
        with self.store.reading() as connection:
            members = events.load_members(connection)
        found: dict[str, list[str]] = {}
        for record, member in sorted(members.items()):
            found.setdefault(member.event, []).append(f"{record} {member.member.relation} {member.member.occurrence}")
        return {tuple(each) for each in found.values()}

    def rebuilt(self) -> tuple[object, ...]:
        """What a look at all records with the stored lessons gives, and the open questions."""
        known = load(self.store, self.settings, self.now)
        with self.store.reading() as connection:
            lessons = decode(Lessons, matching.load_lessons(connection))
        told = [stored.record for stored in known.records.values()]
        linkage = link_whole(told, known.frame.town, known.human, lessons).linkage
        clusters = {
            tuple(f"{m.record} {m.relation} {m.occurrence}" for m in cluster.members) for cluster in linkage.clusters
        }
        return clusters, {frozenset((each.left, each.right)) for each in linkage.questions}

    def stored(self) -> tuple[object, ...]:
        """The same as it is stored."""
        with self.store.reading() as connection:
            asked = {frozenset((each.left, each.right)) for each in questions.load(connection)}
        return self.together(), asked


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relinking, "STALE_SHARE", 0)


def said(id_: str, fields: dict[str, object]) -> Record:
    """A record; its id starts with its source."""
    wall = datetime.fromisoformat(str(fields["start"])) if fields["start"] else None
    start = EventTime(wall, ZONE, TimeKind.ZONED) if wall else None
    days = int(str(fields.get("days", 0)))
    record = Record(
        id_, id_, id_[0], "vevent", str(fields["title"]), str(fields["title"]), "", uid=str(fields["uid"]),
        link=str(fields["link"]), start=start, place=Place(str(fields["place"])),
        end=start.shifted(timedelta(days=days)) if start and days else None,
        occurrences=(Occurrence(start, start),) if start else (),
    )  # fmt: skip
    return weekly(record) if fields.get("weekly") and start else record


def weekly(record: Record) -> Record:
    assert record.start
    starts = [record.start.shifted(timedelta(weeks=week)) for week in range(3)]
    return replace(record, recurrence=Recurrence(("FREQ=WEEKLY",)), occurrences=tuple(Occurrence(s, s) for s in starts))


SLAM = {"title": "Salzstadt-Slam", "start": "2026-12-05T18:00", "place": "Glockenhaus", "uid": "", "link": ""}
STATEMENTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Salzstadt-Slam", "Plenum", "Sternenfest", "Sternenfest: Lesung"]),
        "start": st.sampled_from(["2026-12-05T18:00", "2026-12-12T18:00", "2026-12-05T18:30", ""]),
        "place": st.sampled_from(["Glockenhaus", "Museum", ""]),
        "uid": st.sampled_from(["", "one@haus.example", "two@haus.example"]),
        "link": st.sampled_from(["", "https://haus.example.org/slam", "https://haus.example.org/fest"]),
        "weekly": st.sampled_from([False, False, True]),
        "days": st.sampled_from([0, 0, 0, 3]),
    }
)
IDS = st.sampled_from([f"{name}.{number}" for name in NAMES for number in (1, 2)])
ANSWERS = st.one_of(st.none(), st.tuples(IDS, IDS, st.sampled_from(list(Verdict))))
STEPS = st.lists(st.tuples(IDS, st.one_of(st.none(), STATEMENTS), ANSWERS), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("since", "changed", "hours", "expected"),
    [
        pytest.param(0, 1, 1, False, id="one of a thousand changed"),
        pytest.param(0, 21, 7, True, id="one in fifty changed at once"),
        pytest.param(21, 1, 7, True, id="one in fifty changed since"),
        pytest.param(21, 1, 1, False, id="one in fifty changed, learnt just now"),
        pytest.param(126, 1, 1, True, id="one in eight changed, learnt just now"),
        pytest.param(0, 1, 26, True, id="learnt yesterday"),
    ],
)
def test_lessons_are_learnt_anew_when_much_has_changed(monkeypatch, since, changed, hours, expected):
    monkeypatch.setattr(relinking, "STALE_SHARE", 50)
    learnt = StoredLessons(NOW, "frame", "digest", records=1000, since=since)
    assert relinking.is_stale(learnt, [str(n) for n in range(changed)], NOW + timedelta(hours=hours)) is expected


def test_another_configuration_is_a_reason_to_look_at_all(sqlite_store):
    town = Town(sqlite_store)
    town.say(said("a.1", SLAM))
    relink(sqlite_store, town.settings, town.now)
    other = replace(town.settings, site=replace(town.settings.site, timezone="Europe/London"))
    assert relink_part(sqlite_store, town.settings, town.now) is not None
    assert relink_part(sqlite_store, other, town.now) is None


def test_a_part_that_cannot_be_matched_is_a_reason_to_look_at_all(sqlite_store, monkeypatch, caplog):
    town = Town(sqlite_store)
    town.say(said("a.1", SLAM))
    relink(sqlite_store, town.settings, town.now)
    town.say(said("b.1", SLAM))
    monkeypatch.setattr(relinking, "match_part", None)
    relink(sqlite_store, town.settings, town.now)
    assert len(town.together()) == 1
    assert "could not be matched" in caplog.text


def umbrellas_of(town: Town, record: str) -> list[str]:
    """The titles of the festivals that the event of a record belongs to."""
    with town.store.reading() as connection:
        event = events.load_members(connection, [record])[record].event
        return [whole.title for each in events.load_published(connection, [event]) for whole in each.event.part_of]


@pytest.mark.parametrize("whole", [pytest.param(True, id="in a look at all"), pytest.param(False, id="in a part")])
def test_a_hidden_festival_is_not_named_by_its_items(sqlite_store, whole):
    town = Town(sqlite_store)
    festival = {**SLAM, "title": "Sternenfest", "start": "2026-12-05T10:00", "days": 3}
    item = {**SLAM, "title": "Sternenfest: Lesung"}
    town.say(said("a.1", festival), said("b.1", item))
    relink(sqlite_store, town.settings, town.now, whole=True)
    assert umbrellas_of(town, "b.1") == ["Sternenfest"]
    with sqlite_store.writing() as connection:
        hidden = events.load_members(connection, ["a.1"])["a.1"].event
        corrections.add(connection, Correction(hidden, HIDDEN, "Sternenfest", "Ada", town.now))
    town.say(said("b.1", {**item, "title": "Sternenfest: Lesung mit Musik"}))
    relink(sqlite_store, town.settings, town.now, whole=whole)
    assert umbrellas_of(town, "b.1") == []


def changed_one_by_one(store, first, steps) -> Town:
    """A town whose records were added, changed, withdrawn and judged, each matched by itself."""
    town = Town(store)
    town.say(*(said(id_, fields) for id_, fields in first.items()))
    relink(store, town.settings, town.now, whole=True)
    for id_, fields, answer in steps:
        town.say(*([said(id_, fields)] if fields else []), withdrawn=() if fields else (id_,))
        if answer and answer[0] != answer[1]:
            with store.writing() as connection:
                verdicts.add(connection, HumanVerdict(*answer, "Ada"), town.now)
        town.match_change()
    return town


def test_a_change_is_matched_with_its_surroundings(store):
    known = {"a.1": SLAM, "b.1": {**SLAM, "start": "2026-12-12T18:00"}}
    town = changed_one_by_one(store, known, [("b.1", SLAM, None), ("c.1", SLAM, ("a.1", "c.1", Verdict.NO_MATCH))])
    assert sorted(map(len, town.together())) == [1, 2]
    assert town.stored() == town.rebuilt()


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(IDS, STATEMENTS, max_size=4), steps=STEPS)
def test_changes_one_by_one_give_what_a_look_at_all_gives(sqlite_databases, first, steps):
    store = open_store(sqlite_databases.migrated(), key=lambda: bytes(32))
    town = changed_one_by_one(store, first, steps)
    assert town.stored() == town.rebuilt()
    store.close()
