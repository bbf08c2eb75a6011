"""What is remembered of each source, and how it is doing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from aggregator.errors import ErrorClass, Failure
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.fetching import Body, SourceState, Validators
from aggregator.model.health import Outcome, SourceReport
from aggregator.store import fetches, sources
from aggregator.store.queries import generation
from aggregator.store.schema import fetch_log
from aggregator.store.schema import sources as table

DEFECT = Defect(DefectKind.NO_START, uid="x", line=7, skipped=True)


def test_a_state_comes_back_and_is_no_visible_change(town, now):
    state = SourceState(Validators('W/"ä"', "Sun, 22 Nov 2026 12:00:00 GMT"), next_at=now, failures=2)
    with town.writing() as connection:
        before = generation(connection)
        sources.save_state(connection, "kino-ics", state)
        assert generation(connection) == before
        assert [state for _, state in sources.load_active(connection)] == [SourceState(), state]


def test_several_states_are_written_by_one_statement_and_only_where_nobody_was_meanwhile(town, statements, now):
    with town.writing() as connection:
        read = {source.id: state for source, state in sources.load_active(connection)}
        sources.save_state(connection, "kino-ics", SourceState(last_attempt_at=now))
        assert sources.untouched(connection, read) == {"umwelt-blog"}
        with statements(town) as written:
            sources.save_states(connection, {id_: SourceState(failures=3) for id_ in read})
        assert len(written) == 1
        assert {state.failures for _, state in sources.load_active(connection)} == {3}


@pytest.mark.parametrize(
    ("before", "after", "writes"),
    [
        pytest.param((), (), 0, id="none before and after"),
        pytest.param((DEFECT,), (DEFECT,), 0, id="the same"),
        pytest.param((), (DEFECT,), 1, id="a first one"),
        pytest.param((DEFECT,), (DEFECT, DEFECT), 1, id="one more"),
        pytest.param((DEFECT,), (), 1, id="mended"),
    ],
)
def test_defects_are_written_only_when_they_differ(town, statements, before, after, writes):
    with town.writing() as connection:
        sources.save_defects(connection, "kino-ics", before)
        with statements(town) as written:
            sources.save_defects(connection, "kino-ics", after)
        assert len(written) == writes
        assert sources.overviews(connection)[1].defects == after


def test_an_overview_counts_events_once_and_notices_apart(town, apply, publish, make_record, make_event):
    dated = tuple(make_record(f"umwelt-blog.e{number}") for number in range(1, 4))
    undated = [make_record(f"umwelt-blog.n{number}", start=None) for number in range(3)]
    apply(added=(*dated, *undated))
    apply(withdrawn=("umwelt-blog.n0", "umwelt-blog.e3"))
    publish(make_event("e1"), make_event("e2"), make_event("e3"))
    with town.reading() as connection:
        umwelt, kino = sources.overviews(connection)
    assert (umwelt.source.id, umwelt.initiative_name, umwelt.events, umwelt.notices) == (
        "umwelt-blog",
        "Grüne Gruppe",
        2,
        2,
    )
    assert (kino.source.id, kino.events, kino.notices) == ("kino-ics", 0, 0)


def test_a_body_of_any_bytes_comes_back_and_the_last_one_counts(town, now):
    content = bytes(range(256)) * 100
    with town.writing() as connection:
        assert fetches.load_body(connection, "kino-ics") is None
        for body in (Body(b""), Body(content, "text/calendar", "utf-8", final_url="https://kino.example.org/x")):
            fetches.save_body(connection, "kino-ics", body, now)
        assert fetches.load_body(connection, "kino-ics") == body


def test_the_log_notes_each_attempt_and_forgets_old_ones(town, now):
    report = SourceReport("kino-ics", Outcome.REJECTED, Failure(ErrorClass.DNS, "kino.example.org"), skipped=(DEFECT,))
    with town.writing() as connection:
        for at in (now.replace(year=2025), now):
            fetches.log(connection, report, at)
        fetches.forget_log(connection, before=now.replace(month=1))
        row = connection.execute(fetch_log.select()).one()
    assert (row.at, row.outcome, row.error_class, row.detail, row.skipped) == (
        now,
        "rejected",
        "E_DNS",
        "kino.example.org",
        1,
    )


def test_only_what_may_be_due_is_read(town, statements, now):
    hour = timedelta(hours=1)
    with town.writing() as connection:
        assert len(sources.load_due(connection, now, now + 24 * hour)) == sources.count_active(connection) == 2
        sources.save_states(connection, {"kino-ics": SourceState(next_at=now), "umwelt-blog": SourceState(next_at=now)})
        for until, beyond, number in ((now - hour, now, 0), (now, now + hour, 2), (now - 2 * hour, now - hour, 2)):
            assert len(sources.load_due(connection, until, beyond)) == number
        sources.save_state(connection, "kino-ics", SourceState(next_at=now + hour))
        assert [source.id for source, _ in sources.load_due(connection, now, now + 24 * hour)] == ["umwelt-blog"]


def test_sources_in_trouble_are_found_and_those_that_are_named(town, now):
    failing = SourceState(failure=Failure(ErrorClass.DNS, "kino.example.org"), failures=1)
    with town.writing() as connection:
        assert sources.load_troubled(connection, ()) == ()
        sources.save_state(connection, "kino-ics", failing)
        assert [state for _, state in sources.load_troubled(connection, ())] == [failing]
        found = sources.load_troubled(connection, ("kino-ics", "umwelt-blog", "an-initiative"))
        assert [source.id for source, _ in found] == ["kino-ics", "umwelt-blog"]
        sources.save_state(connection, "kino-ics", SourceState(held_since=now))
        assert len(sources.load_troubled(connection, ())) == 1


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("kino.example.org", ["kino-ics"], id="by name"),
        pytest.param("kino.example.org:8080", ["kino-ics"], id="with a port"),
        pytest.param("k_no.example.org", [], id="no letter stands for any other"),
        pytest.param("xn--kno-hoa.example.org", ["umwelt-blog", "kino-ics"], id="spelt in several ways"),
        pytest.param("[2001:db8::1]:443", ["umwelt-blog", "kino-ics"], id="a longer number"),
    ],
)
def test_sources_at_a_host_are_found_without_reading_all(town, host, expected):
    with town.reading() as connection:
        assert [source.id for source, _ in sources.load_mentioning(connection, host)] == expected


def test_postponing_never_brings_a_visit_forward(town, now):
    later = now + timedelta(hours=1)
    with town.writing() as connection:
        sources.save_state(connection, "kino-ics", SourceState(next_at=later + timedelta(hours=1)))
        sources.postpone(connection, ["kino-ics", "umwelt-blog"], later)
        assert [source.id for source, _ in sources.load_due(connection, later, later + timedelta(days=1))] == [
            "umwelt-blog"
        ]


def test_who_is_due_is_found_by_an_index(sqlite_store):
    planned = sources.may_be_due(datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    dialect = sqlite_store.engine.dialect
    for condition in (planned, table.c.is_troubled):
        question = str(select(table.c.fields).where(table.c.active, condition).compile(dialect=dialect))
        with sqlite_store.reading() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", (None,) * question.count("?"))
            assert [row.detail for row in plan if row.detail.startswith("SCAN")] == []


def test_notices_are_counted_by_their_index(sqlite_store):
    question = str(sources.notices_by_source().compile(dialect=sqlite_store.engine.dialect))
    with sqlite_store.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}")
        assert [row.detail for row in plan] == ["SCAN records USING INDEX ix_records_notices"]
