from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.match.linking import link
from aggregator.match.standardising import Town
from aggregator.match.survivorship import merge
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.model.records import Occurrence, Status

ZONE = "Europe/Berlin"


@pytest.fixture
def merged(stored, sources):
    """The one event that records tell, all said by a person to be the first one's."""

    def merge_all(*records, withdrawn=()):
        human = [HumanVerdict(records[0].id, other.id, Verdict.MATCH, "Ada") for other in records[1:]]
        (cluster,) = link(records, Town(ZONE, sources), human).clusters
        return merge(cluster, stored(*records, withdrawn=withdrawn), sources)

    return merge_all


@pytest.mark.parametrize(
    ("first", "second", "leader"),
    [
        pytest.param(("f.1", {"updated": 9}), ("a.1", {}), "a.1", id="the nearer source, though older"),
        pytest.param(("a.1", {"updated": 1}), ("b.1", {"updated": 2}), "b.1", id="then the newer"),
        pytest.param(("a.1", {}), ("b.1", {"updated": 2}), "b.1", id="no time of change counts as old"),
        pytest.param(("a.1", {}), ("b.1", {"description": "Mit Musik"}), "b.1", id="then the richer"),
        pytest.param(("b.1", {}), ("a.1", {}), "a.1", id="then the first by id"),
    ],
)
def test_the_weightiest_record_leads(record, merged, first, second, leader):
    def said(id_, fields):
        days = fields.get("updated")
        at = datetime(2026, 11, days, tzinfo=UTC) if days else None
        return record(id_, **{**fields, "updated": at}, title=f"Titel {id_}")

    event = merged(said(*first), said(*second))
    assert (event.title, dict(event.provenance)["title"]) == (f"Titel {leader}", leader)


def test_what_the_leader_leaves_open_is_taken_from_the_next(record, merged):
    event = merged(
        record("a.1", place=""),
        record("d.1", place="", end="2026-12-05T20:00"),
        record("f.1", description="Mit Musik", link="https://f.example.org/1", end="2026-12-05T21:00"),
    )
    assert dict(event.provenance) == {
        "title": "a.1", "start": "a.1", "end": "d.1", "description": "f.1",
        "place": "f.1", "url": "f.1", "status": "a.1",
    }  # fmt: skip
    assert event.place.name == "Glockenhaus"


def facts(free=Reply.UNKNOWN, price="", evidence="", **more):
    return Facts(free=Fact(free, evidence), price=price, **more)


def test_a_fact_is_taken_from_the_first_who_knows_it(record, merged):
    event = merged(
        record("a.1", facts=facts(children=Fact(Reply.YES, "für Kinder"))),
        record(
            "d.1",
            facts=facts(Reply.YES, evidence="Eintritt frei", languages=("en",), languages_evidence="in en"),
        ),
        record("f.1", facts=facts(Reply.NO, "5 €", "5 € Eintritt", children=Fact(Reply.NO, "ab 18"))),
    )
    assert (event.facts.free, event.facts.price) == (Fact(Reply.YES, "Eintritt frei"), "")
    assert (event.facts.children.reply, event.facts.languages) == (Reply.YES, ("en",))
    told = dict(event.provenance)
    assert (told["free"], told["children"], told["languages"]) == ("d.1", "a.1", "d.1")


def test_what_nobody_tells_is_unknown_and_not_no(record, merged):
    event = merged(record("a.1"), record("f.1", facts=facts(price="5 €")))
    assert event.facts == facts(price="5 €")
    assert "free" not in dict(event.provenance)


def test_an_end_belongs_to_its_own_start(record, merged):
    assert merged(record("a.1"), record("f.1", start="2026-12-05T19:00", end="2026-12-05T21:00")).end is None


