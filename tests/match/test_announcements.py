from __future__ import annotations

import pytest

from aggregator.match.linking import link
from aggregator.match.standardising import Town
from aggregator.match.survivorship import merge
from aggregator.model.records import Status

ZONE = "Europe/Berlin"
PAGE = "https://mobilizon.example.org/events/5e86"


@pytest.fixture
def linked(sources):
    """The ids of each cluster that these records give."""
    return lambda *records: [cluster.records for cluster in link(records, Town(ZONE, sources)).clusters]


def test_a_notice_that_links_to_an_event_joins_it(record, linked) -> None:
    event, notice = record("a.1", link=PAGE), record("b.1", start=None, guid=PAGE, link=f"{PAGE}/?utm_source=feed")
    assert linked(event, notice) == [("a.1", "b.1")]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://mobilizon.example.org/events/other", id="another page"),
        pytest.param("https://mobilizon.example.org/", id="the home page"),
        pytest.param("", id="no link"),
    ],
)
def test_any_other_notice_stays_outside(address: str, record, linked) -> None:
    event = record("a.1", link=address or PAGE)
    assert linked(
        event, record("b.1", start=None, link="https://mobilizon.example.org/" if not address else f"{address}x")
    ) == [("a.1",)]


def test_a_page_of_several_events_announces_none_of_them(record, linked) -> None:
    programme = [record(f"a.{n}", f"2026-12-0{n}T18:00", title=f"Abend {n}", link=PAGE) for n in (1, 2)]
    assert linked(*programme, record("b.1", start=None, link=PAGE)) == [("a.1",), ("a.2",)]


def test_the_member_says_why_it_is_there(record, sources) -> None:
    (cluster,) = link([record("a.1", link=PAGE), record("b.1", start=None, link=PAGE)], Town(ZONE, sources)).clusters
    notice = cluster.members[1]
    assert (notice.relation, notice.rule, notice.matched_with) == ("same", "announces_page", "a.1")


@pytest.fixture
def merged(stored, sources):
    """The event of an event's record and its notice."""

    def together(*records, withdrawn=()):
        (cluster,) = link(records, Town(ZONE, sources)).clusters
        return merge(cluster, stored(*records, withdrawn=withdrawn), sources)

    return together


def test_a_notice_brings_no_date_but_is_named(record, merged) -> None:
    event = merged(record("f.1", link=PAGE), record("a.1", start=None, link=PAGE, title="Anders", description="Text"))
    assert (event.title, event.description, len(event.occurrences)) == ("Salzstadt-Slam", "Text", 1)
    assert [(statement.record, statement.start) for statement in event.statements][1] == ("a.1", None)


def test_a_notice_keeps_no_withdrawn_event_alive(record, merged) -> None:
    event = merged(record("a.1", link=PAGE), record("b.1", start=None, link=PAGE), withdrawn=("a.1",))
    assert event.status is Status.WITHDRAWN


def test_a_withdrawn_notice_is_silent(record, merged) -> None:
    event = merged(record("a.1", link=PAGE), record("b.1", start=None, link=PAGE), withdrawn=("b.1",))
    assert [statement.record for statement in event.statements] == ["a.1"]
