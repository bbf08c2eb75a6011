from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.settings import ReadingLimits
from aggregator.parse.webpage import depth, parse_webpage

LIMITS = ReadingLimits()
EVENT = '<div class="h-event" id="{0}"><b class="p-name">{0}</b><time class="dt-start">2026-12-05</time></div>'
SCRIPT = '<script type="application/ld+json">{}</script>'


def read(page: str, base: str = "https://example.org/p") -> ParsedFeed | Failure:
    return parse_webpage(page, base, LIMITS)


@pytest.mark.parametrize(
    ("page", "error"),
    [
        pytest.param("<form>Bitte anmelden</form>", ErrorClass.NOT_A_FEED, id="a login page"),
        pytest.param(SCRIPT.format('{"@type": "Organization"}'), ErrorClass.NOT_A_FEED, id="JSON-LD without events"),
        pytest.param(SCRIPT.format('{"@type": "Event"'), ErrorClass.PARSE, id="broken JSON-LD alone"),
        pytest.param(SCRIPT.format("[" * 100_000), ErrorClass.PARSE, id="JSON-LD without bottom"),
        pytest.param("<div>" * 5000, ErrorClass.LIMIT, id="deep nesting"),
        pytest.param("<p>" + "x" * 1_000_000, ErrorClass.TOO_LARGE, id="more than a megabyte"),
    ],
)
def test_a_page_without_readable_events_fails(page: str, error: ErrorClass) -> None:
    answer = read(page)
    assert isinstance(answer, Failure) and answer.error_class is error


def test_too_many_events_fail_as_a_whole() -> None:
    page = EVENT.format(1) + EVENT.format(2)
    assert parse_webpage(page, "", replace(LIMITS, max_events=1)) == Failure(ErrorClass.LIMIT, "> 1")


def test_json_ld_is_preferred_to_h_event_so_that_no_event_stands_twice() -> None:
    feed = read(SCRIPT.format('{"@type": "Event", "name": "A", "startDate": "2026-12-05"}') + EVENT.format("A"))
    assert isinstance(feed, ParsedFeed) and [component.kind for component in feed.components] == ["jsonld"]


def test_a_page_in_two_generations_of_microformats_is_read_once() -> None:
    start = '<time class="dt-start dtstart">2026-12-05</time>'
    feed = read(f'<div class="h-event vevent"><b class="p-name summary">A</b>{start}</div>')
    assert isinstance(feed, ParsedFeed) and [component.kind for component in feed.components] == ["h-event"]


def test_an_event_printed_twice_is_one() -> None:
    feed = read(EVENT.format("A") + EVENT.format("A"))
    assert isinstance(feed, ParsedFeed) and len(feed.components) == 1


def test_the_base_of_the_page_wins_over_its_address() -> None:
    feed = read('<base href="/termine/">' + EVENT.format("a"))
    assert isinstance(feed, ParsedFeed) and feed.components[0].link == "https://example.org/termine/#a"


def test_an_event_in_an_event_is_a_detail_of_it() -> None:
    feed = read(f'<div class="h-event"><time class="dt-start">2026-12-04</time>{EVENT.format("innen")}</div>')
    assert isinstance(feed, ParsedFeed) and [component.title for component in feed.components] == [""]


def test_open_paragraphs_and_void_elements_are_not_deep() -> None:
    assert depth("<p><br><li><td>" * 1000 + "<div><b></b></div>") == 2
