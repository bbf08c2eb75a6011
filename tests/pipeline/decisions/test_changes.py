from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.defects import Defect, DefectKind
from aggregator.model.records import Status


def ids(records):
    return [each.id for each in records]


# Nothing new


def test_the_same_answer_twice_changes_nothing(source, town):
    assert len(source.answers(town(10)).added) == 10
    assert source.answers(town(10), hours=6).is_empty


def test_order_is_no_change(source, town):
    source.answers(town(10))
    assert source.answers(town(10)[::-1]).is_empty


def test_a_change_keeps_the_id(source, record):
    source.answers([record("1", title="Lesung")])
    assert ids(source.answers([record("1", title="Lesung mit Gast")]).changed) == ["s.1"]


def test_an_event_that_moves_is_changed_not_new(source, record):
    source.answers([record("1"), record("2")])
    changes = source.answers([record("1", day=3), record("2")])
    assert (ids(changes.changed), changes.added, changes.missing) == (["s.1"], (), ())


def test_a_horizon_that_rolls_is_no_change(source, record):
    series = record("1", weeks=5)
    source.answers([replace(series, occurrences=series.occurrences[:4])])
    assert source.answers([replace(series, occurrences=series.occurrences[1:])]).is_empty


def test_a_date_that_an_override_moves_changes_its_series(source, record, town):
    series = record("1", weeks=3)
    moved = replace(series.occurrences[1], start=series.occurrences[2].start, record="s.1-2")
    source.answers([series])
    changes = source.answers([replace(series, occurrences=(series.occurrences[0], moved, series.occurrences[2]))])
    assert ids(changes.changed) == ["s.1"]


def test_a_shortened_series_is_a_change_and_no_absence(source, record):
    source.answers([record("1", weeks=5)])
    changes = source.answers([replace(record("1", weeks=3), fingerprint="shorter")])
    assert (ids(changes.changed), changes.missing) == (["s.1"], ())


# One event gone


def test_a_missing_event_goes_with_the_first_answer_six_hours_later(source, town):
    source.answers(town(10))
    assert source.answers(town(9), hours=1).missing == ("s.9",)
    assert source.answers(town(9), hours=5).is_empty
    assert len(source.visible) == 10
    assert source.answers(town(9), hours=1).withdrawn == ("s.9",)
    assert len(source.visible) == 9
    assert source.answers(town(9), hours=6).is_empty


@pytest.mark.parametrize("visits", [1, 2], ids=["while missing", "when withdrawn"])
def test_an_event_that_returns_keeps_its_id(source, town, visits):
    source.answers(town(10))
    for _ in range(visits):
        source.answers(town(9), hours=6)
    changes = source.answers(town(10), hours=6)
    assert (changes.returned, changes.added, changes.unchanged[-1]) == (("s.9",), (), "s.9")
    assert source.stored["s.9"].missing_since is None


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param({"complete": False}, id="a truncated answer"),
        pytest.param({"defects": (Defect(DefectKind.TOO_MANY),)}, id="an answer with too many events"),
        pytest.param({"defects": (Defect(DefectKind.UNREADABLE, "9", skipped=True),)}, id="an event now unreadable"),
    ],
)
def test_nothing_goes_by(source, town, reading):
    source.answers(town(10))
    changes = source.answers([*town(9), *town(1, first=20)], hours=6, **reading)
    assert (changes.missing, ids(changes.added)) == ((), ["s.20"])


def test_an_event_now_private_goes_although_it_is_listed(source, town):
    source.answers(town(10))
    private = Defect(DefectKind.PRIVATE, "9", skipped=True)
    assert source.answers(town(9), hours=6, defects=(private,)).missing == ("s.9",)


def test_what_is_over_rolls_off_and_stays(source, record, town):
    source.answers([record("old", day=-1), *town(3)])
    for _ in range(3):
        assert source.answers(town(3), hours=6).is_empty
    assert "Abend old" in source.visible


def test_a_series_with_a_date_to_come_is_not_over(source, record, town):
    source.answers([record("series", day=-10, weeks=3), *town(3)])
    assert source.answers(town(3), hours=6).missing == ("s.series",)


def test_a_notice_never_goes(source, record, town):
    source.answers([record("call", start=None, occurrences=()), *town(3)])
    assert source.answers(town(3), hours=6).is_empty


def test_an_old_item_that_newer_ones_push_out_of_a_feed_has_not_gone(source, record, town):
    written = [source.now - timedelta(days=days) for days in (9, 5, 1)]
    items = [record(str(n), day=20 + n, kind="rss", published=at) for n, at in enumerate(written)]
    source.answers(items)
    assert source.answers([items[1], items[2]], hours=6).is_empty
    assert source.answers([items[0], items[2]], hours=6).missing == ("s.1",)


