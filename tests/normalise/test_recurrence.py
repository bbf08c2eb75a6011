"""Series to occurrences, with every trap of the expander that is known (ecosystem.md section 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from time import process_time

import pytest

from aggregator.model.defects import DefectKind
from aggregator.model.records import Occurrence, Record, Recurrence, Status
from aggregator.model.times import EventTime, TimeKind, Window
from aggregator.normalise.recurrence import expand

BERLIN = "Europe/Berlin"
Build = Callable[..., Record]


def at(month: int, day: int, hour: int = 19, minute: int = 0, year: int = 2026) -> EventTime:
    return EventTime(datetime(year, month, day, hour, minute), BERLIN)


def override(original: EventTime, start: EventTime, name: str = "one", **fields: object) -> Record:
    made = Record(
        id=f"source.{name}",
        key=name,
        source="source",
        kind="vevent-override",
        title="Plenum anderswo",
        stated_title="Plenum anderswo",
        fingerprint="",
        uid="series",
        start=start,
        end=start.shifted(timedelta(hours=3)),
        series="source.series",
        original=original,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def starts(occurrences: tuple[Occurrence, ...]) -> list[str]:
    return [occurrence.start.wall.strftime("%m-%d %H:%M") for occurrence in occurrences]


def test_a_weekly_series_keeps_its_wall_time_over_both_changes_of_the_clock(series: Build, window: Window) -> None:
    found = expand(series("FREQ=WEEKLY", datetime(2026, 10, 19, 19)), (), window).occurrences
    assert {occurrence.start.wall.hour for occurrence in found} == {19}
    assert {occurrence.start.instant.hour for occurrence in found} == {17, 18}


def test_half_past_two_every_sunday_moves_forward_once_in_spring(series: Build) -> None:
    spring = Window(date(2027, 3, 20), date(2027, 4, 6))
    found = expand(series("FREQ=WEEKLY", datetime(2027, 3, 21, 2, 30)), (), spring).occurrences
    assert starts(found) == ["03-21 02:30", "03-28 03:30", "04-04 02:30"]


def test_half_past_two_every_sunday_happens_once_in_autumn(series: Build) -> None:
    autumn = Window(date(2026, 10, 17), date(2026, 11, 2))
    found = expand(series("FREQ=WEEKLY", datetime(2026, 10, 18, 2, 30)), (), autumn).occurrences
    assert [occurrence.start.iso() for occurrence in found] == [
        "2026-10-18T02:30:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-11-01T02:30:00+01:00",
    ]


def test_a_series_that_begins_in_the_missing_half_hour_goes_on_at_half_past_two(series: Build, window: Window) -> None:
    found = expand(series("FREQ=WEEKLY;COUNT=2", datetime(2027, 3, 28, 2, 30)), (), window).occurrences
    assert starts(found) == ["03-28 03:30", "04-04 02:30"]


def test_ends_follow_the_wall_clock(series: Build) -> None:
    night = replace(series("FREQ=DAILY", datetime(2026, 10, 23, 22)), end=at(10, 24, 4))
    found = expand(night, (), Window(date(2026, 10, 24), date(2026, 10, 25))).occurrences
    assert [occurrence.end.wall.hour for occurrence in found if occurrence.end] == [4, 4]


@pytest.mark.parametrize(
    "kind", [pytest.param(TimeKind.FLOATING, id="floating"), pytest.param(TimeKind.DATE, id="all-day")]
)
def test_occurrences_are_of_the_kind_of_their_series(kind: TimeKind, series: Build, window: Window) -> None:
    found = expand(series("FREQ=WEEKLY;COUNT=3", datetime(2026, 12, 7), kind=kind), (), window).occurrences
    assert [(occurrence.start.kind, occurrence.end and occurrence.end.kind) for occurrence in found] == [
        (kind, kind)
    ] * 3


def test_a_missing_end_stays_missing(series: Build, window: Window) -> None:
    found = expand(replace(series("FREQ=WEEKLY;COUNT=2"), end=None), (), window).occurrences
    assert [occurrence.end for occurrence in found] == [None, None]


def test_a_start_outside_the_rule_is_kept(series: Build, window: Window) -> None:
    found = expand(series("FREQ=WEEKLY;BYDAY=WE;COUNT=2", datetime(2026, 12, 7, 19)), (), window).occurrences
    assert starts(found) == ["12-07 19:00", "12-09 19:00", "12-16 19:00"]


def test_exceptions_and_extra_dates_count(series: Build, window: Window) -> None:
    plenum = series("FREQ=WEEKLY;COUNT=3", dates=(at(12, 30, 18),), exceptions=(at(12, 14),))
    assert starts(expand(plenum, (), window).occurrences) == ["12-07 19:00", "12-21 19:00", "12-30 18:00"]


def test_a_date_excepts_all_of_a_days_occurrences(series: Build, window: Window) -> None:
    excepted = EventTime.of_date(date(2026, 12, 8), BERLIN)
    tours = series("FREQ=DAILY;COUNT=4;BYHOUR=11,15", datetime(2026, 12, 7, 11), exceptions=(excepted,))
    assert starts(expand(tours, (), window).occurrences) == ["12-07 11:00", "12-07 15:00"]


def test_two_rules_are_one_series(series: Build, window: Window) -> None:
    both = replace(series(""), recurrence=Recurrence(("FREQ=WEEKLY;COUNT=2", "FREQ=MONTHLY;COUNT=2")))
    assert starts(expand(both, (), window).occurrences) == ["12-07 19:00", "12-14 19:00", "01-07 19:00"]


def test_a_moved_occurrence_keeps_its_original_start_and_names_its_record(series: Build, window: Window) -> None:
    moved = override(at(12, 14), at(12, 15, 20))
    found = expand(series("FREQ=WEEKLY;COUNT=3"), (moved,), window).occurrences
    assert found[1] == Occurrence(at(12, 14), at(12, 15, 20), at(12, 15, 23), "source.one")
    assert starts(found) == ["12-07 19:00", "12-15 20:00", "12-21 19:00"]


@pytest.mark.parametrize(
    "original",
    [
        pytest.param(EventTime.of_date(date(2026, 12, 14), BERLIN), id="as a date"),
        pytest.param(EventTime(datetime(2026, 12, 14, 18), "UTC"), id="in UTC"),
        pytest.param(EventTime(datetime(2026, 12, 14, 19), BERLIN, TimeKind.FLOATING), id="floating"),
    ],
)
def test_a_recurrence_id_in_another_form_does_not_leave_the_old_occurrence(
    original: EventTime, series: Build, window: Window
) -> None:
    found = expand(series("FREQ=WEEKLY;COUNT=2"), (override(original, at(12, 15)),), window).occurrences
    assert starts(found) == ["12-07 19:00", "12-15 19:00"]


def test_a_cancelled_override_stays_as_a_cancelled_occurrence(series: Build, window: Window) -> None:
    cancelled = override(at(12, 14), at(12, 14), status=Status.CANCELLED)
    found = expand(series("FREQ=WEEKLY;COUNT=3"), (cancelled,), window).occurrences
    assert [occurrence.status for occurrence in found] == [Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED]


def test_a_cancelled_series_is_cancelled_in_all_its_occurrences(series: Build, window: Window) -> None:
    cancelled = series("FREQ=WEEKLY;COUNT=3", status=Status.CANCELLED)
    found = expand(cancelled, (override(at(12, 14), at(12, 15)),), window).occurrences
    assert {occurrence.status for occurrence in found} == {Status.CANCELLED}


def test_this_and_future_moves_all_that_follow(series: Build, window: Window) -> None:
    later = override(at(12, 14), at(12, 14, 20), this_and_future=True)
    found = expand(series("FREQ=WEEKLY;COUNT=4"), (later,), window).occurrences
    assert starts(found) == ["12-07 19:00", "12-14 20:00", "12-21 20:00", "12-28 20:00"]
    assert [occurrence.record for occurrence in found] == ["", "source.one", "source.one", "source.one"]
    assert [occurrence.original.wall.hour for occurrence in found] == [19] * 4
    assert [occurrence.end and occurrence.end.wall.hour for occurrence in found] == [21, 23, 23, 23]


def test_an_override_in_another_zone_keeps_its_own_words(series: Build, window: Window) -> None:
    abroad = EventTime(datetime(2026, 12, 14, 18), "Europe/London")
    found = expand(series("FREQ=WEEKLY;COUNT=2"), (override(at(12, 14), abroad),), window).occurrences
    assert found[1].start == abroad


def test_an_all_day_override_of_a_timed_series_is_all_day(series: Build, window: Window) -> None:
    day = EventTime.of_date(date(2026, 12, 14), BERLIN)
    found = expand(series("FREQ=WEEKLY;COUNT=2"), (override(at(12, 14), day, end=None),), window).occurrences
    assert [occurrence.start.is_date for occurrence in found] == [False, True]


def test_an_override_moved_into_the_window_from_outside_is_found(series: Build) -> None:
    moved = override(at(12, 14), at(12, 20))
    found = expand(series("FREQ=WEEKLY;COUNT=2"), (moved,), Window(date(2026, 12, 18), date(2027, 1, 1))).occurrences
    assert starts(found) == ["12-20 19:00"]


def test_what_reaches_into_the_window_is_found(series: Build) -> None:
    week = replace(series("FREQ=MONTHLY"), end=at(12, 12))
    assert len(expand(week, (), Window(date(2026, 12, 11), date(2026, 12, 13))).occurrences) == 1


def test_a_single_event_keeps_its_occurrence_at_any_distance(series: Build, window: Window) -> None:
    far = replace(series("", datetime(2031, 5, 1, 10)), recurrence=Recurrence(), end=None)
    assert starts(expand(far, (), window).occurrences) == ["05-01 10:00"]


def test_a_single_event_with_an_override_gives_way_to_it(series: Build, window: Window) -> None:
    single = replace(series(""), recurrence=Recurrence())
    found = expand(single, (override(at(12, 7), at(12, 8)), override(at(12, 14), at(12, 14), "two")), window)
    assert starts(found.occurrences) == ["12-08 19:00", "12-14 19:00"]


def test_a_notice_has_no_occurrence(series: Build, window: Window) -> None:
    assert expand(replace(series("FREQ=DAILY"), start=None), (), window).occurrences == ()


def test_too_many_occurrences_are_cut_in_favour_of_what_is_to_come(series: Build, window: Window) -> None:
    tours = series("FREQ=DAILY;BYHOUR=11,15", datetime(2025, 1, 1, 11))
    found = expand(tours, (), window)
    assert len(found.occurrences) == 1_000
    assert [defect.kind for defect in found.defects] == [DefectKind.RECURRENCE_LIMIT]
    assert found.occurrences[-1].start.wall > datetime(2028, 2, 1)
    assert all(left.start.instant < right.start.instant for left, right in pairwise(found.occurrences))


def test_a_dense_series_shows_what_comes_next(series: Build, window: Window) -> None:
    began = process_time()
    found = expand(series("FREQ=HOURLY", datetime(2026, 1, 1)), (), window).occurrences
    assert process_time() - began < 1
    assert len(found) == 1_000
    assert found[0].start.wall.date() == window.first + timedelta(days=366)


def test_a_dense_series_of_one_day_is_found_far_ahead(series: Build, window: Window) -> None:
    tours = series("FREQ=HOURLY;COUNT=6", datetime(2027, 9, 12, 11))
    assert len(expand(tours, (), window).occurrences) == 6


def test_a_dense_series_of_the_past_is_found_too(series: Build, window: Window) -> None:
    tours = series("FREQ=HOURLY;COUNT=6", datetime(2025, 12, 1, 11))
    assert len(expand(tours, (), window).occurrences) == 6


def test_ten_years_every_day_is_not_expanded(series: Build, window: Window) -> None:
    found = expand(replace(series("FREQ=DAILY"), end=at(12, 7, year=2036)), (), window)
    assert (len(found.occurrences), [defect.kind for defect in found.defects]) == (1, [DefectKind.RECURRENCE_LIMIT])


def test_a_rule_that_the_expander_refuses_after_all_keeps_the_first_date(series: Build, window: Window) -> None:
    found = expand(series("FREQ=HOURLY;INTERVAL=24;BYHOUR=5"), (), window)
    assert starts(found.occurrences) == ["12-07 19:00"]
    assert [defect.kind for defect in found.defects] == [DefectKind.BAD_RECURRENCE]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", id="a sixth Monday"),
        pytest.param("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", id="29 February of odd years"),
        pytest.param("FREQ=DAILY;INTERVAL=7;BYDAY=TU", id="every seventh day from a Monday, on Tuesdays"),
        pytest.param("FREQ=DAILY", id="daily since 1900"),
    ],
)
def test_a_rule_that_never_occurs_ends_in_bounded_time(rule: str, series: Build, window: Window) -> None:
    began = process_time()
    found = expand(series(rule, datetime(1900, 1, 1, 19)), (), window)
    assert process_time() - began < 5
    assert len(found.occurrences) <= 1_000
