"""What people are asked, what they answer, and what a broken feed cannot do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.match.clustering import LARGEST_CLUSTER
from aggregator.match.linking import link
from aggregator.match.standardising import Town
from aggregator.model.linkage import HumanVerdict, Relation, Verdict
from aggregator.model.sources import Initiative, Source

ZONE = "Europe/Berlin"
NAMES = ("Kulturmühle", "Lindenpark", "Teehaus")


def open_pairs(linkage):
    return [(question.left, question.right) for question in linkage.questions]


def test_what_evidence_leaves_open_is_asked_and_not_merged(record, town):
    records = [
        record("a.1", title="Sternenlicht"),
        record("b.1", title="Sternenlicht", place="", start="2026-12-05T19:00"),
    ]
    linkage = link(records, town)
    assert [list(cluster.records) for cluster in linkage.clusters] == [["a.1"], ["b.1"]]
    assert open_pairs(linkage) == [("a.1", "b.1")]


@pytest.mark.parametrize("verdict", [Verdict.MATCH, Verdict.NO_MATCH])
def test_an_answered_question_is_not_asked_again(record, town, verdict):
    records = [
        record("a.1", title="Sternenlicht"),
        record("b.1", title="Sternenlicht", place="", start="2026-12-05T19:00"),
    ]
    linkage = link(records, town, [HumanVerdict("a.1", "b.1", verdict, "Ada")])
    assert linkage.questions == ()
    assert len(linkage.clusters) == (1 if verdict is Verdict.MATCH else 2)


def test_of_two_clusters_one_question_is_asked(record, town):
    one, late = {"title": "Sternenlicht"}, {"place": "", "start": "2026-12-05T19:00"}
    records = [record("a.1", **one), record("b.1", **one), record("c.1", **one, **late)]
    assert len(link(records, town).questions) == 1


def test_a_person_names_a_date_of_a_series_on_another_day(record, town):
    records = [record("a.1", weeks=3), record("b.1", start="2026-12-13T11:00", title="Ausflug")]
    said = HumanVerdict("b.1", "a.1", Verdict.MATCH, "Ada", relation=Relation.INSTANCE_OF)
    (found,) = link(records, town, [said]).clusters
    assert found.members[1].occurrence == "2026-12-12T18:00:00+01:00"


def test_a_person_names_an_item_of_a_festival(record, town):
    festival = record("a.1", start="2026-12-05", end="2026-12-08", title="Lichterfest", place="")
    records = [festival, record("b.1", title="Abend am Wasser")]
    said = HumanVerdict("b.1", "a.1", Verdict.NO_MATCH, "Ada", relation=Relation.PART_OF)
    linkage = link(records, town, [said])
    assert [(part.item, part.umbrella) for part in linkage.parts] == [("b.1", "a.1")]
    assert len(linkage.clusters) == 2


def test_a_festival_and_its_evening_belong_together_and_stay_two(record, town):
    festival = record("a.1", start="2026-12-04", end="2026-12-07", title="Sternenlicht-Festival", place="")
    linkage = link([festival, record("b.1", title="Sternenlicht-Festival: Konzert am Abend")], town)
    assert [(part.item, part.umbrella) for part in linkage.parts] == [("b.1", "a.1")]
    assert len(linkage.clusters) == 2


def test_a_feed_that_lists_everything_in_one_breath_makes_no_giant_event(record):
    sources = {f"s{number}": Source(f"s{number}", "i", "https://x.example") for number in range(40)}
    records = [record(f"s{number}.1", title="Sternenlicht") for number in range(40)]
    linkage = link(records, Town(ZONE, sources))
    assert max(len(cluster.records) for cluster in linkage.clusters) <= LARGEST_CLUSTER
    assert sorted(id_ for cluster in linkage.clusters for id_ in cluster.records) == sorted(r.id for r in records)
    assert linkage.held


def test_a_calendar_that_lists_everything_twice_makes_no_new_events(record, town):
    records = [record(f"a.{n}", title=f"Sternenlicht {n % 3}", start=f"2026-12-0{n % 3 + 1}T18:00") for n in range(6)]
    assert [len(cluster.records) for cluster in link(records, town).clusters] == [2, 2, 2]


def test_a_calendar_that_copies_the_whole_town_joins_each_event_once(record, town):
    own = [record(f"{s}.1", title=f"Abend mit {name}", place=name) for s, name in zip("abc", NAMES, strict=True)]
    copies = [record(f"e.{n}", title=r.title, place=r.place.text) for n, r in enumerate(own)]
    assert [len(cluster.records) for cluster in link([*own, *copies], town).clusters] == [2, 2, 2]


def test_a_host_that_names_its_guest_means_the_guests_meeting(record):
    sources = {"a": Source("a", "wandern", "x"), "b": Source("b", "haus", "y")}
    initiatives = {"wandern": Initiative("wandern", "Wandersleut Leipzig"), "haus": Initiative("haus", "Teehaus")}
    town = Town(ZONE, sources, initiatives)
    records = [
        record("a.1", title="Plenum", place="Teehaus"),
        record("b.1", title="Wandersleut", place="Teehaus"),
        record("b.2", title="Yoga", place="Teehaus, 04109 Leipzig", start="2026-12-07T18:00"),
    ]
    assert ["a.1", "b.1"] in [list(cluster.records) for cluster in link(records, town).clusters]


def test_a_date_that_the_series_leaves_out_is_no_date_of_it(record, town, time):
    series = record("a.1", weeks=3)
    gap = series.occurrences[1].start
    kept = (series.occurrences[0], series.occurrences[2])
    series = replace(series, occurrences=kept, recurrence=replace(series.recurrence, exceptions=(gap,)))
    copy = record("c.1", weeks=3)
    single = record("b.1", start="2026-12-12T18:00")
    assert ["b.1"] in [list(cluster.records) for cluster in link([series, copy, single], town).clusters]
