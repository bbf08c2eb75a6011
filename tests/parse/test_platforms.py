from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.settings import ReadingLimits
from aggregator.parse.platforms import parse_platform

GANCIO = {"id": 1, "slug": "a", "title": "Jam", "start_datetime": 1796493600}
MAP = {"id": "k", "title": "Tausch", "start": 1796493600, "lat": 53.2, "lng": 10.4}


def read(answer: Any, wanted: str = "auto", limits: ReadingLimits = ReadingLimits()) -> ParsedFeed | Failure:  # noqa: B008
    return parse_platform(json.dumps(answer), wanted, "https://g.example/api/events", limits)


@pytest.mark.parametrize("wanted", ["gancio", "kartevonmorgen"])
def test_an_empty_list_is_an_answer_only_of_a_platform_that_was_named(wanted: str) -> None:
    assert read([], wanted) == ParsedFeed(format=wanted)
    assert read([]) == Failure(ErrorClass.NOT_A_FEED, "JSON")


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        pytest.param({"error": "not found"}, "auto", id="an error"),
        pytest.param([GANCIO], "mobilizon", id="another platform than was named"),
        pytest.param([{"title": "x", "start": "2026-12-05"}], "auto", id="a list of something else"),
        pytest.param({"version": "https://jsonfeed.org/version/1.1", "items": [{}]}, "auto", id="a plain JSON feed"),
        pytest.param({"data": {"group": None}}, "auto", id="a group that is not there"),
        pytest.param("BEGIN:VCALENDAR", "auto", id="a string"),
    ],
)
def test_other_json_is_no_feed(answer: Any, wanted: str) -> None:
    failure = read(answer, wanted)
    assert isinstance(failure, Failure) and failure.error_class is ErrorClass.NOT_A_FEED


def test_what_mobilizon_complains_of_is_told() -> None:
    assert read({"errors": [{"message": "Group with name x not found"}]}) == Failure(
        ErrorClass.NOT_A_FEED, "Group with name x not found"
    )


@pytest.mark.parametrize(
    "document", ['[{"start_datetime": 1', "[" * 100_000, "[Fehler] Datenbank"], ids=["cut", "deep", "no JSON"]
)
def test_broken_json_is_damaged_only_where_json_was_expected(document: str) -> None:
    assert parse_platform(document, "gancio", "", ReadingLimits()) == Failure(ErrorClass.PARSE, "JSON")
    assert parse_platform(document, "auto", "", ReadingLimits()) == Failure(ErrorClass.NOT_A_FEED, "JSON")


def test_more_events_than_allowed_are_a_limit() -> None:
    assert read([GANCIO] * 3, limits=ReadingLimits(max_events=2)) == Failure(ErrorClass.LIMIT, "> 2")


def test_a_private_title_is_never_read() -> None:
    hidden = {"uuid": "1", "title": "Geheim", "beginsOn": "2026-12-05T18:00:00Z", "visibility": "RESTRICTED"}
    feed = read(
        {
            "data": {
                "searchEvents": {"total": 2, "elements": [hidden, {**hidden, "visibility": "PUBLIC", "draft": True}]}
            }
        }
    )
    assert isinstance(feed, ParsedFeed) and feed.components == ()
    assert "Geheim" not in repr(feed)


def test_a_person_is_never_read() -> None:
    feed = read([{**MAP, "email": "anna@example.org", "telephone": "0123 4567", "organizer": "anna@example.org"}])
    assert isinstance(feed, ParsedFeed) and len(feed.components) == 1
    assert "anna" not in repr(feed) and "4567" not in repr(feed)


@pytest.mark.parametrize("seconds", [10**30, -(10**30), 1e400, True, "1796493600", None, [], float("nan")])
def test_a_start_that_is_no_moment_is_a_defect_beside_good_events(seconds: Any) -> None:
    feed = read([GANCIO, {**GANCIO, "id": 2, "start_datetime": seconds}])
    assert isinstance(feed, ParsedFeed)
    assert [component.uid for component in feed.components] == ["1@g.example"]
    assert [defect.uid for defect in feed.defects] == ["2@g.example"]


ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
GROUP_EVENT = {"uuid": "1", "title": "a", "beginsOn": "2026-12-05T18:00:00Z", "tags": [], "physicalAddress": {}}


@given(some.sampled_from(["gancio", "mobilizon", "kartevonmorgen"]), some.data())
def test_no_value_of_any_key_raises(platform: str, data: some.DataObject) -> None:
    event: dict[str, Any] = dict({"gancio": GANCIO, "mobilizon": GROUP_EVENT, "kartevonmorgen": MAP}[platform])
    keys = [*event, "place", "options", "attributedTo", "tags", "online_locations", "end_datetime", "end", "homepage"]
    event |= data.draw(some.dictionaries(some.sampled_from(keys), ANYTHING, max_size=4))
    answer = {"data": {"events": {"elements": [event]}}} if platform == "mobilizon" else [event]
    assert isinstance(
        parse_platform(json.dumps(answer), platform, "https://g.example/", ReadingLimits()), ParsedFeed | Failure
    )
