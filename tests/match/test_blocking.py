from __future__ import annotations

import pytest

from aggregator.match.blocking import CROWDED, WIDEST_BLOCK, candidate_pairs, crowded_keys, narrowed
from aggregator.match.corpus import OFTEN, Corpus, Counts
from aggregator.match.identifiers import canonical
from aggregator.match.standardising import standardise
from aggregator.match.units import title_features, unit_of
from aggregator.model.records import Status


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


def pairs_of(records, town):
    standard = standardise(records, town)
    units = [unit_of(profile, standard.learnt) for profile in standard.profiles.values()]
    return candidate_pairs(narrowed(units, crowded_keys(units)), ())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"place": "Museum"}, id="a word of the title"),
        pytest.param({"title": "Lesung"}, id="the place"),
        pytest.param({"title": "Lesung", "place": "", "description": "Im Glockenhaus."}, id="a place in the text"),
        pytest.param({"title": "Salzstatt", "place": ""}, id="the beginning of a word"),
        pytest.param(
            {"title": "Lesung", "place": "Museum", "uid": "slam@haus", "start": "2027-02-05T18:00"}, id="the UID"
        ),
    ],
)
def test_records_are_compared_that_share_a_day_and(record, town, other):
    known = [record("x.1", place="Glockenhaus", start="2026-01-01T10:00"), record("a.1", uid="slam@haus")]
    assert ("a.1", "b.1") in pairs_of([*known, record("b.1", **other)], town)


def test_records_of_two_days_are_not_compared(record, town):
    assert pairs_of([record("a.1"), record("b.1", start="2026-12-06T18:00")], town) == []


def test_what_was_moved_meets_who_still_lists_it_on_the_day_that_it_names(record, town):
    told = {"status": Status.MOVED, "description": "Vom 5. Dezember verschoben."}
    kept = record("b.1", start="2026-12-05T18:00")
    assert pairs_of([record("a.1", start="2026-12-12T18:00", **told), kept], town) == [("a.1", "b.1")]
    assert pairs_of([record("a.1", start="2027-02-12T18:00", **told), kept], town) == []


def test_a_start_near_midnight_counts_for_both_days(record, town):
    records = [record("a.1", start="2026-12-05T23:00"), record("b.1", start="2026-12-06T00:00")]
    assert pairs_of(records, town) == [("a.1", "b.1")]


def test_a_day_full_of_equal_titles_gives_no_pairs_beyond_a_width(record, town):
    def pairs(many):
        sources = [f"{letter}.{number}" for number in range(many // 2) for letter in "ab"]
        return len(pairs_of([record(id_, title="Sprechstunde") for id_ in sources], town))

    assert pairs(WIDEST_BLOCK) > 0
    assert pairs(WIDEST_BLOCK + 2) == 0


def test_where_a_house_is_crowded_only_what_begins_together_is_compared(record, town):
    hours = [f"2026-12-05T{8 + number % 14:02}:00" for number in range(CROWDED + 1)]
    records = [record(f"a.{number}", title="", start=start) for number, start in enumerate(hours)]
    assert pairs_of([*records, record("b.1", title="", start="2026-12-05T09:00")], town) == [("a.1", "b.1")]


def test_singles_of_one_calendar_are_compared_only_if_it_lists_them_twice(record, town):
    records = [record("a.1"), record("a.2", title="Salzstadt-Finale"), record("a.3")]
    assert pairs_of(records, town) == [("a.1", "a.3")]


def test_what_begins_many_hours_apart_is_not_compared(record, town):
    assert pairs_of([record("a.1", start="2026-12-05T10:00"), record("b.1")], town) == []


def test_pairs_grow_with_the_data(record, town):
    def pairs(days):
        dates = [f"2026-{month:02}-{day:02}T18:00" for month in range(1, 13) for day in range(1, 29)][:days]
        return len(pairs_of([record(f"{s}.{n}", start=start) for n, start in enumerate(dates) for s in "abc"], town))

    assert pairs(100) == 10 * pairs(10)


@pytest.mark.parametrize(
    ("beginnings", "whole", "found"),
    [
        pytest.param(1, 1, ["word stern"], id="few begin so"),
        pytest.param(OFTEN + 1, 1, ["whole sternenlicht"], id="many begin so, few have all of it"),
        pytest.param(
            OFTEN + 1,
            OFTEN + 1,
            ["words mondfahrt sternenlicht", "title mondfahrt sternenlicht"],
            id="many have all of it",
        ),
    ],
)
def test_a_key_grows_longer_with_the_data(beginnings, whole, found):
    words = ("sternenlicht", "mondfahrt")
    often = dict.fromkeys(words, whole)
    roots = {"stern": beginnings, "mondf": OFTEN + 1}
    corpus = Corpus(Counts(20_000, titles=often, texts=often | {"mondfahrt": OFTEN + 1}, roots=roots))
    assert sorted(title_features(words, corpus)) == sorted(found)


def test_a_word_that_many_titles_open_with_is_no_festival(record, town):
    titles = ("Plenum: Haushalt", "Plenum: Fahrräder")
    records = [record(f"{name}.1", title=title, place="") for name, title in zip("ab", titles, strict=True)]
    assert pairs_of(records, town) == []
    short = [
        record(f"{name}.1", title=title.replace("Plenum", "IWgR"), place="")
        for name, title in zip("ab", titles, strict=True)
    ]
    assert pairs_of(short, town) == [("a.1", "b.1")]
