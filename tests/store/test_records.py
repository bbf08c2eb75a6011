"""Records: written when they change, marked when they are missing, remembered when they are gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from aggregator.store import records
from aggregator.store.schema import records as table


@pytest.fixture
def load(town):
    def run(source_ids=None):
        with town.reading() as connection:
            return {stored.record.id: stored for stored in records.load(connection, source_ids)}

    return run


def test_an_added_record_comes_back_with_the_time(load, apply, make_record, now):
    record = make_record("umwelt-blog.1", categories=("Größe", "Straße"))
    apply(added=(record,))
    stored = load()["umwelt-blog.1"]
    assert (stored.record, stored.first_seen, stored.changed_at) == (record, now, now)
    assert (stored.missing_since, stored.withdrawn_at) == (None, None)


def test_a_changed_record_keeps_when_it_was_first_seen(load, apply, make_record, now):
    record, later = make_record("umwelt-blog.1"), now + timedelta(hours=1)
    apply(added=(record,))
    apply(later, changed=(replace(record, title="Neues Treffen"),))
    stored = load()["umwelt-blog.1"]
    assert (stored.record.title, stored.first_seen, stored.changed_at) == ("Neues Treffen", now, later)


def test_a_record_goes_missing_is_withdrawn_and_returns(load, apply, make_record, now):
    apply(added=(make_record("umwelt-blog.1"), make_record("umwelt-blog.2")))
    apply(now, missing=("umwelt-blog.1",))
    assert load()["umwelt-blog.1"].missing_since == now
    apply(now, withdrawn=("umwelt-blog.1",))
    assert load()["umwelt-blog.1"].withdrawn_at == now
    apply(now, returned=("umwelt-blog.1",))
    returned, neighbour = load().values()
    assert (returned.missing_since, returned.withdrawn_at) == (neighbour.missing_since, neighbour.withdrawn_at)


def test_a_missing_record_that_is_seen_changed_is_not_missing_any_more(load, apply, make_record, now):
    record = make_record("umwelt-blog.1")
    apply(added=(record,))
    apply(now, missing=(record.id,), withdrawn=(record.id,))
    apply(changed=(record,))
    assert (load()[record.id].missing_since, load()[record.id].withdrawn_at) == (None, None)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"unchanged": ("umwelt-blog.1",)}, id="unchanged"),
        pytest.param({"held": "H_EMPTY"}, id="held"),
    ],
)
def test_an_answer_that_says_nothing_new_writes_nothing(store, apply, make_record, statements, said):
    apply(added=(make_record("umwelt-blog.1"),))
    with statements(store) as written:
        apply(**said)
    assert written == []


def test_an_answer_that_is_held_still_tells_what_is_new(load, apply, make_record):
    apply(held="H_SHRANK", added=(make_record("umwelt-blog.1"),))
    assert list(load()) == ["umwelt-blog.1"]


def test_a_record_under_a_new_key_is_no_news(load, apply, make_record, now):
    record = make_record("umwelt-blog.1")
    apply(added=(record,))
    apply(now + timedelta(hours=1), rekeyed=(replace(record, key="uid:2", uid="2", fingerprint="two"),))
    stored = load()["umwelt-blog.1"]
    assert (stored.record.uid, stored.record.fingerprint, stored.changed_at) == ("2", "two", now)


def test_one_source_cannot_mark_the_records_of_another(load, apply, make_record, now):
    apply(added=(make_record("umwelt-blog.1"),))
    apply(now, source="kino-ics", missing=("umwelt-blog.1",), withdrawn=("umwelt-blog.1",))
    assert load()["umwelt-blog.1"].missing_since is None


def test_only_the_records_of_the_sources_asked_for_are_loaded(load, apply, make_record):
    apply(added=(make_record("umwelt-blog.1"), make_record("kino-ics.1", source="kino-ics")))
    assert list(load()) == ["kino-ics.1", "umwelt-blog.1"]
    assert list(load(["kino-ics"])) == ["kino-ics.1"]
    assert load([]) == {}


def test_more_records_than_one_statement_takes(load, apply, make_record, now):
    many = tuple(make_record(f"umwelt-blog.{number}") for number in range(2500))
    apply(added=many)
    apply(now, missing=tuple(record.id for record in many))
    assert {stored.missing_since for stored in load().values()} == {now}
    assert len(load()) == 2500


def test_a_rolled_horizon_is_no_change_of_the_statement(town, load, apply, make_record, now):
    record = make_record("umwelt-blog.1")
    apply(added=(record,))
    rolled = replace(record, sequence=5)
    with town.writing() as connection:
        records.restate(connection, (rolled,))
    assert (load()[record.id].record, load()[record.id].changed_at) == (rolled, now)


def test_tombstones_are_forgotten_after_their_time(town, load, apply, make_record, now):
    apply(added=(make_record("umwelt-blog.1"), make_record("umwelt-blog.2"), make_record("umwelt-blog.3")))
    apply(now - timedelta(days=91), withdrawn=("umwelt-blog.1",))
    apply(now - timedelta(days=89), withdrawn=("umwelt-blog.2",))
    with town.writing() as connection:
        records.forget_withdrawn(connection, before=now - timedelta(days=90))
    assert list(load()) == ["umwelt-blog.2", "umwelt-blog.3"]


def test_an_undated_record_is_marked_as_a_notice(town, apply, make_record):
    apply(added=(make_record("umwelt-blog.1"), make_record("umwelt-blog.2", start=None)))
    with town.reading() as connection:
        assert connection.scalars(select(table.c.id).where(table.c.is_notice)).all() == ["umwelt-blog.2"]


@pytest.mark.parametrize("count", [pytest.param(1, id="one"), pytest.param(40, id="more than are asked for at once")])
def test_records_are_found_by_their_names_alone(town, apply, make_record, count):
    apply(added=tuple(make_record(f"umwelt-blog.{n:02}", uid=f"{n:02}@example.org") for n in range(45)))
    apply(added=(make_record("umwelt-blog.other", uid="", title='"uid":"00@example.org"'),))
    with town.reading() as connection:
        found = records.load_named(connection, "umwelt-blog", {f"{n:02}@example.org" for n in range(count)})
        assert records.load_named(connection, "kino-ics", {"00@example.org"}) == ()
    assert [each.record.uid for each in found] == [f"{n:02}@example.org" for n in range(count)]
