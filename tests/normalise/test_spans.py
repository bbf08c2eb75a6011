"""Starts and ends of components."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aggregator.model.components import Component, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.normalise.spans import span_of
from aggregator.normalise.timezones import Zones

Build = Callable[..., Component]
BERLIN = "Europe/Berlin"


def local(text: str) -> StatedTime:
    return StatedTime(text, BERLIN)


EVENING, DAY = local("20261205T183000"), StatedTime("20261205")


@pytest.mark.parametrize(
    ("start", "end", "iso"),
    [
        pytest.param(EVENING, None, None, id="missing"),
        pytest.param(EVENING, local("20261205T203000"), "2026-12-05T20:30:00+01:00", id="same evening"),
        pytest.param(EVENING, EVENING, "2026-12-05T18:30:00+01:00", id="zero length"),
        pytest.param(EVENING, StatedTime("20261205T203000"), "2026-12-05T20:30:00+01:00", id="forgot its zone"),
        pytest.param(EVENING, StatedTime("20261206"), "2026-12-06T00:00:00+01:00", id="a date ends at midnight"),
        pytest.param(EVENING, StatedTime("20261205"), None, id="until that day"),
        pytest.param(local("20260930T000000"), local("20261001T000000"), "2026-10-01T00:00:00+02:00", id="midnights"),
        pytest.param(local("20260930T000000"), local("20260930T235900"), "2026-09-30T23:59:00+02:00", id="23:59"),
        pytest.param(DAY, None, None, id="all-day without end"),
        pytest.param(DAY, StatedTime("20261208"), "2026-12-08", id="all-day, exclusive"),
        pytest.param(DAY, DAY, "2026-12-06", id="all-day on its own day"),
        pytest.param(DAY, local("20261206T180000"), "2026-12-07", id="all-day until a time of day"),
    ],
)
def test_an_end_is_told_in_the_kind_of_its_start(
    start: StatedTime, end: StatedTime | None, iso: str | None, component: Build, zones: Zones
) -> None:
    span = span_of(component(start=start, end=end), zones)
    assert ((span.end and span.end.iso()), span.faults) == (iso, ())


@pytest.mark.parametrize("kind", ["jsonld", "h-event", "rdf"])
def test_pages_name_the_last_day_itself(kind: str, component: Build, zones: Zones) -> None:
    span = span_of(component(kind=kind, start=StatedTime("2026-12-01"), end=StatedTime("2026-12-24")), zones)
    assert span.end is not None
    assert span.end.iso() == "2026-12-25"


@pytest.mark.parametrize(
    ("start", "duration", "iso"),
    [
        pytest.param(EVENING, timedelta(hours=2), "2026-12-05T20:30:00+01:00", id="two hours"),
        pytest.param(local("20270328T013000"), timedelta(hours=1), "2027-03-28T03:30:00+02:00", id="spring night"),
        pytest.param(local("20261024T190000"), timedelta(days=1), "2026-10-25T19:00:00+01:00", id="autumn night"),
        pytest.param(DAY, timedelta(days=2), "2026-12-07", id="two days"),
        pytest.param(DAY, timedelta(hours=3), "2026-12-06", id="three hours of a day"),
    ],
)
def test_a_duration_gives_the_end(
    start: StatedTime, duration: timedelta, iso: str, component: Build, zones: Zones
) -> None:
    span = span_of(component(start=start, end=None, duration=duration), zones)
    assert span.end is not None
    assert span.end.iso() == iso


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"end": local("20261205T170000")}, DefectKind.END_BEFORE_START, id="end before start"),
        pytest.param({"end": None, "duration": timedelta(hours=-1)}, DefectKind.END_BEFORE_START, id="back in time"),
        pytest.param({"end": StatedTime("spät")}, DefectKind.BAD_END, id="prose"),
        pytest.param({"end": None, "duration": timedelta(days=99_999)}, DefectKind.BAD_END, id="for ever"),
    ],
)
def test_a_wrong_end_is_no_end(fields: dict[str, object], kind: DefectKind, component: Build, zones: Zones) -> None:
    span = span_of(component(**fields), zones)
    assert (span.end, [fault for fault, _ in span.faults]) == (None, [kind])


def test_an_unknown_zone_is_said(component: Build, zones: Zones) -> None:
    span = span_of(component(start=StatedTime("20261205T183000", "Mars/Olympus")), zones)
    assert span.faults == ((DefectKind.UNKNOWN_ZONE, "Mars/Olympus"),)


def test_an_override_without_a_start_takes_the_one_that_it_replaces(component: Build, zones: Zones) -> None:
    span = span_of(component(start=None, end=None, recurrence_id=EVENING), zones)
    assert span.start == span.original is not None


def test_a_single_event_in_the_missing_half_hour_begins_after_it(component: Build, zones: Zones) -> None:
    span = span_of(component(start=local("20270328T023000")), zones)
    assert span.start is not None
    assert span.start.iso() == "2027-03-28T03:30:00+02:00"
