from __future__ import annotations

import pytest

SITE = "site: {title: T, timezone: UTC}"


def source(keys: str) -> str:
    return f"{SITE}\ninitiatives:\n  - id: a\n    name: A\n    sources:\n      - {{id: s, {keys}}}\n"


def test_all_mistakes_are_told_at_once_from_top_to_bottom(mistakes):
    found = mistakes("""
        site: {title: T, timezone: Europe/Berln}
        initiatives:
          - id: janun
            name: JANUN
            hompage: https://janun.example.org/
            topics: [klima]
            sources:
              - {id: blog, url: "gopher://janun.example.org/", interval: 5 min}
              - {id: blog, url: "file:gone.ics"}
        """)
    assert [mistake.split(": ")[0] for mistake in found] == [
        "sources.yaml:1:28",
        "sources.yaml:5:5",
        "sources.yaml:6:14",
        "sources.yaml:8:25",
        "sources.yaml:8:66",
        "sources.yaml:9:14",
        "sources.yaml:9:25",
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        pytest.param("", '1:1: the key "site" is missing here; it is needed', id="empty file"),
        pytest.param("site: {title: T}", '1:7: the key "timezone" is missing here; it is needed', id="no zone"),
        pytest.param(
            "site: {title: , timezone: UTC}", '1:8: the key "title" has no value; it is needed', id="required but empty"
        ),
        pytest.param(
            f"{SITE}\nfetch: {{paralel: 3}}",
            '2:9: the key "paralel" is not known here; did you mean "parallel"?',
            id="typing error in a key",
        ),
        pytest.param(
            f"{SITE}\nunknown:",
            '2:1: the key "unknown" is not known here; known here: '
            "include, defaults, initiatives, site, fetch, reading, registration, topics, filters",
            id="unknown key without a value",
        ),
        pytest.param(
            f"{SITE}\nsite: {{title: U, timezone: UTC}}",
            '2:1: the key "site" stands here twice (first in line 1); keep only one',
            id="doubled key",
        ),
        pytest.param(
            "site: {title: T, timezone: Europe/Berln}",
            '1:28: timezone: "Europe/Berln" is not a known time zone; did you mean "Europe/Berlin"?',
            id="wrong zone",
        ),
        pytest.param(
            "site: {title: T, timezone: UTC, languages: [de, fr]}",
            '1:49: languages: "fr" is not possible; known here: de, en',
            id="language without pages",
        ),
        pytest.param(
            "site: {title: T, timezone: UTC, demo_now: tomorrow}",
            '1:43: demo_now: "tomorrow" is not a date like "2026-11-22" or "2026-11-22T12:00"',
            id="wrong date",
        ),
        pytest.param(
            "site: {title: T, timezone: UTC, region: {lat: 91, lon: 1, radius_km: 5}}",
            '1:47: lat: "91" is not possible; choose from -90 to 90',
            id="no such latitude",
        ),
        pytest.param(
            f"{SITE}\nfetch: {{allow_origins: [127.0.0.1]}}",
            '2:25: allow_origins: "127.0.0.1" is not an exact host and port like "127.0.0.1:8081"',
            id="exemption without port",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: none",
            "2:14: initiatives: a list belongs here, like [one, two] or lines that begin with a dash",
            id="text instead of a list",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: [A]}}]",
            "2:29: name: a single value belongs here, no list and no further keys",
            id="list instead of a text",
        ),
        pytest.param(
            f"{SITE}\ninitiatives:\n  - janun",
            '3:5: initiatives: keys with values belong here, each on its own line like "key: value"',
            id="text instead of keys",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a b, name: A}}]",
            '2:20: id: "a b" cannot be an id; use letters, digits, "-", "_" and "." (at most 80)',
            id="blank in an id",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: A}}, {{id: a, name: B}}]",
            '2:38: id: there are two of the initiative id "a"; the first is at sources.yaml:2:20',
            id="doubled initiative",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: A, topics: [klima]}}]",
            '2:41: topics: "klima" is not a topic; did you mean "klimaschutz"?',
            id="unknown topic",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: Klima 1, title: T, query: free=1}}]",
            '2:18: name: "Klima 1" cannot be a short name; use small letters, digits and "-" (at most 40)',
            id="short name",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: a, title: T, query: topci=klimaschutz}}]",
            '2:38: query: "topci" is no word of the filter; did you mean "topic"?',
            id="word of a saved filter",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: a, title: T, query: weekday=sam}}]",
            "2:38: query: Weekdays are mo, tu, we, th, fr, sa, su (weekday)",
            id="value in a saved filter",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: a, title: T, query: topic=klima}}]",
            '2:38: query: "klima" is not the id of any topic; did you mean "klimaschutz"?',
            id="topic of a saved filter",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: a, title: T, query: lang=}}]",
            "2:38: query: this filter lets everything through; write it like topic=kultur&weekday=sa,su",
            id="saved filter of everything",
        ),
        pytest.param(
            f"{SITE}\nfilters: [{{name: a, title: T, query: free=1}}, {{name: a, title: U, query: free=1}}]",
            '2:54: name: there are two filters called "a"; the first is at sources.yaml:2:18',
            id="doubled short name",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: A, umbrella: a}}]",
            '2:42: umbrella: there is no other initiative with the id "a"',
            id="its own umbrella",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: A, lat: 53}}]",
            '2:15: initiatives: a position needs both "lat" and "lon"',
            id="half a position",
        ),
        pytest.param(
            "site: {title: T, timezone: UTC, map: {attribution: A}}",
            '1:38: map: a map needs either "tiles" (an address) or "file" (a .pmtiles file on this machine)',
            id="map from nowhere",
        ),
        pytest.param(
            "site: {title: T, timezone: UTC, map: {attribution: A, tiles: 'https://{s}.t.org/{z}/{x}/{y}.png'}}",
            '1:62: tiles: tiles are written like "https://tiles.example.org/{z}/{x}/{y}.png", with one fixed host',
            id="tiles of several hosts",
        ),
        pytest.param(
            f"{SITE}\ninitiatives: [{{id: a, name: A, demo: perhaps}}]",
            '2:38: demo: "perhaps" is neither true nor false',
            id="neither yes nor no",
        ),
        pytest.param(
            f"{SITE}\ntopics: [{{id: a, labels: {{de: A}}}}, {{id: a, labels: {{de: B}}}}]",
            '2:41: id: there are two of the topic id "a"; the first is at sources.yaml:2:15',
            id="doubled topic",
        ),
        pytest.param(
            f"{SITE}\nreading: {{memory_bytes: 1000}}",
            '2:25: memory_bytes: "1000" is not possible; choose from 64000000 to 64000000000',
            id="too little memory",
        ),
        pytest.param(
            f"{SITE}\ndefaults: {{within: 15 km}}",
            '2:20: within: around which place? Give "lat" and "lon" here, or a "region" in "site"',
            id="circle without centre",
        ),
        pytest.param(
            f"{SITE}\ndefaults: {{within: {{lat: 1, radius_km: 3}}}}",
            '2:20: within: a centre needs both "lat" and "lon"',
            id="half a centre",
        ),
    ],
)
def test_each_kind_of_mistake_has_its_place_and_a_sentence(mistakes, text, mistake):
    assert mistakes(text) == [f"sources.yaml:{mistake}"]


