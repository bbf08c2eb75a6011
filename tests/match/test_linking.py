from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.match.deciding import differs
from aggregator.match.linking import explain, link
from aggregator.model.linkage import HumanVerdict, Relation, Verdict

HOME = "https://haus.example.org"
URL = f"{HOME}/slam"


def partition(linkage):
    return [list(cluster.records) for cluster in linkage.clusters]


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        pytest.param(
            {"uid": "x@y", "title": "Slam"}, {"uid": "x@y", "title": "Poetry"}, "same_uid", id="a copied entry"
        ),
        pytest.param(
            {"link": URL, "title": "Slam"},
            {"link": URL + "/?utm_source=x", "title": "Poetry"},
            "same_url",
            id="one page",
        ),
        pytest.param({"guid": URL}, {"link": URL, "place": ""}, "same_url", id="a page as identifier"),
        pytest.param({}, {"title": "SALZSTADT SLAM!"}, "same_title_start_place", id="another spelling"),
        pytest.param({"title": "Plenum"}, {"title": "Plenum"}, "same_title_start_place", id="generic in one house"),
        pytest.param(
            {"title": "Plenum", "place": "", "uid": "x@y"},
            {"title": "Plenum", "place": "", "uid": "x@y"},
            "same_uid",
            id="a reflected meeting",
        ),
        pytest.param({"start": "2026-12-05"}, {"start": "2026-12-05"}, "same_title_start_place", id="all day"),
    ],
)
def test_a_rung_joins_announcements_of_two_sources(record, town, left, right, rule):
    linkage = link([record("a.1", **left), record("b.1", **right)], town)
    assert partition(linkage) == [["a.1", "b.1"]]
    assert linkage.clusters[0].members[0].rule == rule
    assert linkage.clusters[0].members[0].matched_with == "b.1"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"place": ""}, {"place": ""}, id="a rare title, no place told"),
        pytest.param({}, {"start": "2026-12-05T18:30"}, id="doors and start"),
        pytest.param({}, {"start": "2026-12-05"}, id="all day and timed"),
        pytest.param({"title": "Fahrradbörse"}, {"title": "Die große Fahrad-Börse 🚲"}, id="a typo and an emoji"),
        pytest.param({"title": "Klimaplenum"}, {"title": "Klima-Plenum"}, id="a compound"),
        pytest.param({"title": "Clothes Swap"}, {"title": "Klamottentausch"}, id="two languages"),
        pytest.param({"title": "Wintermärchen"}, {"title": "AUSVERKAUFT: Wintermaerchen"}, id="a status word"),
        pytest.param(
            {"title": "Reiseabend", "place": "", "description": "Mit dem Tandem nach Tallinn."},
            {"title": "Vortrag: Mit dem Tandem nach Tallinn", "place": ""},
            id="a title in the other's text",
        ),
        pytest.param(
            {"end": "2026-12-05T20:00"},
            {"start": "2026-12-05T19:00", "end": "2026-12-05T21:00"},
            id="a wrong time zone",
        ),
    ],
)
def test_evidence_joins_what_no_single_rule_does(record, town, left, right):
    assert partition(link([record("a.1", **left), record("b.1", **right)], town)) == [["a.1", "b.1"]]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"place": "Glockenhaus"}, {"place": "Museum"}, id="another place"),
        pytest.param({"title": "Plenum", "place": ""}, {"title": "Plenum", "place": ""}, id="a common title, no place"),
        pytest.param({}, {"start": "2026-12-05T22:00"}, id="four hours later"),
        pytest.param({"uid": "x@y"}, {"uid": "x@y", "start": "2026-12-12T18:00"}, id="one UID, another week"),
        pytest.param(
            {"title": "Plenum", "link": URL, "place": "A"},
            {"title": "Plenum", "link": URL, "place": "B"},
            id="generic on one page",
        ),
        pytest.param({"title": "Töpferkurs Teil 1"}, {"title": "Töpferkurs Teil 2"}, id="parts"),
        pytest.param({"title": "Tanzkurs, Gruppe A"}, {"title": "Tanzkurs, Gruppe B"}, id="groups"),
        pytest.param({"title": "Sternenfest"}, {"title": "Aufbau Sternenfest"}, id="set-up"),
        pytest.param({"title": "Sternenfest"}, {"title": "Sternenfest: Aftershow"}, id="the party afterwards"),
        pytest.param({"title": "Yoga"}, {"title": "Schachturnier"}, id="another title in one house"),
        pytest.param({"place": "Museum, Saal"}, {"place": "Museum, Keller", "title": "Lötabend"}, id="another room"),
        pytest.param({"start": "2026-12-04", "end": "2026-12-07"}, {}, id="a festival and its evening"),
        pytest.param(
            {"title": "Radtour", "start": "2026-12-05", "description": "Fackeln und Sternenlicht"},
            {"title": "Sternenlicht"},
            id="a word of a title in the text of a whole day",
        ),
        pytest.param({"title": ""}, {"title": ""}, id="no title"),
        pytest.param({"link": HOME + "/", "title": "A"}, {"link": HOME, "title": "B"}, id="a home page"),
        pytest.param({"start": None}, {"start": None}, id="notices"),
    ],
)
def test_what_evidence_does_not_prove_stays_apart(record, town, left, right):
    linkage = link([record("a.1", **left), record("b.1", **right)], town)
    assert all(len(found) == 1 for found in partition(linkage))


