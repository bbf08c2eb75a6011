from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from aggregator.export.vtimezone import transitions, vtimezone


def offsets_around_changes(zone: str) -> list[tuple[datetime, timedelta]]:
    """Moments a second before and an hour and a bit after every change of 2025 to 2035, and two in each year."""
    changes = [(change.wall - change.before).replace(tzinfo=UTC) for change in transitions(zone)]
    near = [change + distance for change in changes for distance in (timedelta(seconds=-1), timedelta(hours=2))]
    regular = [datetime(year, month, 20, tzinfo=UTC) for year in range(2025, 2036) for month in (1, 7)]
    moments = [moment for moment in near + regular if 2025 <= moment.year <= 2035]
    return [(moment, moment.astimezone(ZoneInfo(zone)).utcoffset()) for moment in moments]


@pytest.mark.parametrize(
    "zone",
    [
        pytest.param("Europe/Berlin", id="last Sunday"),
        pytest.param("America/New_York", id="second and first Sunday"),
        pytest.param("America/Santiago", id="a Sunday in a week that has no number"),
        pytest.param("Asia/Jerusalem", id="the Friday before the last Sunday"),
        pytest.param("Australia/Lord_Howe", id="half an hour, in southern summer"),
        pytest.param("Africa/Casablanca", id="by the moon"),
        pytest.param("Africa/Cairo", id="a Thursday's midnight that may fall into the next month"),
        pytest.param("Asia/Kathmandu", id="never changed"),
        pytest.param("UTC", id="UTC"),
    ],
)
def test_a_vtimezone_gives_the_offsets_of_the_database(zone):
    read = Timezone.from_ical(vtimezone(zone)).to_tz(lookup_tzid=False)
    for moment, offset in offsets_around_changes(zone):
        wall = (moment + offset).replace(tzinfo=None)
        assert wall.replace(tzinfo=read).utcoffset() == offset, moment


def test_a_zone_with_yearly_rules_is_two_rules_long():
    text = vtimezone("Europe/Berlin").decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert text.count("RRULE") == 2
    assert len(text) < 450


def test_a_zone_without_changes_has_one_standard_part():
    text = vtimezone("Asia/Kathmandu").decode()
    assert text.count("BEGIN:STANDARD") == 1
    assert "DAYLIGHT" not in text
