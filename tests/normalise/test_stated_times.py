"""Stated times to moments."""

from __future__ import annotations

from datetime import datetime

import pytest

from aggregator.model.components import StatedTime
from aggregator.model.times import EventTime, TimeKind
from aggregator.normalise.stated_times import moment, settled
from aggregator.normalise.timezones import Zones

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "zone", "iso"),
    [
        pytest.param("20261205T183000", BERLIN, "2026-12-05T18:30:00+01:00", id="basic with TZID"),
        pytest.param("2026-12-05T18:30", BERLIN, "2026-12-05T18:30:00+01:00", id="extended without seconds"),
        pytest.param("2026-12-05 18:30:00", "", "2026-12-05T18:30:00+01:00", id="blank for T"),
        pytest.param("20261205T1830", BERLIN, "2026-12-05T18:30:00+01:00", id="basic without seconds"),
        pytest.param("20261205T173000Z", "", "2026-12-05T18:30:00+01:00", id="UTC"),
        pytest.param("20261205T173000Z", BERLIN, "2026-12-05T18:30:00+01:00", id="TZID beside a Z means UTC"),
        pytest.param("2026-07-05T18:30:00+02:00", "", "2026-07-05T18:30:00+02:00", id="offset of the home zone"),
        pytest.param("2026-12-05T18:30:00-05:00", "", "2026-12-06T00:30:00+01:00", id="offset from elsewhere"),
        pytest.param("2026-12-05T18:30:00.123+0100", "", "2026-12-05T18:30:00+01:00", id="fractions of a second"),
        pytest.param("20261231T225960Z", "", "2026-12-31T23:59:59+01:00", id="leap second"),
        pytest.param("20261205T183000", "America/New_York", "2026-12-05T18:30:00-05:00", id="another zone"),
        pytest.param("20261205", "", "2026-12-05", id="date"),
        pytest.param("17531106", "", "1753-11-06", id="first date of an old holiday"),
        pytest.param("30110811", "", "3011-08-11", id="date far ahead"),
        pytest.param("2026-12-05", BERLIN, "2026-12-05", id="date with a superfluous zone"),
        pytest.param("20270301T100000Z/PT2H", "", "2027-03-01T11:00:00+01:00", id="period begins"),
    ],
)
def test_a_stated_time_is_a_moment(text: str, zone: str, iso: str, zones: Zones) -> None:
    found = moment(StatedTime(text, zone), zones)
    assert found is not None
    assert found.iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("20260230T100000", id="30 February"),
        pytest.param("20261205T250000", id="25 o'clock"),
        pytest.param("00010101T000000Z", id="year 1"),
        pytest.param("99991231T235959Z", id="year 9999"),
        pytest.param("20261205T100000+9900", id="impossible offset"),
        pytest.param("bald", id="prose"),
        pytest.param("", id="empty"),
        pytest.param("٢٠٢٦1205", id="digits of another script"),
    ],
)
def test_an_impossible_time_is_no_moment(text: str, zones: Zones) -> None:
    assert moment(StatedTime(text), zones) is None


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        pytest.param(StatedTime("20261205"), TimeKind.DATE, id="date"),
        pytest.param(StatedTime("20261205T183000"), TimeKind.FLOATING, id="no zone"),
        pytest.param(StatedTime("20261205T183000", "Mars/Olympus"), TimeKind.FLOATING, id="unknown zone"),
        pytest.param(StatedTime("20261205T183000", BERLIN), TimeKind.ZONED, id="zone"),
        pytest.param(StatedTime("20261205T183000Z"), TimeKind.ZONED, id="UTC"),
    ],
)
def test_floating_and_date_stay_what_they_are(stated: StatedTime, kind: TimeKind, zones: Zones) -> None:
    found = moment(stated, zones)
    assert found is not None
    assert (found.kind, found.zone) == (kind, BERLIN)


def test_a_floating_time_is_read_in_the_calendars_zone() -> None:
    found = moment(StatedTime("20261205T183000"), Zones(home=BERLIN, floating="Europe/London"))
    assert found == EventTime(datetime(2026, 12, 5, 18, 30), "Europe/London", TimeKind.FLOATING)


def test_a_repeating_instant_keeps_its_offset_because_that_is_what_repeats(zones: Zones) -> None:
    found = moment(StatedTime("20261205T173000Z"), zones, repeats=True)
    assert found == EventTime(datetime(2026, 12, 5, 17, 30), "UTC")


def test_a_repeating_offset_of_the_home_zone_repeats_at_home(zones: Zones) -> None:
    found = moment(StatedTime("2026-12-05T18:30:00+01:00"), zones, repeats=True)
    assert found == EventTime(datetime(2026, 12, 5, 18, 30), BERLIN)


def test_half_past_two_moves_forward_in_the_spring_night() -> None:
    missing = EventTime(datetime(2027, 3, 28, 2, 30), BERLIN)
    assert settled(missing).wall == datetime(2027, 3, 28, 3, 30)
    assert settled(missing).instant == missing.instant


@pytest.mark.parametrize(
    ("stated", "iso", "fold"),
    [
        pytest.param(StatedTime("20261025T023000", BERLIN), "2026-10-25T02:30:00+02:00", 0, id="local means the first"),
        pytest.param(StatedTime("20261025T003000Z"), "2026-10-25T02:30:00+02:00", 0, id="UTC says the first"),
        pytest.param(StatedTime("20261025T013000Z"), "2026-10-25T02:30:00+01:00", 1, id="UTC says the second"),
    ],
)
def test_half_past_two_comes_twice_in_the_autumn_night(stated: StatedTime, iso: str, fold: int, zones: Zones) -> None:
    found = moment(stated, zones)
    assert found is not None
    assert (settled(found).iso(), settled(found).fold) == (iso, fold)