ADDRESS = "this is not a complete address; it begins with https://, http://, webcal://, webcals:// or file:,"


@pytest.mark.parametrize(
    ("keys", "mistake"),
    [
        pytest.param("url: ", 'the key "url" has no value; it is needed', id="no address"),
        pytest.param("url: www.example.org/feed", f"url: {ADDRESS} then comes the name of the website", id="no scheme"),
        pytest.param("url: 'https://'", f"url: {ADDRESS} then comes the name of the website", id="no host"),
        pytest.param(
            "url: 'https://a:b/'", f"url: {ADDRESS} then comes the name of the website", id="port that is no number"
        ),
        pytest.param(
            "url: 'ftp://a.org/'",
            'url: addresses that begin with "ftp:" cannot be read here;'
            " use https://, http://, webcal://, webcals:// or file:",
            id="wrong scheme",
        ),
        pytest.param(
            "url: 'https://a.org/a b'",
            "url: this address has a blank in it; copy it again from the address bar",
            id="blank in the address",
        ),
        pytest.param("url: 'file:'", 'url: behind "file:" belongs the path of a file on this machine', id="no path"),
        pytest.param(
            "url: 'https://a.org', interval: 14 min",
            'interval: "14 min" is not possible; choose from 15 min to 24 h',
            id="too often",
        ),
        pytest.param(
            "url: 'https://a.org', interval: soon",
            'interval: "soon" is not an interval; write it like "60 min" or "2 h"',
            id="no interval",
        ),
        pytest.param(
            "url: 'https://a.org', priority: platfrom",
            'priority: "platfrom" is not possible; did you mean "platform"?',
            id="wrong priority",
        ),
        pytest.param(
            "url: 'https://a.org', format: icss",
            'format: "icss" is not possible; did you mean "ics"?',
            id="wrong format",
        ),
        pytest.param(
            "url: 'https://a.org', within: 15 miles",
            'within: "15 miles" is not a radius in kilometres; write it like "15 km"',
            id="wrong unit",
        ),
    ],
)
def test_each_kind_of_mistake_of_a_source_has_a_sentence(mistakes, keys, mistake):
    assert mistake in [found.split(": ", 1)[1] for found in mistakes(source(keys))]


