from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.events import EventOccurrence, MergedEvent, Statement
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.linkage import Cluster, Member, Relation
from aggregator.model.publishing import StoredIdentity
from aggregator.model.records import Record, Status, StoredRecord
from aggregator.model.times import EventTime
from aggregator.pipeline.identities import Remembered, assign, fingerprint, hashed, revise

HOST = "kalender.example.org"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
START = EventTime(datetime(2026, 12, 5, 18), "Europe/Berlin")
EVENT = MergedEvent("Slam", START, (), (Statement("a", "s", "i", "Slam", START),), (("title", "a"),))


def seen(name, days=0):
    return StoredRecord(Record(name, name, "s", "vevent", name, name, name), NOW - timedelta(days=days), NOW)


# Later letters were seen later.
RECORDS = {name: seen(name, days=20 - number) for number, name in enumerate("abcdef")}


def cluster(names, instances=""):
    members = [Member(name) for name in names] + [
        Member(name, Relation.INSTANCE_OF, "2026-12-05") for name in instances
    ]
    return Cluster(tuple(sorted(members, key=lambda member: member.record)))


class Town:
    """Relinks one after the other, remembered as the store would."""

    def __init__(self):
        self.identities = {}
        self.members = {}
        self.now = NOW

    def relink(self, *clusters, records=RECORDS):
        """The ids of the clusters; a cluster is written as the names of its records."""
        found = [each if isinstance(each, Cluster) else cluster(each) for each in clusters]
        self.now += timedelta(days=1)
        self.assignment = assign(
            found, Remembered(tuple(self.identities.values()), self.members), records, HOST, self.now
        )
        for alias in self.assignment.aliases:
            self.identities[alias.identity.id] = alias
        for identity in self.assignment.identities:
            self.identities[identity.id] = StoredIdentity(identity)
        ids = [identity.id for identity in self.assignment.identities]
        self.members = {r: id_ for each, id_ in zip(found, ids, strict=True) for r in each.records}
        return ids

    def leads_to(self, id_):
        return self.identities[id_].merged_into


@pytest.fixture
def town():
    return Town()


def test_a_new_event_gets_an_id_from_its_founder(town):
    town.relink("ba")
    (identity,) = town.assignment.identities
    assert (identity.id, identity.uid, identity.founder) == (hashed("a"), f"{hashed('a')}@{HOST}", "a")
    assert (len(identity.id), identity.sequence, identity.created_at) == (10, 0, town.now)


def test_the_founder_of_a_series_is_a_record_of_the_whole(town):
    town.relink(cluster("b", instances="a"))
    assert town.assignment.identities[0].founder == "b"


def test_an_unchanged_town_keeps_everything(town):
    before = town.relink("ab", "c"), town.assignment.identities
    assert (town.relink("ab", "c"), town.assignment.identities) == before
    assert town.assignment.aliases == ()


def test_when_clusters_merge_the_oldest_id_lives_on(town):
    old, new = town.relink("b", "c")
    assert town.relink("bc") == [old]
    assert town.leads_to(new) == old


def test_the_oldest_id_is_the_one_that_was_minted_first(town):
    (old,) = town.relink("b")
    town.relink("b", "a")
    assert town.relink("ab") == [old]


def test_when_they_split_again_each_part_has_its_own_id_back(town):
    ids = town.relink("b", "c")
    town.relink("bc")
    assert town.relink("b", "c") == ids
    assert [town.leads_to(id_) for id_ in ids] == [None, None]


def test_when_a_cluster_splits_the_oldest_record_keeps_the_id(town):
    (old,) = town.relink("abc")
    parts = town.relink("bc", "a")
    assert parts[1] == old
    assert parts[0] == hashed("b")


def test_an_id_whose_founder_is_gone_passes_to_the_oldest_left(town):
    (old,) = town.relink("abc")
    assert town.relink("bc") == [old]
    assert town.relink("c", "b")[1] == old


def test_a_founder_that_returns_to_a_lost_id_gets_a_new_one(town):
    (old,) = town.relink("ab")
    town.relink("b")
    ids = town.relink("a", "b")
    assert ids[1] == old
    assert ids[0] not in (old, hashed("a"))


def test_an_event_that_vanished_returns_with_its_id(town):
    (old, other) = town.relink("a", "b")
    town.relink("b")
    assert town.relink("a", "b") == [old, other]


