"""What is remembered of each source, and how it is doing."""

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.fetching import Body, SourceState, Validators
from aggregator.model.health import Outcome, SourceReport
from aggregator.store import fetches, sources
from aggregator.store.queries import generation
from aggregator.store.schema import fetch_log

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
