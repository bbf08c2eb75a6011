"""What titles and texts say of each other: another village, a compound of its own, what something stands in for."""

from __future__ import annotations

import pytest

from aggregator.match.comparing import compare, paired
from aggregator.match.standardising import standardise


@pytest.fixture
def level(record, town):
    """The level of one feature between announcements of two calendars."""

    def between(feature, left, right):
        standard = standardise([record("a.1", **left), record("b.1", **right)], town)
        faces = (standard.profiles[each].face for each in ("a.1", "b.1"))
        return next(each.level for each in compare(paired(*faces, standard.corpus)) if each.name == feature)

    return between


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        pytest.param(("Markt in Birkenau", ""), ("Markt", "Backhaus Eschenau"), True, id="another village"),
        pytest.param(("Markt in Birkenau", ""), ("Markt", "Backhaus Birkenau"), False, id="its own village"),
        pytest.param(("Markt in Birkenau", ""), ("Markt", ""), False, id="a place that nobody tells"),
        pytest.param(("Frauen in Nigeria", "Kino"), ("Frauen", "Filmhaus"), False, id="far away"),
        pytest.param(("Markt in der Birkenau", ""), ("Markt", "Backhaus Eschenau"), False, id="with an article"),
    ],
)
def test_a_village_in_a_title_is_not_the_next_village(level, left, right, apart):
    told = ({"title": title, "place": place} for title, place in (left, right))
    assert (level("place", *told) == "other_area") == apart


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("Radbasar", "Radbasar am Park", "compound", id="a compound that few have"),
        pytest.param("Sommerfest der Schule", "Sommerfest", "common_only", id="one that everybody has"),
        pytest.param("Rad und Basar", "Basar am Rad", "common_only", id="no compound"),
    ],
)
def test_a_compound_of_common_words_is_a_name(level, left, right, expected):
    assert level("cover", {"title": left, "place": ""}, {"title": right, "place": ""}) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param({"title": "Film statt Lesung"}, {"title": "Lesung"}, "beside", id="in its stead"),
        pytest.param(
            {"title": "Müll sammeln am Wehr", "description": "Abschnitt von „Sauberer Fluss“."},
            {"title": "Sauberer Fluss"},
            "beside",
            id="a part of it",
        ),
        pytest.param(
            {"title": "Radeln für alle", "description": "Teil der Reihe „Sauberer Fluss“."},
            {"title": "Sauberer Fluss"},
            "unknown",
            id="of a series",
        ),
    ],
)
def test_what_an_event_stands_in_for_or_is_part_of_is_another(level, left, right, expected):
    assert level("side", left, right) == expected


def test_two_rooms_in_two_texts_are_no_entry_made_twice(record, town):
    texts = ("Wir treffen uns in Raum Nord.", "Raum Süd, bitte pünktlich.")
    known = [record(f"a.{number}", description=text) for number, text in enumerate(texts)]
    standard = standardise(known, town)
    faces = (profile.face for profile in standard.profiles.values())
    assert next(each.level for each in compare(paired(*faces, standard.corpus)) if each.name == "source") == "one"