def test_topics_links_and_initiatives_add_up_with_the_leaders_first(record, merged):
    event = merged(
        record("d.1", topics=("kultur", "energie"), links=("https://x.example.org", "https://a.example.org/1")),
        record("a.1", topics=("energie",), links=("https://y.example.org",), link="https://a.example.org/1"),
    )
    assert event.topics == ("energie", "kultur")
    assert event.links == ("https://y.example.org", "https://x.example.org")
    assert event.initiatives == ("initiative-a", "initiative-d")


def test_every_announcement_is_told_with_its_reason(record, merged):
    event = merged(record("a.1"), record("f.1", link="https://f.example.org/1"))
    assert [(s.record, s.rule, s.link) for s in event.statements] == [
        ("a.1", "", ""),
        ("f.1", "human", "https://f.example.org/1"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({"a.1": Status.CANCELLED}, Status.CANCELLED, id="the leader cancels"),
        pytest.param({"b.1": Status.CANCELLED}, Status.CANCELLED, id="an own source cancels"),
        pytest.param({"f.1": Status.CANCELLED}, Status.CONFIRMED, id="the press cannot"),
        pytest.param({"a.1": Status.SOLD_OUT, "b.1": Status.CANCELLED}, Status.CANCELLED, id="the worst news counts"),
        pytest.param({"b.1": Status.TENTATIVE}, Status.CONFIRMED, id="a doubt is no warning"),
    ],
)
def test_a_warning_counts_when_it_comes_from_an_own_source(record, merged, said, expected):
    event = merged(*(record(id_, status=said.get(id_, Status.CONFIRMED)) for id_ in ("a.1", "b.1", "f.1")))
    assert (event.status, event.occurrences[0].status) == (expected, expected)


def test_a_withdrawn_record_is_silent_while_another_speaks(record, merged):
    event = merged(record("a.1", title="Alt"), record("f.1", title="Neu"), withdrawn=("a.1",))
    assert (event.title, event.status, len(event.statements)) == ("Neu", Status.CONFIRMED, 1)


def test_an_event_whose_records_are_all_withdrawn_is_withdrawn(record, merged):
    event = merged(record("a.1"), record("f.1"), withdrawn=("a.1", "f.1"))
    assert event.status is Status.WITHDRAWN
    assert [s.status for s in event.statements] == [Status.WITHDRAWN, Status.WITHDRAWN]


def test_a_date_still_announced_elsewhere_outlives_its_withdrawn_series(record, merged):
    event = merged(record("a.1", weeks=3), record("b.1", start="2026-12-12T18:00"), withdrawn=("a.1",))
    statuses = [date.status for date in event.occurrences]
    assert (event.status, statuses) == (Status.WITHDRAWN, [Status.WITHDRAWN, Status.CONFIRMED, Status.WITHDRAWN])


def test_a_series_that_all_tell_alike_has_no_deviations(record, merged):
    event = merged(record("a.1", weeks=4, end="2026-12-05T20:00"), record("b.1", start="2026-12-12T18:00"))
    assert event.deviations == ()
    assert [date.end.iso()[:16] for date in event.occurrences][1:3] == ["2026-12-12T20:00", "2026-12-19T20:00"]
    assert event.statements[1].occurrence == "2026-12-12T18:00:00+01:00"


@pytest.mark.parametrize(
    ("source", "said", "deviates"),
    [
        pytest.param("b", {"status": Status.CANCELLED}, {"status": Status.CANCELLED}, id="cancelled"),
        pytest.param("b", {"status": Status.SOLD_OUT}, {"status": Status.SOLD_OUT}, id="sold out"),
        pytest.param("b", {"title": "Slam mit Gast"}, {"title": "Slam mit Gast"}, id="another title"),
        pytest.param("b", {"place": "Glockenhaus, Saal"}, None, id="another spelling of the place"),
        pytest.param("f", {"status": Status.CANCELLED}, None, id="cancelled by the press"),
    ],
)
def test_what_is_told_of_one_date_elsewhere_survives(record, merged, source, said, deviates):
    event = merged(record("a.1", weeks=4), record(f"{source}.1", start="2026-12-12T18:00", **said))
    plain = event.occurrences[0]
    expected = [
        replace(plain, original=o.original, start=o.start, **deviates) for o in event.occurrences[1:2] if deviates
    ]
    assert list(event.deviations) == expected


