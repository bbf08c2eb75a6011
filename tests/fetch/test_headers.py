"""Heads of answers, read with distrust."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.fetch.headers import charset, fresh_for, media_type, retry_after, validators
from aggregator.model.fetching import Validators

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = "Sun, 22 Nov 2026 12:15:00 GMT"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("600", timedelta(minutes=10), id="seconds"),
        pytest.param(" 600 ", timedelta(minutes=10), id="seconds with blanks"),
        pytest.param("0", timedelta(), id="at once"),
        pytest.param("31536000000", DAY, id="a thousand years"),
        pytest.param("9" * 5000, None, id="5000 digits"),
        pytest.param(SOON, timedelta(minutes=15), id="a date"),
        pytest.param("Sun, 22 Nov 2026 12:15:00", timedelta(minutes=15), id="a date without zone"),
        pytest.param("Thu, 01 Jan 2099 00:00:00 GMT", DAY, id="a far date"),
        pytest.param("Thu, 01 Jan 1998 00:00:00 GMT", None, id="a past date"),
        pytest.param("Thu, 99 Jan 99999 99:00:00 GMT", None, id="an impossible date"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="a word"),
        pytest.param("٣", None, id="another script's digit"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(value, expected):
    assert retry_after({"Retry-After": value}, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, None, id="nothing said"),
        pytest.param({"Cache-Control": "public, Max-Age=60"}, timedelta(minutes=1), id="max-age"),
        pytest.param({"Cache-Control": "s-maxage=60"}, None, id="for shared caches only"),
        pytest.param({"Cache-Control": "no-store, max-age=0", "Expires": SOON}, timedelta(), id="max-age leads"),
        pytest.param({"Cache-Control": "max-age=315360000"}, DAY, id="ten years"),
        pytest.param({"Cache-Control": "max-age=" + "9" * 5000}, DAY, id="5000 digits"),
        pytest.param({"Cache-Control": "max-age=-1"}, None, id="negative"),
        pytest.param({"Expires": SOON}, timedelta(minutes=15), id="Expires"),
        pytest.param({"Expires": SOON, "Date": "Thu, 01 Jan 1998 00:00:00 GMT"}, timedelta(minutes=15), id="odd Date"),
        pytest.param({"Expires": "0"}, None, id="Expires is no date"),
    ],
)
def test_freshness_is_read_from_max_age_then_expires(headers, expected):
    assert fresh_for(headers, NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("text/calendar; charset=utf-8", ("text/calendar", "utf-8"), id="usual"),
        pytest.param('Application/RSS+XML;x=y; Charset="ISO-8859-1"', ("application/rss+xml", "iso-8859-1"), id="odd"),
        pytest.param("text/html", ("text/html", ""), id="no charset"),
        pytest.param("calendar", ("", ""), id="no type"),
        pytest.param("a" * 90 + "/b", ("", ""), id="overlong"),
        pytest.param("text/calendar\x1b[31m", ("", ""), id="control characters"),
        pytest.param("", ("", ""), id="nothing"),
    ],
)
def test_the_content_type_is_read_or_left(value, expected):
    headers = {"Content-Type": value}
    assert (media_type(headers), charset(headers)) == expected


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        pytest.param('"a"', True, id="strong"),
        pytest.param('W/"a"', True, id="weak"),
        pytest.param('a"b, "é"; X', True, id="odd but printable"),
        pytest.param("e" * 1001, False, id="overlong"),
        pytest.param('"a\r\n X: 1"', False, id="line break"),
        pytest.param('"a\x00"', False, id="NUL"),
    ],
)
def test_a_validator_is_kept_verbatim_or_dropped(value, kept):
    assert validators({"ETag": value}) == Validators(value if kept else "")
