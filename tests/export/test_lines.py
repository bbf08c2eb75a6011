"""Line for line what `icalendar` writes, whatever is added in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event, vRecur

from aggregator.export.folding import folded
from aggregator.export.lines import STAMPS, Vevent, own_line

NOON = datetime(2026, 12, 5, 12, 0, 1)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (UTC, BERLIN, ZoneInfo("UTC"), timezone(timedelta(0)), timezone(timedelta(hours=2)))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120)
MOMENT = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.sampled_from([UTC, BERLIN]))


def by_library(*added: tuple[str, object]) -> bytes:
    """The same properties written by the library, folded as we fold."""
    component = Event()
    for name, value in added:
        component.add(name, value)
    return b"".join(folded(str(line).encode()) + b"\r\n" for line in component.content_lines() if line)


def by_us(*added: tuple[str, object]) -> bytes:
    written = Vevent()
    for name, value in added:
        written.add(name, value)
    return written.content()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(NOON.replace(tzinfo=UTC), id="UTC"),
        pytest.param(NOON.replace(tzinfo=timezone(timedelta(0))), id="UTC by offset"),
        pytest.param(NOON.replace(tzinfo=timezone(timedelta(hours=2))), id="offset"),
        *(
            pytest.param(NOON.replace(tzinfo=ZoneInfo(name)), id=name)
            for name in ("Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT-2", "GMT", "Europe/London")
        ),
        pytest.param(date(999, 1, 2), id="a date"),
        pytest.param(datetime(12, 1, 2, tzinfo=UTC), id="long ago"),
    ],
)
@pytest.mark.parametrize("name", ["dtstart", "dtend", "recurrence-id"])
def test_a_time_is_written_as_the_library_does(name: str, value: date) -> None:
    assert by_us((name, value)) == by_library((name, value))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("name", sorted(STAMPS))
def test_a_stamp_is_written_in_utc_as_the_library_does(name: str, zone: tzinfo) -> None:
    moment = NOON.replace(tzinfo=zone)
    assert by_us((name, moment)) == by_library((name, moment))


@given(st.sampled_from(["summary", "description", "location", "status", "uid"]), TEXT)
def test_a_text_is_written_as_the_library_does(name: str, text: str) -> None:
    assert by_us((name, text)) == by_library((name, text))


@given(TEXT, TEXT, MOMENT, st.integers(0, 10**6))
def test_properties_come_in_the_order_of_the_library(title: str, text: str, start: datetime, sequence: int) -> None:
    added = [
        ("uid", "a@b"),
        ("dtstamp", NOON.replace(tzinfo=UTC)),
        ("created", NOON.replace(tzinfo=UTC)),
        ("last-modified", NOON.replace(tzinfo=BERLIN)),
        ("sequence", sequence),
        ("dtstart", start),
        ("summary", title),
        ("url", "https://a.example/x?a=1;b,c"),
        ("geo", (51.5, -0.1)),
        ("categories", [title, "b;c"]),
        ("rrule", vRecur.from_ical("FREQ=WEEKLY;BYDAY=MO,TU")),
        ("rrule", vRecur.from_ical("FREQ=YEARLY")),
        ("exdate", [start, start]),
        ("rdate", [date(2026, 1, 2)]),
        ("description", text),
        ("location", text),
        ("status", "CONFIRMED"),
    ]
    assert by_us(*added) == by_library(*added)


def test_what_nearly_every_event_has_needs_no_library() -> None:
    usual = (("SUMMARY", "a"), ("URL", "https://a.example"), ("SEQUENCE", 1), ("DTSTART", NOON.replace(tzinfo=BERLIN)))
    assert all(own_line(name, value) for name, value in usual)
    assert all(own_line(name, NOON.replace(tzinfo=zone)) for name in STAMPS for zone in ZONES)
    assert own_line("RDATE", [NOON]) == ""
