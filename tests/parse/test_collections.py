"""The demo's feeds and the WECHANGE samples: every record of theirs is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from aggregator.model.components import ParsedFeed
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.bodies import parse_body

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo" / "feeds"
WECHANGE = ROOT / "tests" / "data" / "wechange"
RECORDS = {
    "adfc-thunderbird.ics": 23,
    "chor-querbeet-icloud.ics": 15,
    "dsi-google.ics": 23,
    "freiraum-nextcloud.ics": 28,
    "freiwilligenagentur-tec.ics": 28,
    "gancio-lueneburg.ics": 53,
    "gancio-lueneburg.rss": 10,
    "glockenhaus-xcal.rss": 16,
    "janun-wordpress.rss": 10,
    "kulturbuehne-salzstrasse.html": 14,
    "leuphana-exchange.ics": 32,
    "luenetermine-sammelkalender.ics": 13,
    "mobilizon-lueneburg.atom": 7,
    "mobilizon-lueneburg.ics": 23,
    "mosaique-google.ics": 49,
    "museum-tec.ics": 26,
    "omas-for-future.rss": 9,
    "ratsbuecherei.rdf": 20,
    "scala.atom": 11,
    "seebruecke-handgeschrieben.ics": 12,
    "solawi-nextcloud.ics": 14,
    "st-johannis.html": 25,
    "stadtblatt-termine.rss": 42,
    "stadtteilhaeuser-outlook.ics": 31,
    "unverpackt.html": 10,
    "utopia-wordpress.rss": 12,
    "vhs-kursexport.ics": 42,
    "wechange-klimaentscheid.ics": 26,
    "wechange-lebendiges-lueneburg.ics": 34,
    "wechange-nachbarschaftsgaerten.ics": 15,
    "wechange-wirkmacht.ics": 12,
}
SAMPLES = {
    "wechange-allday-multiday.ics": 5,
    "wechange-empty-deactivated-group.ics": 0,
    "wechange-long-emoji-categories.ics": 3,
    "wechange-timed-after-rename.ics": 3,
    "wechange-timed-older-portal.ics": 4,
    "wechange-timed-refetched.ics": 4,
    "wechange-timed.ics": 4,
}


def read(path: Path) -> ParsedFeed:
    feed = parse_body(Body(path.read_bytes()), "auto", "https://example.org/", ReadingLimits())
    assert isinstance(feed, ParsedFeed), feed
    return feed


@pytest.mark.parametrize(("name", "records"), RECORDS.items(), ids=RECORDS)
def test_every_record_of_the_demo_is_read(name: str, records: int, require: Callable[[str], NoReturn]) -> None:
    body = DEMO / name
    if not body.is_file():
        require(f"the demo's {name} is not there")
    feed = read(body)
    assert (len(feed.components), feed.defects, feed.complete) == (records, (), True)


@pytest.mark.parametrize(("name", "records"), SAMPLES.items(), ids=SAMPLES)
def test_every_event_of_a_wechange_feed_is_read(name: str, records: int) -> None:
    feed = read(WECHANGE / name)
    assert (len(feed.components), feed.defects, feed.complete) == (records, (), True)
    assert feed.calendar_zone == "Europe/Berlin" and feed.title.endswith(" - Veranstaltungen")


def test_a_wechange_feed_fetched_again_says_nothing_new() -> None:
    first, second = (read(WECHANGE / name) for name in ("wechange-timed.ics", "wechange-timed-refetched.ics"))
    assert [each.content_hash for each in first.components] == [each.content_hash for each in second.components]


def test_wechange_texts_are_unfolded_and_unescaped() -> None:
    text = "\n".join(event.description for name in SAMPLES for event in read(WECHANGE / name).components)
    assert "\\," not in text and "\r" not in text and "\ufffd" not in text


def test_an_event_of_wechange_without_topics_has_none() -> None:
    categories = [event.categories for event in read(WECHANGE / "wechange-timed.ics").components]
    assert () in categories and all("" not in each for each in categories)
