"""An event that comes back under another key is the same event, and an event that only looks like it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.model.defects import DefectKind
from aggregator.model.records import Occurrence, Status


def ids(records):
    return [each.id for each in records]


def renamed(records, visit):
    """The same statements under new UIDs, as a source without memory gives them out."""
    uids = [f"{visit}-{number}" for number in range(len(records))]
    return [
        replace(each, id=f"s.{uid}", key=uid, uid=uid, fingerprint=uid) for each, uid in zip(records, uids, strict=True)
    ]


def test_a_source_that_renews_its_uids_keeps_its_events(source, town):
    source.answers(town(10))
    for visit in range(9):
        changes = source.answers(renamed(town(10), visit), hours=6)
        assert not (changes.added or changes.changed or changes.missing)
        assert [defect.kind for defect in changes.defects] == [DefectKind.UNSTABLE_UID]
    assert sorted(source.stored) == [f"s.{number}" for number in range(10)]


def test_uids_renewed_once_are_known_from_then_on(source, town):
    source.answers(town(10))
    assert len(source.answers(renamed(town(10), "new")).rekeyed) == 10
    later = source.answers(renamed(town(10), "new"))
    assert (later.is_empty, later.defects) == (True, ())


def test_a_change_under_a_new_uid_is_a_change(source, record, town):
    source.answers([record("1", title="Lesung"), *town(4, first=5)])
    fresh = renamed([record("1", title="Lesung", status=Status.CANCELLED), *town(4, first=5)], "new")
    assert ids(source.answers(fresh).changed) == ["s.1"]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        pytest.param({"link": "p/1", "title": "A"}, {"link": "p/1", "title": "B"}, True, id="one page, retitled"),
        pytest.param({"link": "p/1"}, {"link": "p/1", "day": 8}, True, id="one page and title, moved"),
        pytest.param({"link": "p/1", "day": -8}, {"link": "p/1", "day": 8}, False, id="next month's meeting"),
        pytest.param({"title": "A"}, {"title": "B"}, False, id="another title"),
        pytest.param({"place": "A"}, {"place": "B"}, True, id="another place"),
    ],
)
def test_under_a_new_uid_an_event_is_known_by_page_or_title_and_start(source, record, before, after, same):
    source.answers([record("1", **{"title": "Abend", **before})])
    changes = source.answers([record("9", **{"title": "Abend", **after})])
    assert (changes.added == ()) == same


def test_twins_of_one_start_are_told_apart_by_place(source, record):
    def twins(visit):
        return [record(f"{visit}{place}", title="Krabbelgruppe", place=place) for place in ("Nord", "Süd")]

    source.answers(twins("a"))
    assert source.answers(twins("b")[::-1]).added == ()


def test_an_event_made_anew_among_many_is_the_same_event(source, town):
    source.answers(town(10))
    changes = source.answers([*town(9), *renamed(town(1, first=9), "new")])
    assert (ids(changes.rekeyed), changes.added, changes.missing, changes.defects) == (["s.9"], (), (), ())


def test_an_event_of_another_day_under_a_new_uid_is_a_new_event(source, record, town):
    source.answers(town(10))
    changes = source.answers([*town(9), record("new", day=30, title="Abend 9", link="p/9")])
    assert (ids(changes.added), changes.missing) == (["s.new"], ("s.9",))


def test_a_new_programme_is_no_renewal_of_uids(source, town):
    source.answers(town(4))
    changes = source.answers([*renamed(town(1), "new"), *town(3, first=10)])
    assert (len(changes.added), changes.defects) == (3, ())


def test_a_withdrawn_event_returns_with_its_id_though_its_uid_is_new(source, town):
    source.answers(town(4))
    for _ in range(2):
        source.answers(town(3), hours=6)
    assert source.answers(renamed(town(4), "new"), hours=6).returned == ("s.3",)


def test_references_follow_a_record_to_its_stored_id(source, record):
    series = record("1", weeks=2)
    override = record("2", day=1, title="Gast", series="s.1", original=series.occurrences[0].original)
    source.answers([series, override])
    told = Occurrence(series.occurrences[0].original, series.occurrences[0].start, record="s.x-1")
    fresh = renamed(
        [replace(series, occurrences=(told, series.occurrences[1])), replace(override, series="s.x-0")], "x"
    )
    changes = source.answers(fresh)
    assert (ids(changes.changed), changes.changed[0].occurrences[0].record) == (["s.1"], "s.2")
    assert changes.rekeyed[0].series == "s.1"


def test_a_newcomer_whose_id_is_taken_gets_the_next_free_one(source, town, record):
    source.answers(town(3))
    source.answers(renamed(town(3), "new"))
    changes = source.answers([*renamed(town(3), "new"), record("0", title="Ganz neu")])
    assert ids(changes.added) == ["s.0-2"]