def test_a_mistake_never_repeats_an_address_since_it_may_hold_a_secret(mistakes):
    assert "geheim" not in "".join(mistakes(source("url: 'gopher://me:geheim@a.org/?token=geheim'")))


def test_a_missing_local_file_is_a_mistake(mistakes, tmp_path):
    (found,) = mistakes(source("url: 'file:gone.ics'"))
    assert found == f"sources.yaml:6:22: url: there is no file at {tmp_path.resolve()}/gone.ics"


def test_a_mistake_in_an_included_file_carries_its_name(write, mistakes):
    write("initiatives:\n  - {id: a, nane: A}\n", "demo/more.yaml")
    assert mistakes(f"{SITE}\ninclude: [demo/more.yaml]") == [
        'demo/more.yaml:2:5: the key "name" is missing here; it is needed',
        'demo/more.yaml:2:13: the key "nane" is not known here; did you mean "name"?',
    ]


def test_ids_are_unique_across_files(write, mistakes):
    write("initiatives: [{id: a, name: B}]", "more.yaml")
    assert mistakes(f"{SITE}\ninclude: [more.yaml]\ninitiatives: [{{id: a, name: A}}]") == [
        'more.yaml:1:20: id: there are two of the initiative id "a"; the first is at sources.yaml:3:20'
    ]


def test_an_included_file_has_no_site(write, mistakes):
    write("site: {title: U, timezone: UTC}", "more.yaml")
    assert mistakes(f"{SITE}\ninclude: [more.yaml]") == [
        'more.yaml:1:1: the key "site" belongs in the main file only, not in a file that is included'
    ]


def test_an_included_file_must_exist(mistakes):
    assert mistakes(f"{SITE}\ninclude: [gone.yaml]") == [
        'sources.yaml:2:11: include: "gone.yaml" is not there; the path starts beside the file that names it'
    ]


def test_files_cannot_include_each_other(write, mistakes):
    write("include: [../sources.yaml]", "demo/more.yaml")
    assert mistakes(f"{SITE}\ninclude: [demo/more.yaml]") == [
        'demo/more.yaml:1:11: include: "../sources.yaml" is included already; every file is read once only'
    ]
