"""A WECHANGE address that suddenly answers with another group's events is not believed at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model.fetching import SourceState
from aggregator.model.records import FeedReading, Record, StoredRecord
from aggregator.model.times import EventTime
from aggregator.pipeline.changes import decide_changes

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(group: str, slug: str, host: str = "portal.example") -> Record:
    uid = f"https://{host}/project/{group}/event/{slug}/"
    start = EventTime(datetime(2026, 12, 5, 18), "Europe/Berlin")
    return Record(
        f"s.{group}.{slug}", f"{group}/{slug}", "s", "vevent", slug, slug, f"{group}/{slug}", uid, start=start
    )


STORED = tuple(StoredRecord(record("garten", slug), NOW, NOW) for slug in ("beete", "kompost"))


def held(*fresh: Record, since: timedelta | None = None) -> str:
    state = SourceState(held_since=NOW - since if since else None)
    changes = decide_changes(STORED, FeedReading(fresh), state, NOW)
    assert not (changes.held and (changes.added or changes.missing))
    return changes.held


def test_events_of_another_group_alone_are_held_and_none_is_taken() -> None:
    assert held(record("chor", "probe"), record("chor", "konzert")) == "H_MIXED"


@pytest.mark.parametrize(
    "fresh",
    [
        pytest.param((record("hofgarten", "beete"), record("hofgarten", "kompost")), id="a renamed group"),
        pytest.param((record("garten", "saat"), record("chor", "konzert")), id="one of its own beside a reflected one"),
        pytest.param((record("garten", "saat"),), id="other events of the same group"),
    ],
)
def test_what_is_still_the_same_group_is_believed(fresh: tuple[Record, ...]) -> None:
    assert held(*fresh) == ""


def test_after_three_days_another_group_is_the_truth() -> None:
    assert held(record("chor", "probe"), since=timedelta(hours=73)) == ""
