"""What may be said of two records, and how it is told in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from aggregator.cli.announced import record_lines, spoken
from aggregator.cli.answering import in_order, why_not
from aggregator.cli.explaining import plain_time, shown_lines
from aggregator.model.linkage import Decision, Verdict
from aggregator.model.places import Place
from aggregator.model.records import Record, Recurrence
from aggregator.model.times import EventTime

START = EventTime(datetime(2026, 12, 13, 17, 0), "Europe/Berlin")


def told(id_: str, title: str, **fields: Any) -> Record:
    """A record of the source that its id begins with."""
    return Record(id_, id_, id_.partition(".")[0], "vevent", title, title, id_, **fields)


SINGLE = told("chor.1", "Konzert", start=START, place=Place("St. Johannis"))
OTHER = told("haus.1", "Chorkonzert", start=START)
SERIES = told("chor.2", "Probe", start=START, recurrence=Recurrence(rules=("FREQ=WEEKLY",)))
OVERRIDE = told("chor.3", "Probe in der Kirche", start=START, original=START, series="chor.2")
NOTICE = told("brett.1", "Helfende gesucht")
KNOWN = {each.id: each for each in (SINGLE, OTHER, SERIES, OVERRIDE, NOTICE)}


@pytest.mark.parametrize(
    ("answer", "one", "other", "said"),
    [
        pytest.param("same", SINGLE, NOTICE, "tells no date", id="a notice is no event"),
        pytest.param("different", OVERRIDE, SERIES, "one series", id="a date that the feed itself changes"),
        pytest.param("instance", SINGLE, OTHER, "Neither", id="a date of no series"),
        pytest.param("instance", SERIES, SERIES, "one series", id="one series twice"),
        pytest.param("instance", SINGLE, SERIES, "", id="a date of a series"),
        pytest.param("instance", SINGLE, OVERRIDE, "", id="a date of a series, by one that it changes"),
        pytest.param("part", SINGLE, SERIES, "repeats", id="part of a series"),
        pytest.param("part", SINGLE, OTHER, "", id="an item of a festival"),
    ],
)
def test_what_nothing_could_follow_from_is_refused(answer: str, one: Record, other: Record, said: str) -> None:
    refusal = why_not(answer, one, other, KNOWN)
    assert said in refusal
    assert bool(said) == bool(refusal)


def test_a_series_is_named_last() -> None:
    assert in_order(SERIES, SINGLE, KNOWN) == (SINGLE, SERIES)
    assert in_order(SINGLE, SERIES, KNOWN) == (SINGLE, SERIES)


def test_an_announcement_reads_as_people_read_it() -> None:
    assert list(record_lines(SINGLE, {"chor": "Der Chor"})) == [
        "   - Konzert",
        "     Sun 13 Dec 2026, 17:00; St. Johannis; by Der Chor",
    ]
    assert "a series, first on Sun 13 Dec 2026, 17:00; no place told" in list(record_lines(SERIES, {}))[1]
    assert spoken(None) == "no date"


@pytest.mark.parametrize(
    ("iso", "plain"),
    [
        pytest.param("2026-12-13T17:00:00+01:00", "2026-12-13 17:00", id="a moment"),
        pytest.param("2026-12-13", "2026-12-13", id="a day"),
        pytest.param(
            "2026-12-13T17:00:00+01:00 / 2026-12-14T18:30:00+01:00", "2026-12-13 17:00 or 2026-12-14 18:30", id="two"
        ),
    ],
)
def test_times_are_told_without_what_only_machines_need(iso: str, plain: str) -> None:
    assert plain_time(iso) == plain


@pytest.mark.parametrize(
    ("verdict", "events", "words"),
    [
        pytest.param(Verdict.MATCH, ("a", "a"), "", id="one, and shown as one"),
        pytest.param(Verdict.NO_MATCH, ("a", "b"), "", id="two, and shown as two"),
        pytest.param(Verdict.MATCH, ("a", "b"), "shown apart", id="one, yet shown as two"),
        pytest.param(Verdict.NO_MATCH, ("a", "a"), "shown as one", id="two, yet brought together by others"),
        pytest.param(Verdict.MATCH, ("a", ""), "", id="one of them is not shown"),
    ],
)
def test_explaining_a_pair_tells_where_others_decide(verdict: Verdict, events: tuple[str, str], words: str) -> None:
    lines = shown_lines(Decision("1", "2", verdict), *events)
    assert words in "".join(lines)
    assert bool(words) == bool(lines)
