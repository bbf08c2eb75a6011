"""What a person said of a pair holds until a person says otherwise."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.store import verdicts
from aggregator.store.schema import verdicts as table

SAME = HumanVerdict("a.1", "b.2", Verdict.MATCH, "Ada", "derselbe Saal")


@pytest.fixture
def connection(store):
    with store.writing() as connection:
        yield connection


def test_a_verdict_comes_back(connection, now):
    verdicts.add(connection, SAME, now)
    assert verdicts.load(connection) == (SAME,)


def test_the_last_word_on_a_pair_holds_whichever_way_round(connection, now):
    verdicts.add(connection, SAME, now)
    verdicts.add(connection, HumanVerdict("b.2", "a.1", Verdict.NO_MATCH, "Bo"), now + timedelta(days=1))
    assert verdicts.load(connection) == (HumanVerdict("a.1", "b.2", Verdict.NO_MATCH, "Bo"),)


def test_a_verdict_that_was_taken_back_leaves_its_trace_and_its_neighbours(connection, now):
    other = HumanVerdict("a.1", "c.3", Verdict.NO_MATCH, "Ada")
    verdicts.add(connection, SAME, now)
    verdicts.add(connection, other, now)
    verdicts.undo(connection, "b.2", "a.1", now)
    assert verdicts.load(connection) == (other,)
    assert connection.scalar(select(func.count()).select_from(table)) == 2