def test_a_redirect_is_always_one_step(town):
    first, second, third = town.relink("a"), town.relink("a", "b")[1], town.relink("a", "b", "c")[2]
    town.relink("a", "bc", records={name: RECORDS[name] for name in "abc"})
    assert town.leads_to(third) == second
    town.relink("ab")
    assert (town.leads_to(second), town.leads_to(third)) == (first[0], first[0])


PARTITIONS = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=1, max_size=5)


def clusters_of(labels):
    names = {label: [n for n, of in zip("abcdef", labels, strict=True) if of == label] for label in labels}
    return [cluster(group) for group in names.values()]


@given(partitions=PARTITIONS, shuffle=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_ids(partitions, shuffle):
    straight, shuffled = Town(), Town()
    for labels in partitions:
        clusters = clusters_of(labels)
        ids = dict(zip(clusters, straight.relink(*clusters), strict=True))
        shuffle.shuffle(clusters)
        assert dict(zip(clusters, shuffled.relink(*clusters), strict=True)) == ids
    assert shuffled.identities == straight.identities


@given(partitions=PARTITIONS)
def test_every_cluster_has_an_id_of_its_own_and_every_old_id_leads_to_a_live_one(partitions):
    town = Town()
    for labels in partitions:
        ids = town.relink(*clusters_of(labels))
        assert len(set(ids)) == len(ids)
        live = {id_ for id_, stored in town.identities.items() if stored.merged_into is None}
        assert {stored.merged_into for stored in town.identities.values()} - {None} <= live


@given(partitions=PARTITIONS)
def test_a_second_relink_changes_nothing(partitions):
    town = Town()
    for labels in partitions:
        town.relink(*clusters_of(labels))
        before = dict(town.identities)
        town.relink(*clusters_of(labels))
        assert (town.assignment.aliases, town.identities) == ((), before)


def known(event=EVENT):
    town = Town()
    town.relink("a")
    return revise(town.assignment.identities[0], event, NOW)


def test_a_first_look_is_no_change():
    assert (known().sequence, known().fingerprint) == (0, fingerprint(EVENT))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": "Finale"}, id="title"),
        pytest.param({"start": START.shifted(timedelta(hours=1))}, id="start"),
        pytest.param({"status": Status.CANCELLED}, id="status"),
        pytest.param({"deviations": (EventOccurrence(START, START, status=Status.CANCELLED),)}, id="one date"),
        pytest.param({"statements": ()}, id="an announcement less"),
    ],
)
def test_a_visible_change_raises_the_sequence(change):
    later = NOW + timedelta(hours=1)
    revised = revise(known(), replace(EVENT, **change), later)
    assert (revised.sequence, revised.modified_at, revised.created_at) == (1, later, known().created_at)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"occurrences": (EventOccurrence(START, START),)}, id="a horizon that rolled on"),
        pytest.param({"provenance": (("title", "b"),)}, id="the same title from elsewhere"),
    ],
)
def test_what_nobody_sees_changes_no_identity(change):
    assert revise(known(), replace(EVENT, **change), NOW + timedelta(hours=1)) == known()


def test_facts_that_nobody_told_leave_a_stored_fingerprint_as_it_is():
    stored_before_events_had_facts = "f41c0c5ae7189001db0c954697308bcf"
    assert fingerprint(EVENT) == stored_before_events_had_facts


def test_a_known_fact_is_visible_and_the_words_that_told_it_are_not():
    free = replace(EVENT, facts=Facts(free=Fact(Reply.YES, "Eintritt frei")))
    assert fingerprint(free) != fingerprint(EVENT)
    assert fingerprint(free) == fingerprint(replace(EVENT, facts=Facts(free=Fact(Reply.YES, "kostenlos"))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"topics": ("ab", "c")}, {"topics": ("a", "bc")}, id="cut elsewhere"),
        pytest.param({"topics": ("a",)}, {"links": ("a",)}, id="in another field"),
        pytest.param({"topics": ("a", "b")}, {"topics": ("b", "a")}, id="in another order"),
    ],
)
def test_different_events_have_different_fingerprints(one, other):
    assert fingerprint(replace(EVENT, **one)) != fingerprint(replace(EVENT, **other))
