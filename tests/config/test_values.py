from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.config import values


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        pytest.param("60 min", 60, id="minutes"),
        pytest.param("90", 90, id="bare minutes"),
        pytest.param("15min", 15, id="the least, without a blank"),
        pytest.param("2 h", 120, id="hours"),
        pytest.param("2 Stunden", 120, id="hours in German"),
        pytest.param("1 day", 1440, id="the most"),
    ],
)
def test_intervals_are_read_in_many_forms(text, minutes):
    assert values.interval_of(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["14", "25 h", "2 days", "-60 min", "1.5 h", "60 s", "", "h", "٣٠ min 5"])
def test_other_intervals_are_refused(text):
    with pytest.raises(ValueError, match="interval|possible"):
        values.interval_of(text)


@pytest.mark.parametrize("address", ["webcal://a.example.org/x", "http://[::1]:81/x", "https://müsli.example.org/?k=1"])
def test_feed_addresses_are_kept_as_written(address):
    assert values.feed_address_of(address) == address


def test_a_local_path_may_not_name_another_machine():
    with pytest.raises(ValueError, match="on this machine"):
        values.feed_address_of("file://server/feed.ics")


def test_a_base_address_loses_its_last_slash():
    assert values.base_address_of("https://town.example.org/") == "https://town.example.org"


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "x", ""])
def test_what_is_no_finite_number_is_refused(text):
    with pytest.raises(ValueError, match="is not"):
        values.number_between(0, 10)(text)


@pytest.mark.parametrize("text", ["a@example.org\r\nX: y", "a b@example.org", "ä@example.org", "javascript:alert(1)"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(text):
    with pytest.raises(ValueError, match="neither a mail address"):
        values.contact_of(text)
