"""Limits hold for all processes, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from aggregator.store import limits
from aggregator.store.limits import Limit, allowed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIVE_AN_HOUR = Limit("report", 5, timedelta(hours=1))


def ask(store, whom="a", now=NOW, limit=FIVE_AN_HOUR):
    with store.writing() as connection:
        return allowed(connection, limit, whom, now)


def test_the_sixth_is_refused_for_this_visitor_and_this_purpose_only(store):
    assert [ask(store) for _ in range(7)] == [True] * 5 + [False] * 2
    assert ask(store, whom="b")
    assert ask(store, limit=Limit("digest", 5, timedelta(hours=1)))


def test_after_the_time_it_is_allowed_again_and_refusals_did_not_count(store):
    for minute in range(30):
        ask(store, now=NOW + timedelta(minutes=minute))
    later = NOW + timedelta(hours=1, minutes=5)
    assert [ask(store, now=later) for _ in range(6)] == [True] * 5 + [False]


def test_many_at_once_get_no_more_than_there_are(store):
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda _: ask(store), range(16))) == 5


def test_what_counts_no_more_is_swept(store):
    ask(store, now=NOW - timedelta(days=2))
    ask(store)
    with store.writing() as connection:
        limits.sweep(connection, NOW)
        assert connection.scalar(text("SELECT count(*) FROM limits")) == 1
