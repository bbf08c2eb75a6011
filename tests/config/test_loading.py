from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aggregator.config.loading import load_settings
from aggregator.config.topics import DEFAULT_TOPICS
from aggregator.errors import ConfigurationError
from aggregator.model.filters import EventFilter
from aggregator.model.places import Circle
from aggregator.model.saved_filters import SavedFilter
from aggregator.model.settings import FetchSettings, ReadingLimits, StreetMap
from aggregator.model.sources import Priority

PROMISED = Path(__file__).parents[1] / "data/config/promised.yaml"
SITE = "site: {title: Town, timezone: Europe/Berlin, region: {lat: 53.25, lon: 10.4, radius_km: 25}}\n"


def with_source(source: str, more: str = "") -> str:
    return (
        f"{SITE}{more}initiatives:\n  - {{id: a, name: A, homepage: 'https://a.example.org/', sources: [{source}]}}\n"
    )


def test_the_promised_shape_is_read_verbatim(write):
    write("initiatives: []", "demo/sources.yaml")
    settings = load_settings(write(PROMISED.read_text("utf-8")), {})
    assert settings.site.title == "Lüneburg im Kalender"
    assert settings.site.region == Circle(53.2487, 10.4078, 25)
    assert settings.fetch.allow_origins == {"127.0.0.1:8081"}
    assert [initiative.name for initiative in settings.initiatives] == ["JANUN Lüneburg"]
    source = settings.source("janun-blog")
    assert (source.initiative, source.url, source.priority) == (
        "janun",
        "https://janun.example.org/feed/",
        Priority.OWN,
    )


def test_the_least_configuration_has_sensible_defaults(load):
    settings = load("site: {title: Town, timezone: Europe/Berlin}")
    assert settings.site.languages == ("de", "en")
    assert settings.site.base_url == "http://127.0.0.1:8000"
    assert settings.site.demo_now is None
    assert settings.topics == DEFAULT_TOPICS
    assert settings.reading == ReadingLimits()
    assert settings.sources == ()


def test_values_stay_the_text_that_was_written(load):
    settings = load(f"{SITE}initiatives:\n  - id: NO\n    name: 19:30\n    kind: 2026-11-22\n    place: null\n")
    initiative = settings.initiatives[0]
    assert (initiative.id, initiative.name) == ("NO", "19:30")
    assert (initiative.kind, initiative.place) == ("2026-11-22", "null")


def test_a_key_without_a_value_counts_as_not_written(load):
    settings = load(f"{SITE}defaults:\ntopics:\ninitiatives:\n  - {{id: a, name: A, homepage: , topics: ~}}\n")
    assert settings.initiatives[0].homepage == ""
    assert settings.topics == DEFAULT_TOPICS


def test_initiatives_and_sources_have_ids_of_their_own(load):
    settings = load(with_source("{id: a, url: 'https://a.example.org/feed'}"))
    assert settings.source("a").initiative == "a"


def test_a_source_says_more_than_the_defaults(load):
    defaults = "defaults: {interval: 2 h, priority: press, language: en, default_place: Hall}\n"
    source = load(with_source("{id: s, url: 'https://a.example.org/', interval: 30 min}", defaults)).sources[0]
    assert source.interval == timedelta(minutes=30)
    assert (source.priority, source.language, source.default_place) == (Priority.PRESS, "en", "Hall")


def test_zone_and_language_of_a_source_come_from_the_site(load):
    site = "site: {title: T, timezone: Europe/Lisbon, languages: [en]}\n"
    source = load(with_source("{id: s, url: 'https://a.example.org/'}").replace(SITE, site)).sources[0]
    assert (source.timezone, source.language) == ("Europe/Lisbon", "en")


@pytest.mark.parametrize(
    ("within", "circle"),
    [
        pytest.param("15 km", Circle(53.25, 10.4, 15), id="a radius around the region"),
        pytest.param("{radius_km: 8}", Circle(53.25, 10.4, 8), id="a mapping around the region"),
        pytest.param("{lat: 52, lon: 9.5, radius_km: 7.5}", Circle(52, 9.5, 7.5), id="a circle of its own"),
    ],
)
def test_within_gives_a_circle(load, within, circle):
    source = load(with_source(f"{{id: s, url: 'https://a.example.org/', within: {within}}}")).sources[0]
    assert source.within == circle