@pytest.mark.parametrize(("source", "hour"), [("b", 19), ("f", 18)], ids=["an own source", "not the press"])
def test_one_date_is_moved_by(record, merged, source, hour):
    event = merged(record("a.1", weeks=4), record(f"{source}.1", start="2026-12-12T19:00"))
    assert event.occurrences[1].start.wall.hour == hour


def test_a_withdrawn_series_keeps_what_it_said_of_its_dates(record, time, merged):
    event = merged(*overridden(record, time, place="Museum"), withdrawn=("a.1", "a.2"))
    assert [date.place.name for date in event.deviations] == ["Museum"]


def test_of_two_warnings_for_one_date_the_weightier_voice_counts(record, merged):
    date = "2026-12-12T18:00"
    first, second = record("b.1", start=date, status=Status.SOLD_OUT), record("c.1", start=date, status=Status.MOVED)
    assert merged(record("a.1", weeks=4), first, second).occurrences[1].status is Status.SOLD_OUT


def weekless(single):
    return (Occurrence(single.start, single.start),)


def overridden(record, time, start="2026-12-12T20:00", **fields):
    series = record("a.1", weeks=3, end="2026-12-05T20:00", description="Offene Bühne")
    told = replace(series.occurrences[1], start=time(start), record="a.2")
    override = record("a.2", start=start, original="2026-12-12T18:00", series="a.1", **fields)
    return replace(series, occurrences=(series.occurrences[0], told, series.occurrences[2])), override


def test_an_override_is_a_deviation_and_no_announcement_of_its_own(record, time, merged):
    event = merged(*overridden(record, time, place="Museum", description="Offene Bühne"))
    (moved,) = event.deviations
    assert (moved.start.wall.hour, moved.end.wall.hour, moved.place.name, moved.description) == (20, 22, "Museum", "")
    assert moved in event.occurrences
    assert [s.record for s in event.statements] == ["a.1"]


def test_an_override_that_says_nothing_new_is_no_deviation(record, time, merged):
    same = overridden(record, time, start="2026-12-12T18:00", description="Offene Bühne")
    assert merged(*same).deviations == ()


def test_an_override_outside_the_horizon_is_a_deviation_without_occurrence(record, merged):
    late = record("a.2", start="2028-01-01T20:00", original="2028-01-01T18:00", series="a.1")
    event = merged(record("a.1", weeks=2), late)
    assert [date.start.iso()[:4] for date in event.deviations] == ["2028"]
    assert len(event.occurrences) == 2


def test_an_override_of_an_event_without_rule_is_a_further_date(record, time, merged):
    single, later = record("a.1"), time("2026-12-12T18:00")
    dates = (*weekless(single), Occurrence(later, later, record="a.2"))
    override = record("a.2", start="2026-12-12T18:00", original="2026-12-12T18:00", series="a.1")
    event = merged(replace(single, occurrences=dates), override)
    assert ([d.start.wall.day for d in event.occurrences], event.recurrence.dates) == ([5, 12], (later,))


@given(order=st.permutations(["a.1", "b.1", "d.1", "f.1", "c.1"]))
def test_any_order_gives_the_same_event(record, stored, sources, order):
    said = {id_: record(id_, description=id_, topics=(id_,)) for id_ in order if id_ != "c.1"}
    said["c.1"] = record("c.1", weeks=2, title="Salzstadt-Slam")
    events = []
    for ids in (order, sorted(order)):
        records = [said[id_] for id_ in ids]
        (cluster,) = link(records, Town(ZONE, sources)).clusters
        events.append(merge(cluster, stored(*records), sources))
    assert events[0] == events[1]