def with_override(record):
    series = record("1", weeks=3)
    first = series.occurrences[0].original
    return series, record("1-1", day=2, series="s.1", original=first)


def test_an_override_that_is_taken_back_goes_at_once(source, record):
    source.answers(with_override(record))
    assert source.answers(with_override(record)[:1], hours=1).withdrawn == ("s.1-1",)


def test_an_override_goes_with_its_series(source, record, town):
    source.answers([*with_override(record), *town(4, first=5)])
    assert source.answers(town(4, first=5), hours=6).missing == ("s.1", "s.1-1")
    assert source.answers(town(4, first=5), hours=6).withdrawn == ("s.1", "s.1-1")


# Too much gone at once


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        pytest.param(10, 0, "H_EMPTY", id="emptied"),
        pytest.param(1, 0, "H_EMPTY", id="emptied of one"),
        pytest.param(10, 4, "H_SHRANK", id="more than half gone"),
        pytest.param(10, 5, "", id="half gone"),
        pytest.param(6, 2, "", id="only four gone"),
        pytest.param(100, 3, "H_SHRANK", id="nearly all gone"),
    ],
)
def test_an_answer_is_held_when_it_lost_too_much(source, town, before, after, held):
    source.answers(town(before))
    changes = source.answers(town(after), hours=6)
    assert changes.held == held
    assert (len(changes.missing) == 0) == bool(held)


def test_a_calendar_that_cancels_one_half_and_drops_the_other_is_held(source, town):
    source.answers(town(10))
    cancelled = [replace(each, status=Status.CANCELLED, fingerprint="off") for each in town(5)]
    changes = source.answers(cancelled, hours=6)
    assert (changes.held, changes.held_detail, len(changes.changed)) == ("H_SHRANK", "5/10", 5)


def test_a_calendar_that_cancels_all_it_lists_is_believed(source, town):
    source.answers(town(10))
    changes = source.answers([replace(each, status=Status.CANCELLED, fingerprint="off") for each in town(10)], hours=6)
    assert (changes.held, len(changes.changed)) == ("", 10)


def test_a_held_answer_says_how_much_is_gone(source, town):
    source.answers(town(10))
    assert source.answers(town(4), hours=6).held_detail == "6/10"


def test_an_empty_answer_is_believed_after_three_days_for_what_is_to_come(source, town):
    source.answers([*town(10, first=10)])
    for _ in range(12):
        assert source.answers([], hours=6).held == "H_EMPTY"
    assert len(source.visible) == 10
    assert len(source.answers([], hours=6).withdrawn) == 10
    assert source.answers([], hours=6).is_empty


def test_an_empty_first_answer_is_no_news(source):
    assert source.answers([]).held == ""


def test_an_emptied_calendar_of_past_events_is_not_suspicious(source, record):
    source.answers([record("old", day=-2)])
    assert source.answers([], hours=6).held == ""


def test_flapping_between_full_and_empty_changes_nothing(source, town):
    source.answers(town(10, first=20))
    for _ in range(20):
        assert source.answers([], hours=6).is_empty
        assert source.answers(town(10, first=20), hours=6).is_empty


def test_two_stale_replicas_in_turn_show_all_events(source, town):
    halves = (town(10, first=20), town(10, first=30))
    for visit in range(20):
        source.answers(halves[visit % 2], hours=6)
    assert len(source.visible) == 20
    assert not source.answers(halves[0], hours=6).withdrawn


def test_an_exchanged_calendar_is_held_for_three_days_though_its_events_are_shown(source, town):
    source.answers(town(10, first=20))
    for _ in range(12):
        assert source.answers(town(10, first=40), hours=6).held == "H_SHRANK"
    assert len(source.visible) == 20
    source.answers(town(10, first=40), hours=6)
    assert len(source.visible) == 10


# Whatever comes


ANSWERS = st.lists(
    st.tuples(st.sets(st.integers(0, 11)), st.booleans(), st.sampled_from([1, 6, 30])), min_size=1, max_size=8
)


@given(answers=ANSWERS)
def test_the_same_answer_again_at_once_writes_nothing(new_source, town, answers):
    source = new_source()
    for present, complete, hours in answers:
        records = [town(1, first=number + 30)[0] for number in sorted(present)]
        source.answers(records, hours=hours, complete=complete)
        again = source.answers(records, complete=complete)
        assert again.is_empty


@given(answers=ANSWERS)
def test_each_record_of_an_answer_is_decided_once(new_source, town, answers):
    source = new_source()
    for present, complete, hours in answers:
        records = [town(1, first=number + 30)[0] for number in sorted(present)]
        changes = source.answers(records, hours=hours, complete=complete)
        decided = [*ids(changes.added), *ids(changes.changed), *changes.unchanged]
        assert sorted(decided) == sorted(ids(records))
        assert not {*changes.missing, *changes.withdrawn} & set(decided)