def test_a_local_file_starts_beside_the_file_that_names_it(write, tmp_path):
    write("BEGIN:VCALENDAR", "town/feeds/x.ics")
    write("initiatives: [{id: b, name: B, sources: [{id: b, url: 'file:feeds/x.ics'}]}]", "town/more.yaml")
    settings = load_settings(write(f"{SITE}include: [town/more.yaml]"), {})
    assert settings.sources[0].url == f"file:{tmp_path.resolve()}/town/feeds/x.ics"
    assert settings.sources[0].is_local


@pytest.mark.parametrize(
    "address",
    [pytest.param("file:{}/Termine 2026.ics", id="path"), pytest.param("file://{}/Termine%202026.ics", id="URL")],
)
def test_an_absolute_local_path_is_allowed(write, load, address):
    feed = write("BEGIN:VCALENDAR", "Termine 2026.ics").resolve()
    source = load(with_source(f"{{id: s, url: '{address.format(feed.parent)}'}}")).sources[0]
    assert source.url == f"file:{feed}"


def test_the_homepage_is_the_base_of_relative_links(load):
    sources = "{id: s, url: 'https://x.org/f'}, {id: t, url: 'https://x.org/g', homepage: 'https://t.example.org/'}"
    settings = load(with_source(sources))
    assert [source.base_url for source in settings.sources] == ["https://a.example.org/", "https://t.example.org/"]


def test_included_files_inherit_the_defaults_and_may_overrule_them(write):
    write("initiatives: [{id: b, name: B, sources: [{id: b, url: 'https://b.example.org'}]}]", "b.yaml")
    write(
        """
        defaults: {priority: press}
        initiatives: [{id: c, name: C, sources: [{id: c, url: 'https://c.example.org'}]}]
        """,
        "c.yaml",
    )
    settings = load_settings(
        write(f"{SITE}defaults: {{interval: 3 h, priority: platform}}\ninclude: [b.yaml, c.yaml]"), {}
    )
    assert [source.interval for source in settings.sources] == [timedelta(hours=3)] * 2
    assert [source.priority for source in settings.sources] == [Priority.PLATFORM, Priority.PRESS]


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        pytest.param("2026-11-22", datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Berlin")), id="midnight of a date"),
        pytest.param("2026-07-01T12:30", datetime(2026, 7, 1, 12, 30, tzinfo=ZoneInfo("Europe/Berlin")), id="local"),
        pytest.param("2026-11-22T11:00Z", datetime(2026, 11, 22, 11, tzinfo=ZoneInfo("UTC")), id="with an offset"),
    ],
)
def test_the_demonstration_starts_at_an_aware_moment(load, stated, moment):
    assert load(f"site: {{title: T, timezone: Europe/Berlin, demo_now: {stated}}}").site.demo_now == moment


@pytest.mark.parametrize(
    ("keys", "contact"),
    [
        pytest.param("base_url: 'https://town.example.org/'", "https://town.example.org", id="the public address"),
        pytest.param("contact: me@example.org", "me@example.org", id="the operator, while the address is local"),
        pytest.param(
            "contact: me@example.org, user_agent_contact: bot@example.org", "bot@example.org", id="the one named for it"
        ),
    ],
)
def test_servers_are_told_whom_to_ask(load, keys, contact):
    settings = load(f"site: {{title: T, timezone: UTC, {keys}}}")
    assert settings.fetch.user_agent.endswith(f" (+{contact})")


def test_limits_can_be_set(load):
    settings = load(
        f"{SITE}fetch: {{total_seconds: 0.5, max_bytes: 10_000}}\nreading: {{wall_seconds: 2, max_events: 9}}"
    )
    assert settings.fetch == FetchSettings(user_agent=settings.fetch.user_agent, total_seconds=0.5, max_bytes=10_000)
    assert settings.reading == ReadingLimits(wall_seconds=2, max_events=9)


