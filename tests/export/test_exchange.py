"""What a WECHANGE portal pulls: every key, its labels, its times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aggregator.config.topics import DEFAULT_TOPICS
from aggregator.export.exchange import TOPICS, exchange_event, exchange_group
from aggregator.export.geojson import Feature, render_features
from aggregator.export.sitemap import Page, render_sitemap
from aggregator.model.events import EventOccurrence, MergedEvent, PublishedEvent
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic

SITE = Site("Stadt", "Europe/Berlin", base_url="https://kalender.example.org")
Publish = Callable[..., PublishedEvent]


def told(published: PublishedEvent, topics: tuple[Topic, ...] = ()) -> dict[str, Any]:
    return exchange_event(published, whole(published.event), SITE, topics)


def whole(event: MergedEvent) -> EventOccurrence:
    return event.occurrences[0]


def test_the_default_topics_have_exactly_the_labels_that_the_portal_knows() -> None:
    assert {topic.label("de") for topic in DEFAULT_TOPICS} == TOPICS


def test_topics_of_our_own_become_tags(publish: Publish) -> None:
    own = (Topic("klima", (("de", "Klimaschutz"),)), Topic("rad", (("de", "Rund ums Rad"), ("en", "Cycling"))))
    event = told(publish("2026-12-05T18:30", topics=("klima", "rad")), own)
    assert (event["topics"], event["tags"]) == (["Klimaschutz"], ["Rund ums Rad"])


def test_an_event_without_end_and_place_has_all_its_keys(publish: Publish) -> None:
    event = told(publish("2026-12-05T18:30"))
    assert event["from_date"] == "2026-12-05T18:30:00+01:00"
    assert [event[name] for name in ("to_date", "location", "location_lat", "image")] == [None] * 4


def test_a_day_begins_at_midnight_and_ends_a_minute_before_the_next(publish: Publish) -> None:
    event = told(publish("2026-12-05", "2026-12-07"))
    assert (event["from_date"], event["to_date"]) == ("2026-12-05T00:00:00+01:00", "2026-12-06T23:59:00+01:00")


def test_a_group_has_its_place_as_a_list() -> None:
    here = Initiative("a", "A", place="Katzenstraße 1", latitude=53.2, longitude=10.4)
    group = exchange_group(here, SITE, "/initiatives/a", ())
    assert group["url"] == "https://kalender.example.org/initiatives/a"
    assert group["locations"] == [{"location": "Katzenstraße 1", "lat": 53.2, "lon": 10.4}]
    assert exchange_group(Initiative("b", "B"), SITE, "/initiatives/b", ())["locations"] == []


def test_a_map_names_the_longitude_first_and_what_has_no_place() -> None:
    features = render_features([Feature("a", (53.2, 10.4), {"name": "A"}), Feature("b", None, {})]).decode()
    assert features.replace("\n", "").replace(" ", "").count('"coordinates":[10.4,53.2]') == 1
    assert '"geometry": null' in features


def test_an_address_in_the_sitemap_is_escaped() -> None:
    assert b"<loc>https://x.org/?a=1&amp;b=2</loc></url>" in render_sitemap([Page("https://x.org/?a=1&b=2")])
