from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import Component, ParsedFeed
from aggregator.model.settings import ReadingLimits
from aggregator.parse.feeds import parse_feed

LIMITS = ReadingLimits()
NAMESPACES = 'xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:georss="http://www.georss.org/georss"'


def rss(items: str, channel: str = "") -> ParsedFeed:
    document = f'<rss version="2.0" {NAMESPACES}><channel><title>T</title>{channel}{items}</channel></rss>'
    feed = parse_feed(document, "https://example.org/feed/", LIMITS)
    assert isinstance(feed, ParsedFeed), feed
    return feed


def item(elements: str) -> Component:
    (component,) = rss(f"<item>{elements}</item>").components
    return component


@pytest.mark.parametrize(
    ("document", "error"),
    [
        pytest.param("<!DOCTYPE r [<!ENTITY a 'b'>]><rss>&a;</rss>", ErrorClass.PARSE, id="an entity declaration"),
        pytest.param("<html>", ErrorClass.NOT_A_FEED, id="no feed root"),
        pytest.param("<channel><p>Programm</p></channel>", ErrorClass.NOT_A_FEED, id="a root that only looks like one"),
        pytest.param("<rss>" + "<a>" * 200 + "</rss>", ErrorClass.LIMIT, id="too deep"),
        pytest.param("<rss><channel><item/><item><ti", ErrorClass.TRUNCATED, id="breaks off inside an item"),
        pytest.param("<rss><channel><item/><item/>", ErrorClass.TRUNCATED, id="breaks off between two items"),
    ],
)
def test_what_is_no_honest_feed_fails(document: str, error: ErrorClass) -> None:
    answer = parse_feed(document, "", LIMITS)
    assert isinstance(answer, Failure) and answer.error_class is error


def test_too_many_items_fail_as_a_whole() -> None:
    document = f"<rss version='2.0'><channel>{'<item><title>a</title></item>' * 3}</channel></rss>"
    assert parse_feed(document, "", replace(LIMITS, max_events=2)) == Failure(ErrorClass.LIMIT, "> 2")


def test_a_feed_without_items_is_a_feed() -> None:
    feed = rss("")
    assert feed.components == () and feed.complete and feed.format == "rss"


def test_the_date_of_publication_is_never_the_date_of_the_event() -> None:
    notice = item("<title>Aufruf</title><pubDate>Thu, 20 May 2027 08:00:00 +0000</pubDate>")
    assert notice.start is None and notice.published is not None


def test_relative_links_are_resolved_and_hostile_ones_dropped() -> None:
    assert item("<link>/a</link>").link == "https://example.org/a"
    assert item("<link>javascript:alert(1)</link>").link == ""
    assert item("<guid>7</guid>").link == ""


def test_an_organiser_is_a_name_or_nobody() -> None:
    assert item("<ev:organizer>Verein</ev:organizer>").organizer == "Verein"
    assert item("<ev:organizer>post@example.org</ev:organizer>").organizer == ""


def test_a_title_keeps_angle_brackets_that_are_no_markup() -> None:
    assert item("<title>5 &lt; 6 &amp; mehr</title>").title == "5 < 6 & mehr"


def test_a_point_is_read_as_latitude_and_longitude() -> None:
    place = item("<georss:point>53.25 10.41</georss:point>").place
    assert (place.latitude, place.longitude) == (53.25, 10.41)


@pytest.mark.parametrize("point", ["nan nan", "999 999", "53.25", ""])
def test_a_point_off_the_globe_is_none(point: str) -> None:
    assert item(f"<georss:point>{point}</georss:point>").place.latitude is None


def test_an_endless_wish_for_the_interval_is_ignored_or_bounded() -> None:
    assert rss("", "<ttl>1000000000</ttl>").refresh_interval is not None
    assert rss("", "<ttl>oft</ttl>").refresh_interval is None


def test_our_own_feeds_are_recognised() -> None:
    assert rss("", "<generator>Bündel</generator>").loop_mark


def test_a_document_type_without_entities_is_read() -> None:
    document = '<!DOCTYPE rss SYSTEM "http://example.org/rss.dtd"><rss version="0.91"><channel/></rss>'
    assert isinstance(parse_feed(document, "", LIMITS), ParsedFeed)
