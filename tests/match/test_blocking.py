from __future__ import annotations

import pytest

from aggregator.match.blocking import LARGEST_BLOCK, candidate_pairs
from aggregator.match.standardising import canonical, standardise

ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.Haus.example.org/slam/", "haus.example.org/slam"),
        ("http://haus.example.org/slam?utm_source=x&id=7&fbclid=y", "haus.example.org/slam?id=7"),
        ("https://haus.example.org/?p=12", "haus.example.org?p=12"),
        ("https://haus.example.org/woche#dienstag", "haus.example.org/woche#dienstag"),
        ("https://haus.example.org", ""),
        ("tag:example.org,2026:1", ""),
        ("http://[kaputt/slam", ""),
        ("", ""),
    ],
)
def test_an_event_page_has_one_spelling(address, expected):
    assert canonical(address) == expected


def test_only_records_that_share_something_are_compared(record, sources):
    elsewhen = record("d.1", start="2026-12-06T18:00")
    records = [record("a.1"), record("b.1", place="Museum"), record("c.1", title="Lesung"), elsewhen]
    assert candidate_pairs(standardise(records, sources), (), ZONE) == [("a.1", "b.1")]


def test_a_day_begins_where_the_site_is(record, sources):
    records = [record("a.1", start="2026-12-05T23:30"), record("b.1", start="2026-12-06T00:30")]
    profiles = standardise(records, sources)
    assert candidate_pairs(profiles, (), ZONE) == []
    assert candidate_pairs(profiles, (), "Europe/London") == [("a.1", "b.1")]


def test_a_day_full_of_equal_titles_does_not_square_the_work(record, sources):
    many = 10 * LARGEST_BLOCK
    records = [record(f"a.{number:03}", title="Sprechstunde") for number in range(many)]
    assert len(candidate_pairs(standardise(records, sources), (), ZONE)) == many - 1


def test_pairs_grow_with_the_data(record, sources):
    def pairs(events):
        records = [record(f"{s}.{n}", title=f"Abend {n}") for n in range(events) for s in "abc"]
        return len(candidate_pairs(standardise(records, sources), (), ZONE))

    assert pairs(100) == 10 * pairs(10)
