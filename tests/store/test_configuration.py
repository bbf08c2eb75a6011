"""The store follows sources.yaml."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from aggregator.model.fetching import SourceState, Validators
from aggregator.model.sources import Initiative, Priority
from aggregator.store import configuration, records, sources
from aggregator.store.queries import generation, initiatives
from aggregator.store.schema import sources as table


@pytest.fixture
def sync(town):
    def run(settings):
        with town.writing() as connection:
            before = generation(connection)
            return configuration.sync(connection, settings), generation(connection) - before

    return run


def with_source(settings, **changes):
    """The settings with the first source changed."""
    first, *others = settings.sources
    return replace(settings, sources=(replace(first, **changes), *others))


def test_initiatives_and_sources_are_there_in_their_order(town, settings):
    with town.reading() as connection:
        assert tuple(initiatives(connection).values()) == settings.initiatives
        assert sources.load_active(connection) == tuple((source, SourceState()) for source in settings.sources)


def test_the_same_settings_write_nothing(sync, settings):
    assert sync(settings) == (False, 0)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda s: replace(s, sources=s.sources[::-1]), id="order of sources"),
        pytest.param(lambda s: replace(s, sources=s.sources[1:]), id="a source gone"),
        pytest.param(lambda s: with_source(s, priority=Priority.PRESS), id="a source's priority"),
        pytest.param(lambda s: replace(s, initiatives=s.initiatives[1:]), id="an initiative gone"),
        pytest.param(lambda s: replace(s, initiatives=(*s.initiatives, Initiative("neu", "Neu"))), id="one more"),
    ],
)
def test_a_difference_is_written_once_and_seen(sync, settings, changed):
    assert sync(changed(settings)) == (True, 1)
    assert sync(changed(settings)) == (False, 0)


def test_a_source_that_leaves_is_switched_off_with_its_records_and_comes_back(town, sync, settings, apply, make_record):
    apply(added=(make_record("umwelt-blog.1"),))
    sync(replace(settings, sources=settings.sources[1:]))
    with town.reading() as connection:
        assert [source.id for source, _ in sources.load_active(connection)] == ["kino-ics"]
        assert records.load(connection) == ()
    sync(settings)
    with town.reading() as connection:
        assert [stored.record.id for stored in records.load(connection)] == ["umwelt-blog.1"]


@pytest.mark.parametrize(
    ("changes", "keeps_validators", "keeps_due_time", "keeps_failures"),
    [
        pytest.param({"priority": Priority.PRESS, "initiative": "kino"}, True, True, True, id="who says it"),
        pytest.param({"interval": timedelta(hours=6)}, True, False, True, id="how often"),
        pytest.param({"timezone": "Europe/Lisbon"}, False, False, True, id="how it is read"),
        pytest.param({"url": "https://neu.example.org/feed"}, False, False, False, id="another address"),
    ],
)
def test_a_changed_entry_keeps_what_still_holds(
    town, sync, settings, now, changes, keeps_validators, keeps_due_time, keeps_failures
):
    learnt = SourceState(Validators('"1"'), body_hash="b", next_at=now, failures=3)
    with town.writing() as connection:
        sources.save_state(connection, "umwelt-blog", learnt)
    sync(with_source(settings, **changes))
    with town.reading() as connection:
        state = {source.id: state for source, state in sources.load_active(connection)}["umwelt-blog"]
    assert (state.validators == learnt.validators, state.body_hash == "b") == (keeps_validators,) * 2
    assert (state.next_at == now, state.failures == 3) == (keeps_due_time, keeps_failures)


def test_sources_that_did_not_come_from_the_file_are_left_alone(town, sync, settings):
    with town.writing() as connection:
        connection.execute(table.update().where(table.c.id == "kino-ics").values(origin="web"))
    sync(replace(settings, sources=settings.sources[:1]))
    with town.reading() as connection:
        assert set(connection.scalars(select(table.c.id).where(table.c.active))) == {"kino-ics", "umwelt-blog"}
