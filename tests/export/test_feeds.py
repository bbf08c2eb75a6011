"""Atom, RSS and JSON Feed: read back by a real feed reader."""

from __future__ import annotations

import io
import json
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.export.announcing import announced_occurrence
from aggregator.export.atom import render_atom
from aggregator.export.characters import one_line
from aggregator.export.jsonfeed import render_json_feed
from aggregator.export.rss import render_rss
from aggregator.model.places import Place
from aggregator.model.records import Status

ATOM = "{http://www.w3.org/2005/Atom}"
XML_FEEDS = [pytest.param(render_atom, id="Atom"), pytest.param(render_rss, id="RSS")]


@pytest.fixture
def supper(publish):
    return publish(
        "2026-12-05T18:30",
        "2026-12-05T21:00",
        title="Suppe & <Brot>",
        description="Wir kochen.\n\nBitte Schüssel mitbringen: a < b.",
        place=Place("Glockenhaus", "Glockenstraße 9"),
        topics=("klima",),
    )


def parsed(body: bytes):
    return feedparser.parse(io.BytesIO(body), sanitize_html=False)


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_feed_reader_understands_the_feed(render, supper, feed):
    seen = parsed(render([supper], feed))
    assert not seen.bozo
    assert seen.feed.title == "Neu & geändert"
    assert seen.feed.link == "https://kalender.example.org/"
    assert [link.href for link in seen.feed.links if link.rel == "self"] == [feed.self_url]
    assert seen.feed.updated_parsed[:3] == (2026, 10, 2)
    assert len(seen.entries) == 1


@pytest.mark.parametrize("render", XML_FEEDS)
def test_an_entry_says_the_date_of_the_event_and_that_of_its_announcement(render, supper, feed):
    entry = parsed(render([supper], feed)).entries[0]
    assert entry.title == "Sa, 5. Dezember 2026, 18:30: Suppe & <Brot>"
    assert entry.ev_startdate == "2026-12-05T18:30:00+01:00"
    assert entry.ev_enddate == "2026-12-05T21:00:00+01:00"
    assert entry.ev_location == "Glockenhaus, Glockenstraße 9"
    assert entry.published_parsed[:5] == (2026, 9, 1, 8, 0)
    assert entry.updated_parsed[:5] == (2026, 10, 2, 9, 30)


@pytest.mark.parametrize("render", XML_FEEDS)
def test_an_entry_leads_to_its_page_and_keeps_its_id(render, supper, feed):
    entry = parsed(render([supper], feed)).entries[0]
    assert entry.link == "https://kalender.example.org/event/ab12"
    assert entry.id == "tag:kalender.example.org,2026-09-01:event/ab12"
    assert entry.author == "Repair-Café"
    assert [tag.label or tag.term for tag in entry.tags] == ["Klima, Umwelt"]


def test_atom_text_is_plain_and_rss_text_is_escaped_html(supper, feed):
    plain = fromstring(render_atom([supper], feed)).findtext(f"{ATOM}entry/{ATOM}summary")
    html = fromstring(render_rss([supper], feed)).findtext("channel/item/description")
    assert plain.startswith("Glockenhaus, Glockenstraße 9\n\nWir kochen.\n\nBitte Schüssel mitbringen: a < b.")
    assert "<p>Bitte Schüssel mitbringen: a &lt; b.</p>" in html


def test_atom_names_the_sources_as_via(supper, feed):
    links = fromstring(render_atom([supper], feed)).findall(f"{ATOM}entry/{ATOM}link")
    assert [link.get("href") for link in links if link.get("rel") == "via"] == ["https://repair.example.org/plenum"]


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_cancelled_event_says_so_in_its_title(render, publish, feed):
    entry = parsed(render([publish("2026-12-05", "2026-12-07", status=Status.CANCELLED)], feed)).entries[0]
    assert entry.title == "5. bis 6. Dezember 2026: Abgesagt: Plenum"
    assert entry.ev_startdate == "2026-12-05"
    assert entry.ev_enddate == "2026-12-06"


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_feed_without_news_is_still_a_feed(render, feed):
    seen = parsed(render([], feed))
    assert not seen.bozo
    assert seen.entries == []


def test_a_series_is_announced_with_the_date_that_came_next(publish, at, feed):
    days = tuple(at(f"{day}T18:00") for day in ("2026-09-29", "2026-10-06", "2026-10-13"))
    series = publish("2026-09-29T18:00", rules=("FREQ=WEEKLY",), occurrences=days)
    assert announced_occurrence(series) == days[1]
    entry = parsed(render_atom([series], feed)).entries[0]
    assert entry.title == "Di, 6. Oktober 2026, 18:00: Plenum"
    assert entry.summary.startswith("jeden Dienstag")


def test_a_series_that_is_over_is_announced_with_its_last_date(publish, at):
    days = (at("2026-01-06T18:00"), at("2026-01-13T18:00"))
    assert announced_occurrence(publish("2026-01-06T18:00", occurrences=days)) == days[1]
    assert announced_occurrence(publish("2026-01-06T18:00", occurrences=())).start == days[0].start


@given(text=some.text() | some.sampled_from(["]]><script>", "\x00\x0b\x1f", "&amp;lt;", "\ud83d"]))
def test_any_text_gives_well_formed_feeds(text, publish, feed):
    hostile = publish("2026-12-05T18:30", title=text, description=text, place=Place(text))
    for render in (render_atom, render_rss):
        root = fromstring(render([hostile], feed))
        titles = [element.text for element in root.iter() if element.tag in ("title", f"{ATOM}title")]
        assert titles[-1].endswith(one_line(text))


def test_json_feed_tells_the_same_and_the_whole_event(supper, feed):
    document = json.loads(render_json_feed([supper], feed))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == feed.self_url
    item = document["items"][0]
    assert item["id"] == "tag:kalender.example.org,2026-09-01:event/ab12"
    assert item["title"] == "Sa, 5. Dezember 2026, 18:30: Suppe & <Brot>"
    assert item["date_modified"] == "2026-10-02T09:30:00+00:00"
    assert item["authors"] == [{"name": "Repair-Café"}]
    assert item["tags"] == ["Klima, Umwelt"]
    assert item["_event"]["start"] == "2026-12-05T18:30:00+01:00"
    assert item["_event"]["place"]["name"] == "Glockenhaus"
