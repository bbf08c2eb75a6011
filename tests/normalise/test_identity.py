"""Keys and ids of records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.model.components import Component, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.model.records import FeedReading, Record
from aggregator.normalise.identity import fingerprint_of, identified, record_id

Build = Callable[..., Component]
Read = Callable[..., FeedReading]
BERLIN = "Europe/Berlin"
PORTAL = "https://wechange.example"


def evening(day: int) -> StatedTime:
    return StatedTime(f"202612{day:02}T190000", BERLIN)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param({"uid": "a@b"}, "uid:a@b", id="UID"),
        pytest.param({"kind": "rss", "uid": "", "guid": "https://b/?p=1"}, "guid:https://b/?p=1", id="GUID"),
        pytest.param({"kind": "rdf", "uid": "", "link": "https://b/1"}, "link:https://b/1", id="link"),
        pytest.param({"uid": ""}, "title:offenes treffen@20261205T173000Z", id="title and start"),
        pytest.param(
            {"uid": f"{PORTAL}/group/klima/event/plenum-2/"}, "wechange:wechange.example/plenum-2", id="WECHANGE page"
        ),
    ],
)
def test_the_key_is_the_best_identifier_that_there_is(
    fields: dict[str, str], key: str, component: Build, read: Read
) -> None:
    record = read(component(**fields)).records[0]
    assert (record.key, record.id) == (key, record_id("source", key))


def test_a_renamed_wechange_group_keeps_its_events(component: Build, read: Read) -> None:
    before = read(component(uid=f"{PORTAL}/project/transition/event/kufa/")).records[0]
    after = read(component(uid=f"{PORTAL}/group/transition-town/event/kufa/", title="ABGESAGT: KüFa")).records[0]
    assert before.id == after.id


def test_two_groups_with_the_same_slug_are_two_events(component: Build, read: Read) -> None:
    groups = ("klima", "garten")
    found = read(*(component(uid=f"{PORTAL}/group/{group}/event/plenum/") for group in groups)).records
    assert [record.key for record in found] == [f"uid:{PORTAL}/group/{group}/event/plenum/" for group in groups]


def test_a_reflected_event_does_not_take_the_key_of_the_feeds_own(component: Build, read: Read) -> None:
    own = [component(uid=f"{PORTAL}/group/klima/event/{slug}/", start=evening(7)) for slug in ("plenum", "aktion")]
    reflected = component(uid=f"{PORTAL}/group/garten/event/plenum/", start=evening(8))
    alone, together = read(*own).records, read(*own, reflected).records
    assert [record.key for record in alone] == [record.key for record in together[:2]]


def test_an_exact_repeat_is_one_record(component: Build, read: Read) -> None:
    reading = read(component(), component())
    assert (len(reading.records), reading.defects) == (1, ())


def test_the_higher_sequence_of_one_event_stays(component: Build, read: Read) -> None:
    reading = read(component(title="neu", sequence=2), component(title="alt", sequence=1))
    assert [record.title for record in reading.records] == ["neu"]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([{"start": evening(day)} for day in range(1, 21)], id="other starts"),
        pytest.param([{"title": f"Titel {number}"} for number in range(20)], id="other titles at the same time"),
    ],
)
def test_different_events_with_one_uid_are_all_kept(
    others: list[dict[str, object]], component: Build, read: Read
) -> None:
    reading = read(*(component(uid="event", **fields) for fields in others))
    assert len({record.id for record in reading.records}) == 20
    assert [defect.kind for defect in reading.defects] == [DefectKind.REPEATED_UID]


class Counted(int):
    """A SEQUENCE that counts how often one is compared with another."""

    compared = 0
    __hash__ = int.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return int.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def test_events_with_one_uid_are_not_compared_each_with_each(component: Build, read: Read) -> None:
    """Twenty thousand of them were beyond the limits of a child."""
    records = read(*(component(uid=f"{number}", start=evening(1 + number % 28)) for number in range(300))).records
    Counted.compared = 0
    identified([replace(record, uid="event", sequence=Counted(0)) for record in records])
    assert Counted.compared <= 2 * len(records)


def test_a_page_that_several_events_link_to_is_no_defect(component: Build, read: Read) -> None:
    items = [component(kind="jsonld", uid="", link="https://b/", start=evening(day)) for day in (1, 2)]
    reading = read(*items)
    assert (len(reading.records), reading.defects) == (2, ())


def test_the_order_of_a_feed_does_not_matter_for_ids(component: Build, read: Read) -> None:
    items = [component(uid="event", start=evening(day)) for day in range(1, 6)]
    there, back = read(*items).records, read(*reversed(items)).records
    assert {record.id for record in there} == {record.id for record in back}


def test_a_very_long_uid_gives_a_short_key(component: Build, read: Read) -> None:
    record = read(component(uid="x" * 70_000)).records[0]
    assert (len(record.key) < 600, len(record.uid)) == (True, 1_000)


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param({"id": "source.else"}, id="stored id"),
        pytest.param({"occurrences": ()}, id="horizon"),
        pytest.param({"updated": datetime(2026, 11, 22, tzinfo=UTC)}, id="LAST-MODIFIED"),
        pytest.param({"published": datetime(2026, 11, 22, tzinfo=UTC)}, id="pubDate"),
    ],
)
def test_noise_does_not_change_the_fingerprint(noise: dict[str, object], component: Build, read: Read) -> None:
    record = read(component()).records[0]
    assert fingerprint_of(replace(record, **noise)) == record.fingerprint  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": "Anderes Treffen"}, id="title"),
        pytest.param({"start": evening(6)}, id="start"),
        pytest.param({"end": None}, id="end"),
        pytest.param({"description": "Neu"}, id="description"),
        pytest.param({"sequence": 1}, id="sequence"),
        pytest.param({"status": "CANCELLED"}, id="status"),
        pytest.param({"categories": ("Klima",)}, id="categories"),
    ],
)
def test_every_change_of_the_statement_changes_the_fingerprint(
    change: dict[str, object], component: Build, read: Read
) -> None:
    assert read(component(**change)).records[0].fingerprint != read(component()).records[0].fingerprint


def test_another_calendar_zone_changes_what_a_floating_time_says(component: Build, read: Read) -> None:
    floating = component(start=StatedTime("20261205T183000"))
    there, here = read(floating, calendar_zone="Europe/London"), read(floating)
    assert there.records[0].fingerprint != here.records[0].fingerprint


def test_a_changed_override_changes_its_series(component: Build, read: Read) -> None:
    def fingerprint(moved_to: int) -> str:
        weekly = component(rule="FREQ=WEEKLY", start=evening(7))
        return series_of(read(weekly, component(start=evening(moved_to), recurrence_id=evening(14)))).fingerprint

    assert fingerprint(15) != fingerprint(16)


def series_of(reading: FeedReading) -> Record:
    return next(record for record in reading.records if record.is_series)