def test_topics_of_ones_own_replace_the_default_ones(load):
    topics = "topics:\n  - {id: kunst, labels: {de: Kunst & Bühne, en: Art}, words: [Theater, THEATER]}\n"
    (topic,) = load(SITE + topics).topics
    assert topic.label("en") == "Art"
    assert topic.words == ("kunst", "kunst buehne", "art", "theater")


def test_mistakes_of_the_environment_are_told_together_with_the_others(write):
    with pytest.raises(ConfigurationError) as caught:
        load_settings(write("site: {title: T, timezone: Mars}"), {"PORT": "high"})
    assert [mistake.where for mistake in caught.value.mistakes] == ["PORT", "sources.yaml:1:28"]


def test_settings_keep_the_environment_without_its_secrets(write):
    environ = {"PORT": "81", "SECRET_KEY": "0123456789abcdef", "HOME": "/root"}
    assert load_settings(write(SITE), environ).environment == {"PORT": "81"}


def test_the_file_that_measures_the_matching_is_read(write, load):
    feed = write("BEGIN:VCALENDAR", "feeds/a.ics")
    settings = load(f"""
        site:
          title: Gold set
          timezone: Europe/Berlin
          languages: [de, en]
          base_url: http://127.0.0.1:8000
          contact: gold@example.org
        initiatives:
          - id: "a"
            name: "Gancio-Kalender „Lüneburg von unten“"
            homepage: "https://a.example.org/"
            sources:
              - id: "a"
                url: "file:{feed}"
                format: auto
                priority: re-publisher
        """)
    assert settings.sources[0].priority is Priority.REPUBLISHER
    assert settings.initiatives[0].name == "Gancio-Kalender „Lüneburg von unten“"


def test_a_street_map_comes_from_one_host_or_from_a_file_beside_ours(load, write):
    tiles = load("site: {title: T, timezone: UTC, map: {tiles: 'https://t.org/{z}/{x}/{y}.png?k=1', attribution: © T}}")
    assert tiles.site.street_map is not None
    assert (tiles.site.street_map.origin, tiles.site.street_map.host) == ("https://t.org", "t.org")
    beside = write("", "town.pmtiles")
    own = load("site: {title: T, timezone: UTC, map: {file: town.pmtiles, attribution: © T}}")
    assert own.site.street_map == StreetMap("© T", file=beside.resolve())


def test_an_initiative_has_a_position(load):
    settings = load(f"{SITE}initiatives: [{{id: a, name: A, lat: 53.2, lon: 10.4}}]")
    assert (settings.initiatives[0].latitude, settings.initiatives[0].longitude) == (53.2, 10.4)


def test_a_saved_filter_is_read_as_a_page_would_read_it(write):
    query = "topic=klimaschutz&weekday=sa,su"
    stated = f"{SITE}filters: [{{name: klima, title: Klima am Wochenende, query: {query!r}}}]"
    settings = load_settings(write(stated), {})
    wanted = EventFilter(topics=("klimaschutz",), weekdays=(5, 6))
    assert settings.saved_filter("klima") == SavedFilter("klima", "Klima am Wochenende", wanted)
    assert settings.saved_filter("nix") is None


def test_whom_to_write_is_kept_apart_from_what_everyone_may_read(load):
    settings = load(
        """
        site: {title: Stadt, timezone: Europe/Berlin, digest: {day: friday, hour: 8}}
        initiatives:
          - {id: freiraum, name: Freiraum, mail: Vorstand@Freiraum.example.org}
          - {id: still, name: Still}
        """
    )
    assert settings.contacts == {"freiraum": "Vorstand@freiraum.example.org"}
    assert "Vorstand" not in repr(settings)
    assert (settings.site.digest_day, settings.site.digest_hour) == (4, 8)


def test_an_address_that_is_none_is_told(mistakes):
    text = "site: {title: S, timezone: Europe/Berlin}\ninitiatives:\n  - {id: a, name: A, mail: a@localhost}\n"
    assert mistakes(text)[0].endswith('mail: "a@localhost" is not a mail address')
