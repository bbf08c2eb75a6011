"""Components through the front door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aggregator.model.components import Component, StatedPlace, StatedTime
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.places import Circle, Place
from aggregator.model.records import FeedReading, Status
from aggregator.model.sources import Topic

Build = Callable[..., Component]
Read = Callable[..., FeedReading]
BERLIN = "Europe/Berlin"
TOWN = Circle(53.25, 10.41, 15)
INSIDE, OUTSIDE = StatedPlace("Park", latitude=53.24, longitude=10.4), StatedPlace("Park", latitude=50.9, longitude=6.9)


def evening(day: int, hour: int = 19) -> StatedTime:
    return StatedTime(f"202612{day:02}T{hour}0000", BERLIN)


def kinds(reading: FeedReading) -> list[DefectKind]:
    return [defect.kind for defect in reading.defects]


def test_a_component_becomes_a_record_in_our_own_terms(component: Build, read: Read, klima: Topic) -> None:
    stated = component(
        title="Plenum (ausgebucht)",
        description="Komm **vorbei**",
        link="https://group.example.org/plenum",
        place=StatedPlace("Haus, Hauptstraße 1"),
        categories=("Klima", " klima ", "Treffen"),
        organizer="Klimagruppe",
        line=7,
    )
    record = read(stated, topics=(klima,)).records[0]
    assert (record.title, record.stated_title) == ("Plenum", "Plenum (ausgebucht)")
    assert (record.status, record.kind, record.language) == (Status.SOLD_OUT, "vevent", "de")
    assert (record.description, record.link) == ("Komm vorbei", "https://group.example.org/plenum")
    assert (record.place, record.organizer) == (Place("Haus", "Hauptstraße 1"), "Klimagruppe")
    assert (record.topics, record.categories) == (("klimaschutz",), ("Klima", "klima", "Treffen"))
    assert [occurrence.start.iso() for occurrence in record.occurrences] == ["2026-12-05T18:30:00+01:00"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({}, "vevent", id="single"),
        pytest.param({"rule": "FREQ=WEEKLY"}, "vevent-series", id="series"),
        pytest.param({"rule": "FREQ=WEEKLY;INTERVAL=0"}, "vevent", id="series with a refused rule"),
        pytest.param({"kind": "jsonld", "rule": "FREQ=WEEKLY"}, "jsonld", id="series of a page"),
        pytest.param({"kind": "atom"}, "atom", id="feed item"),
    ],
)
def test_the_kind_tells_where_a_record_comes_from(
    fields: dict[str, str], kind: str, component: Build, read: Read
) -> None:
    assert read(component(**fields)).records[0].kind == kind


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom"])
def test_a_feed_item_without_a_date_is_a_notice(kind: str, component: Build, read: Read) -> None:
    reading = read(component(kind=kind, start=None))
    assert (reading.records[0].is_notice, reading.records[0].occurrences, reading.defects) == (True, (), ())


def test_a_feed_item_with_an_unreadable_date_is_a_notice_and_says_so(component: Build, read: Read) -> None:
    reading = read(component(kind="rss", start=StatedTime("demnächst")))
    assert (reading.records[0].is_notice, kinds(reading)) == (True, [DefectKind.BAD_START])


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"start": None}, DefectKind.NO_START, id="no start"),
        pytest.param({"kind": "jsonld", "start": None}, DefectKind.NO_START, id="page event without start"),
        pytest.param({"start": StatedTime("20260230T100000")}, DefectKind.BAD_START, id="30 February"),
        pytest.param({"start": StatedTime("00010101T000000Z")}, DefectKind.BAD_START, id="year 1"),
    ],
)
def test_an_event_without_a_usable_start_is_skipped_and_its_neighbours_live(
    fields: dict[str, object], kind: DefectKind, component: Build, read: Read
) -> None:
    reading = read(component(uid="bad", line=9, **fields), component(uid="good"))
    assert [record.uid for record in reading.records] == ["good"]
    assert [(defect.kind, defect.uid, defect.line, defect.skipped) for defect in reading.defects] == [
        (kind, "bad", 9, True)
    ]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"title": " "}, DefectKind.NO_TITLE, id="title"),
        pytest.param({"uid": ""}, DefectKind.NO_UID, id="UID"),
        pytest.param({"description": "x" * 70_000}, DefectKind.TOO_LONG, id="short description"),
        pytest.param({"rule": "FREQ=SECONDLY"}, DefectKind.RECURRENCE_LIMIT, id="bounded rule"),
        pytest.param({"rule": "FREQ=WEEKLY;BYDAY=XX"}, DefectKind.BAD_RECURRENCE, id="sound rule"),
        pytest.param({"start": StatedTime("20261205T183000", "Mars/Olympus")}, DefectKind.UNKNOWN_ZONE, id="zone"),
    ],
)
def test_what_is_wanting_is_a_defect_and_the_event_stays(
    fields: dict[str, object], kind: DefectKind, component: Build, read: Read
) -> None:
    reading = read(component(**fields))
    assert (kinds(reading), len(reading.records[0].occurrences)) == ([kind], 1)


def test_a_missing_title_is_taken_from_the_description(component: Build, read: Read) -> None:
    assert read(component(title="", description="Wir malen Banner.")).records[0].title == "Wir malen Banner."


def test_an_override_is_a_record_of_its_own_that_its_series_names(component: Build, read: Read) -> None:
    weekly = component(rule="FREQ=WEEKLY;COUNT=3", start=evening(7))
    moved = component(title="Anderswo", start=evening(15), recurrence_id=evening(14))
    series, override = read(weekly, moved).records
    assert (override.kind, override.series, override.occurrences) == ("vevent-override", series.id, ())
    assert override.original is not None
    assert [occurrence.record for occurrence in series.occurrences] == ["", override.id, ""]
    assert series.occurrences[1].original == override.original


def test_the_order_of_series_and_override_does_not_matter(component: Build, read: Read) -> None:
    weekly = component(rule="FREQ=WEEKLY;COUNT=3", start=evening(7))
    moved = component(start=evening(15), recurrence_id=evening(14))
    assert set(read(weekly, moved).records) == set(read(moved, weekly).records)


def test_a_cancelled_override_is_a_cancelled_occurrence(component: Build, read: Read) -> None:
    weekly = component(rule="FREQ=WEEKLY;COUNT=2", start=evening(7))
    cancelled = component(start=None, recurrence_id=StatedTime("20261214"), status="CANCELLED")
    series = read(weekly, cancelled).records[0]
    assert [occurrence.status for occurrence in series.occurrences] == [Status.CONFIRMED, Status.CANCELLED]


def test_an_orphan_override_is_a_single_event_with_a_defect(component: Build, read: Read) -> None:
    reading = read(component(start=evening(15), recurrence_id=evening(14)))
    assert (reading.records[0].kind, len(reading.records[0].occurrences)) == ("vevent", 1)
    assert kinds(reading) == [DefectKind.ORPHAN_OVERRIDE]


def test_an_override_keeps_its_id_when_its_series_comes_back(component: Build, read: Read) -> None:
    moved = component(start=evening(15), recurrence_id=evening(14))
    together = read(component(rule="FREQ=WEEKLY", start=evening(7)), moved).records
    assert read(moved).records[0].id == together[1].id


def test_rubbish_in_a_recurrence_id_leaves_an_event(component: Build, read: Read) -> None:
    reading = read(component(recurrence_id=StatedTime("soon")))
    assert (len(reading.records[0].occurrences), kinds(reading)) == (1, [DefectKind.BAD_PROPERTY])


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        pytest.param(INSIDE, 1, id="inside"),
        pytest.param(OUTSIDE, 0, id="outside"),
        pytest.param(StatedPlace("Park"), 0, id="no coordinates"),
    ],
)
def test_a_circle_keeps_what_lies_inside(place: StatedPlace, kept: int, component: Build, read: Read) -> None:
    reading = read(component(place=place), within=TOWN)
    assert len(reading.records) == kept
    assert kinds(reading) == [DefectKind.OUTSIDE_REGION] * (1 - kept)


@pytest.mark.parametrize(
    ("place", "kept"), [pytest.param(INSIDE, 2, id="inside"), pytest.param(OUTSIDE, 0, id="outside")]
)
def test_overrides_stay_or_go_with_their_series(place: StatedPlace, kept: int, component: Build, read: Read) -> None:
    weekly = component(rule="FREQ=WEEKLY", start=evening(7), place=place)
    moved = component(start=evening(15), recurrence_id=evening(14))
    assert len(read(weekly, moved, within=TOWN).records) == kept


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        pytest.param("Klimagruppe", "Klimagruppe", id="name"),
        pytest.param("mailto:anna@example.org", "", id="address"),
        pytest.param("Anna Muster <anna@example.org>", "Anna Muster", id="name and address"),
        pytest.param("Anna Muster, Tel. 04131 / 123456", "Anna Muster", id="name and telephone"),
        pytest.param("Verein von 1848", "Verein von 1848", id="a year is no telephone"),
    ],
)
def test_an_organiser_is_a_name_only(stated: str, shown: str, component: Build, read: Read) -> None:
    assert read(component(organizer=stated)).records[0].organizer == shown


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        pytest.param({"link": "https://a.example/1", "uid": "https://b.example/2"}, "https://a.example/1", id="own"),
        pytest.param({"uid": "https://b.example/2"}, "https://b.example/2", id="a UID that is an address"),
        pytest.param({"link": "javascript:alert(1)"}, "", id="script"),
        pytest.param({"link": "https://a.example/\r\nATTENDEE:x"}, "", id="line break"),
    ],
)
def test_only_a_safe_address_is_the_link(fields: dict[str, str], link: str, component: Build, read: Read) -> None:
    assert read(component(**fields)).records[0].link == link


def test_a_wechange_description_loses_its_own_address_and_keeps_the_others(component: Build, read: Read) -> None:
    page = "https://wechange.example/group/g/event/e/"
    text = f"{page}\n\nMehr: [Netz](https://example.org/netz)\n\nhttps://example.org/extern"
    record = read(component(uid=page, link=page, description=text)).records[0]
    assert record.description == "Mehr: Netz\n\nhttps://example.org/extern"
    assert record.links == ("https://example.org/netz", "https://example.org/extern")


def test_more_events_than_one_source_may_have_are_left_out_and_said(component: Build, read: Read) -> None:
    reading = read(*(component(uid=str(number)) for number in range(5)), max_events=3)
    assert (len(reading.records), kinds(reading)) == (3, [DefectKind.TOO_MANY])


def test_a_feed_with_too_many_occurrences_keeps_first_dates_only(component: Build, read: Read) -> None:
    endless = [component(uid=str(number), rule="FREQ=DAILY;BYHOUR=10,18", start=evening(7, 10)) for number in range(25)]
    reading = read(*endless)
    assert len(reading.records[-1].occurrences) == 1
    assert sum(len(record.occurrences) for record in reading.records) <= 21_000
    assert DefectKind.RECURRENCE_LIMIT in kinds(reading)


def test_what_the_parser_found_is_handed_on(component: Build, read: Read) -> None:
    known = Defect(DefectKind.BAD_LINE, detail="X")
    reading = read(component(), defects=(known,), title="Klima", refresh_interval=timedelta(hours=1), complete=False)
    assert (reading.defects, reading.title) == ((known,), "Klima")
    assert (reading.refresh_interval, reading.complete) == (timedelta(hours=1), False)


def test_the_same_feed_gives_the_same_reading(component: Build, read: Read) -> None:
    feed = (component(rule="FREQ=WEEKLY"), component(uid="other"), component(kind="rss", uid="", guid="n", start=None))
    assert read(*feed) == read(*feed)
