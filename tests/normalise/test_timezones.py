"""Zone names as feeds write them."""

from __future__ import annotations

import pytest

from aggregator.model.components import ParsedFeed
from aggregator.normalise.timezones import known_zone, zones_of

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        pytest.param("Europe/Berlin", BERLIN, id="IANA name"),
        pytest.param("europe/berlin", BERLIN, id="IANA name in lower case"),
        pytest.param('"Europe/Berlin"', BERLIN, id="quoted"),
        pytest.param("Europe_Berlin", BERLIN, id="underscore for slash"),
        pytest.param("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", id="three parts"),
        pytest.param("W. Europe Standard Time", BERLIN, id="Windows name"),
        pytest.param("/mozilla.org/20070129_1/Europe/Berlin", BERLIN, id="Mozilla's prefix"),
        pytest.param("/freeassociation.sourceforge.net/Europe/Berlin", BERLIN, id="Evolution's prefix"),
        pytest.param("/Europe/Berlin", BERLIN, id="leading slash"),
        pytest.param("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", BERLIN, id="Outlook's long name"),
        pytest.param("(GMT+01.00) Sarajevo/Warsaw/Zagreb", BERLIN, id="Outlook's offset, unknown cities"),
        pytest.param("(GMT +01:00)", BERLIN, id="Outlook's offset alone is winter's"),
        pytest.param("(UTC-05:00) Bogota, Lima, Quito", "America/Bogota", id="Outlook far away"),
        pytest.param("(UTC) Coordinated Universal Time", "UTC", id="Outlook's UTC"),
        pytest.param("MEZ", BERLIN, id="MEZ"),
        pytest.param("MESZ", BERLIN, id="MESZ"),
        pytest.param("CET", BERLIN, id="CET"),
        pytest.param("Mitteleuropäische Zeit", BERLIN, id="spelt out"),
        pytest.param("GMT+1", "Etc/GMT-1", id="GMT+1 is east"),
        pytest.param("GMT+0100", "Etc/GMT-1", id="GMT+0100"),
        pytest.param("UTC-05:00", "Etc/GMT+5", id="UTC-05:00 is west"),
        pytest.param("Etc/GMT+1", "Etc/GMT+1", id="the database's own name counts west"),
        pytest.param("GMT+0530", None, id="half hours have no fixed zone"),
    ],
)
def test_a_zone_name_is_understood(name: str, zone: str | None) -> None:
    assert known_zone(name, BERLIN) == zone


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Europe", id="a directory of the database"),
        pytest.param("x" * 100_000, id="too long for a file name"),
        pytest.param("../../../../etc/passwd", id="a path out of the database"),
        pytest.param("/etc/localtime", id="a file of the system"),
        pytest.param("Europe/Ber\0lin", id="NUL inside"),
        pytest.param("Mars/Olympus", id="unknown"),
        pytest.param("", id="empty"),
        pytest.param('""', id="empty in quotes"),
    ],
)
def test_a_hostile_or_unknown_zone_name_is_no_zone(name: str) -> None:
    assert known_zone(name, BERLIN) is None


def test_the_home_zone_is_preferred_among_outlooks_cities() -> None:
    assert (
        known_zone("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Vienna") == "Europe/Vienna"
    )


def test_the_calendars_zone_is_where_times_float() -> None:
    zones = zones_of(ParsedFeed(calendar_zone="Europe/London"), BERLIN)
    assert (zones.home, zones.floating) == (BERLIN, "Europe/London")


def test_an_unknown_calendar_zone_leaves_the_sources() -> None:
    assert zones_of(ParsedFeed(calendar_zone="Mars/Olympus"), BERLIN).floating == BERLIN


def test_the_database_is_believed_before_a_lying_definition() -> None:
    lie = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+1200\nEND:STANDARD\n"
    assert zones_of(ParsedFeed(timezones=((BERLIN, lie),)), BERLIN).named(BERLIN) == BERLIN
