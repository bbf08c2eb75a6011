from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.bodies import parse_body

CALENDAR = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261205T183000\nSUMMARY:Fest\nEND:VEVENT\nEND:VCALENDAR\n"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Fest</title></item></channel></rss>'
PAGE = b'<div class="h-event"><b class="p-name">Fest</b><time class="dt-start">2026-12-05</time></div>'


def read(content: bytes, wanted: str = "auto", media_type: str = "") -> ParsedFeed | Failure:
    return parse_body(Body(content, media_type), wanted, "https://example.org/", ReadingLimits())


@pytest.mark.parametrize(
    ("content", "kind"), [(CALENDAR, "ics"), (FEED, "rss"), (PAGE, "html")], ids=["ics", "rss", "html"]
)
def test_every_kind_of_body_is_read_whatever_its_type_says(content: bytes, kind: str) -> None:
    feed = read(content, media_type="text/calendar, text/x-vcalendar, image/png")
    assert isinstance(feed, ParsedFeed) and feed.format == kind and feed.components[0].title == "Fest"


@pytest.mark.parametrize(
    ("content", "wanted"), [(CALENDAR, "rss"), (FEED, "ics"), (PAGE, "ics")], ids=["ics", "rss", "html"]
)
def test_a_body_of_another_kind_than_was_asked_for_is_refused(content: bytes, wanted: str) -> None:
    answer = read(content, wanted)
    assert isinstance(answer, Failure) and answer.error_class is ErrorClass.NOT_A_FEED


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(b"", ErrorClass.EMPTY, id="nothing"),
        pytest.param(b"\xef\xbb\xbf", ErrorClass.EMPTY, id="a byte order mark"),
        pytest.param(b" \r\n ", ErrorClass.EMPTY, id="blanks"),
        pytest.param(b'{"error": "not found"}', ErrorClass.NOT_A_FEED, id="JSON"),
        pytest.param(b"<!DOCTYPE html><title>Login</title>", ErrorClass.NOT_A_FEED, id="a login page"),
        pytest.param(b"/dev/zero", ErrorClass.NOT_A_FEED, id="the name of a device"),
        pytest.param(b"/etc/hostname", ErrorClass.NOT_A_FEED, id="the name of a file"),
        pytest.param(b"http://127.0.0.1:1/feed", ErrorClass.NOT_A_FEED, id="an address"),
        pytest.param(b"BEGIN:VCARD\nEND:VCARD\n", ErrorClass.NOT_A_FEED, id="an address card"),
    ],
)
def test_what_is_no_calendar_is_one_clear_failure(content: bytes, error: ErrorClass) -> None:
    answer = read(content)
    assert isinstance(answer, Failure) and answer.error_class is error


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("content", [CALENDAR, FEED], ids=["ics", "rss"])
def test_any_unicode_encoding_is_read(content: bytes, codec: str) -> None:
    feed = read(content.decode().encode(codec))
    assert isinstance(feed, ParsedFeed) and feed.components[0].title == "Fest"


@given(
    some.sampled_from([CALENDAR, FEED, PAGE]),
    some.lists(some.tuples(some.integers(0, 120), some.binary(max_size=9)), max_size=4),
)
def test_no_damage_raises(content: bytes, damages: list[tuple[int, bytes]]) -> None:
    for place, bytes_ in damages:
        content = content[:place] + bytes_ + content[place + len(bytes_) :]
    assert isinstance(read(content), (ParsedFeed, Failure))