@pytest.mark.parametrize("field", ["uid", "link"])
def test_an_identifier_that_a_source_uses_for_several_events_proves_nothing(record, town, field):
    shared = {field: URL}
    records = [
        record("a.1", title="Kurs Eins", **shared),
        record("a.2", title="Kurs Zwei", start="2026-12-06T18:00", **shared),
        record("b.1", title="Ganz anderes", **shared),
    ]
    assert partition(link(records, town)) == [["a.1"], ["a.2"], ["b.1"]]


def test_one_source_with_two_uids_means_two_events_unless_all_is_equal(record, town):
    records = [record("a.1", uid="1"), record("a.2", uid="2"), record("a.3", uid="3", place="Museum")]
    assert partition(link(records, town)) == [["a.1", "a.2"], ["a.3"]]


def test_twins_of_one_source_without_a_place_are_two_events(record, town):
    twins = [record(f"a.{number}", title="Sprechstunde", place="") for number in (1, 2)]
    assert partition(link(twins, town)) == [["a.1"], ["a.2"]]


def test_entries_of_one_source_under_many_titles_are_not_even_weighed(record, town):
    entries = [record(f"a.{number}", title=f"Salzstadt-Slam {number}") for number in range(50)]
    assert link(entries, town).decisions == ()


def test_a_chain_never_joins_two_entries_of_one_source(record, town):
    records = [
        record("a.1", title="Slam", uid="x@y"),
        record("b.1", title="Poetry", uid="x@y", link=URL),
        record("a.2", title="Lesung", link=URL),
    ]
    assert partition(link(records, town)) == [["a.1", "b.1"], ["a.2"]]


def test_the_best_evidence_is_believed_first(record, town):
    records = [
        record("a.1", title="Lesung", link=URL),
        record("a.2", title="Slam", uid="x@y"),
        record("b.1", title="Poetry", uid="x@y", link=URL),
    ]
    assert partition(link(records, town)) == [["a.1"], ["a.2", "b.1"]]


def test_a_date_moved_onto_the_slot_of_another_does_not_hide_it(record, town, time):
    series = record("a.1", weeks=2)
    moved = replace(series.occurrences[1], start=series.occurrences[0].start)
    series = replace(series, occurrences=(series.occurrences[0], moved))
    (found,) = link([series, record("b.1")], town).clusters
    assert found.members[1].occurrence == "2026-12-05T18:00:00+01:00"


def test_a_single_announced_elsewhere_belongs_to_its_date_of_the_series(record, town):
    records = [record("a.1", weeks=4), record("b.1", start="2026-12-12T18:00")]
    (found,) = link(records, town).clusters
    assert [(m.record, m.relation) for m in found.members] == [("a.1", Relation.SAME), ("b.1", Relation.INSTANCE_OF)]
    assert found.members[1].occurrence == "2026-12-12T18:00:00+01:00"


def test_two_dates_of_one_series_share_an_event_but_not_a_date(record, town):
    dates = [record("b.1", start="2026-12-12T18:00"), record("b.2", start="2026-12-19T18:00")]
    (found,) = link([record("a.1", weeks=4), *dates], town).clusters
    assert [m.occurrence[:10] for m in found.members] == ["", "2026-12-12", "2026-12-19"]


def test_two_announcements_of_one_date_are_attached_together(record, town):
    dates = [record("b.1", start="2026-12-12T18:00"), record("c.1", start="2026-12-12T18:00")]
    (found,) = link([record("a.1", weeks=4), *dates], town).clusters
    assert {m.occurrence for m in found.members if m.relation is Relation.INSTANCE_OF} == {"2026-12-12T18:00:00+01:00"}


def moved_series(record, time):
    series = record("a.1", weeks=3, uid="s@y")
    moved = replace(series.occurrences[1], start=time("2026-12-13T20:00"), record="a.2")
    override = record("a.2", start="2026-12-13T20:00", original="2026-12-12T18:00", series="a.1", uid="s@y")
    return replace(series, occurrences=(series.occurrences[0], moved, series.occurrences[2])), override


@pytest.mark.parametrize("start", ["2026-12-12T18:00", "2026-12-13T20:00"], ids=["its old start", "its new start"])
def test_a_moved_date_is_recognised_by(record, town, time, start):
    (found,) = link([*moved_series(record, time), record("b.1", start=start)], town).clusters
    assert {m.record: m.occurrence for m in found.members} == {
        "a.1": "",
        "a.2": "2026-12-12T18:00:00+01:00",
        "b.1": "2026-12-12T18:00:00+01:00",
    }


def test_an_override_without_its_series_stands_alone(record, town):
    orphan = record("a.2", original="2026-12-12T18:00", series="a.1")
    assert partition(link([orphan], town)) == [["a.2"]]


def test_a_person_joins_what_no_rule_would(record, town):
    records = [record("a.1", title="Slam"), record("b.1", title="Poetry", start="2026-12-05T18:30")]
    (found,) = link(records, town, (HumanVerdict("b.1", "a.1", Verdict.MATCH, "Ada"),)).clusters
    assert [m.rule for m in found.members] == ["human", "human"]


def test_a_person_joins_two_entries_of_one_source(record, town):
    records = [record("a.1", title="Slam"), record("a.2", title="Poetry"), record("b.1", title="Abend")]
    human = [HumanVerdict("a.1", "b.1", Verdict.MATCH, "Ada"), HumanVerdict("a.2", "b.1", Verdict.MATCH, "Ada")]
    assert partition(link(records, town, human)) == [["a.1", "a.2", "b.1"]]


def test_a_person_says_that_a_single_of_another_hour_is_that_date(record, town):
    records = [record("a.1", weeks=4), record("b.1", start="2026-12-12T19:00")]
    (found,) = link(records, town, (HumanVerdict("a.1", "b.1", Verdict.MATCH, "Ada"),)).clusters
    assert found.members[1].occurrence == "2026-12-12T18:00:00+01:00"


def test_a_person_keeps_two_apart_whatever_chain_lies_between(record, town):
    records = [record("a.1"), record("b.1"), record("c.1")]
    human = [HumanVerdict("a.1", "c.1", Verdict.NO_MATCH, "Ada")]
    assert partition(link(records, town, human)) == [["a.1", "b.1"], ["c.1"]]


def test_a_persons_no_also_holds_between_dates_of_one_series(record, town):
    dates = [record("b.1", start="2026-12-12T18:00"), record("c.1", start="2026-12-19T18:00")]
    human = [HumanVerdict("b.1", "c.1", Verdict.NO_MATCH, "Ada")]
    assert partition(link([record("a.1", weeks=4), *dates], town, human)) == [["a.1", "b.1"], ["c.1"]]


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        pytest.param({"title": "Anderes", "start": "2027-01-01T10:00"}, "evidence", id="nothing in common"),
        pytest.param({"start": None}, "notice", id="a notice"),
    ],
)
def test_any_pair_can_be_explained(record, town, other, rule):
    decision = explain(record("a.1"), record("b.1", **other), (), town)
    assert (decision.verdict, decision.rule) == (Verdict.NO_MATCH, rule)


def test_an_explanation_names_every_feature_with_both_values(record, town):
    decision = explain(record("b.1"), record("a.1", place="Museum"), (), town)
    places = [(f.weight, f.left, f.right) for f in decision.features if f.name == "place"]
    assert places == [(-7.5, "Museum", "Glockenhaus")]


def test_an_override_is_explained_by_its_series(record, town, time):
    series, override = moved_series(record, time)
    decision = explain(series, override, (), town)
    assert (decision.left, decision.rule, decision.occurrence) == ("a.2", "override", "2026-12-12T18:00:00+01:00")


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from("abc"),
            "title": st.sampled_from(["Slam", "Plenum", "Lesung"]),
            "start": st.sampled_from(["2026-12-05T18:00", "2026-12-12T18:00", "2026-12-12"]),
            "place": st.sampled_from(["Glockenhaus", "Museum", ""]),
            "uid": st.sampled_from(["", "1", "2", "3"]),
            "link": st.sampled_from(["", URL, URL + "2"]),
            "weeks": st.sampled_from([0, 0, 0, 3]),
        }
    ),
    max_size=9,
)
PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(list(Verdict))), max_size=4)


def announcements(record, announced, said):
    records = [
        record(f"{fields['source']}.{number}", **{name: value for name, value in fields.items() if name != "source"})
        for number, fields in enumerate(announced)
    ]
    ids = dict(enumerate(r.id for r in records))
    human = [
        HumanVerdict(ids[one], ids[two], v, "Ada") for one, two, v in said if one != two and {one, two} <= set(ids)
    ]
    return records, human


@given(announced=RECORDS, said=PAIRS, shuffle=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_clusters(record, town, announced, said, shuffle):
    records, human = announcements(record, announced, said)
    shuffled = list(records)
    shuffle.shuffle(shuffled)
    assert link(shuffled, town, human) == link(records, town, human)


@given(announced=RECORDS, said=PAIRS)
def test_clusters_hold_every_record_once(record, town, announced, said):
    records, human = announcements(record, announced, said)
    found = [member for cluster in partition(link(records, town, human)) for member in cluster]
    assert sorted(found) == sorted(r.id for r in records)


@given(announced=RECORDS, said=PAIRS)
def test_what_a_person_parted_is_never_together(record, town, announced, said):
    records, human = announcements(record, announced, said)
    last_word = {frozenset((h.left, h.right)): h.verdict for h in human}
    parted = [pair for pair, verdict in last_word.items() if verdict is Verdict.NO_MATCH]
    clusters = [set(cluster) for cluster in partition(link(records, town, human))]
    assert not any(pair <= cluster for pair in parted for cluster in clusters)


@given(announced=RECORDS)
def test_what_is_known_to_differ_is_never_on_one_date(record, town, announced):
    records, _ = announcements(record, announced, ())
    by_id = {r.id: r for r in records}
    for cluster in link(records, town).clusters:
        for one in cluster.members:
            for other in cluster.members:
                if one.record < other.record and one.occurrence == other.occurrence:
                    assert not differs(explain(by_id[one.record], by_id[other.record], records, town))


CLEANING = {"title": "Stadtputzete", "start": "2026-12-05T10:00", "place": "Bauhof, Werkstraße 5"}


@pytest.mark.parametrize(
    ("told", "joined"),
    [
        pytest.param({"description": "Wir gehen zusammen zur Stadtputzete"}, True, id="to go there together"),
        pytest.param({"description": "Stadtputzete im Süden"}, False, id="without a word of going"),
        pytest.param(
            {"description": "Wir gehen zusammen zur Stadtputzete", "start": "2026-12-05T10:15"}, False, id="later"
        ),
        pytest.param({"description": "Wir gehen zur Stadtputzete", "place": "Turm"}, False, id="where it takes place"),
    ],
)
def test_a_group_meets_elsewhere_before(record, town, told, joined):
    group = {"title": "Stadtputzete mit uns", "start": "2026-12-05T09:45", "place": "Treff Pulverturm", **told}
    linkage = link([record("a.1", **CLEANING), record("b.1", **group)], town)
    assert (len(linkage.clusters) == 1) is joined
