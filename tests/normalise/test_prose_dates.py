"""News that tell their date in words become events; what is unsure stays a notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.model.components import Component, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.model.prose import BAR
from aggregator.model.records import FeedReading
from aggregator.normalise.identity import fingerprint_of

PUBLISHED = datetime(2026, 11, 20, 9, tzinfo=UTC)
Read = Callable[..., FeedReading]


def news(text: str, title: str = "Neues", **fields: object) -> Component:
    stated = {"kind": "rss", "guid": "https://verein.example.org/1", "published": PUBLISHED}
    return Component(title=title, description=text, **(stated | fields))  # type: ignore[arg-type]


def starts(reading: FeedReading) -> list[str]:
    return [occurrence.start.iso() for record in reading.records for occurrence in record.occurrences]


def test_a_date_in_words_makes_an_event(read: Read) -> None:
    record = read(news("Am Freitag, 4. Dezember, von 19 bis 21 Uhr im Turm.")).records[0]
    assert record.start and record.start.iso() == "2026-12-04T19:00:00+01:00"
    assert record.end and record.end.iso() == "2026-12-04T21:00:00+01:00"
    assert record.evidence == "Freitag, 4. Dezember, von 19 bis 21 Uhr"


def test_a_deadline_is_no_event_but_kept_with_its_words(read: Read) -> None:
    record = read(news("Anmeldeschluss ist der 4. Dezember 2026.")).records[0]
    assert record.is_notice
    assert record.due and record.due.iso() == "2026-12-04"
    assert "4. Dezember" in record.evidence


def test_an_item_without_any_date_has_no_deadline(read: Read) -> None:
    assert read(news("Wir suchen Menschen, die mit anpacken.")).records[0].due is None


def test_html_is_read_as_people_see_it(read: Read) -> None:
    text = "<p>Am <b>Freitag,</b> 4.&nbsp;Dezember,<br>um 19&nbsp;Uhr</p>"
    assert starts(read(news(text, description_is_html=True))) == ["2026-12-04T19:00:00+01:00"]


def test_several_dates_are_one_record_with_several_occurrences(read: Read) -> None:
    reading = read(news("Am 4., 11. und 18. Dezember, jeweils 19 Uhr"))
    assert len(reading.records) == 1
    assert [start[:10] for start in starts(reading)] == ["2026-12-04", "2026-12-11", "2026-12-18"]


def test_a_repetition_is_a_series_with_its_exceptions(read: Read) -> None:
    reading = read(news("Jeden Freitag um 16 Uhr bis 18. Dezember, außer am 4. Dezember"))
    assert [start[:10] for start in starts(reading)] == ["2026-11-20", "2026-11-27", "2026-12-11", "2026-12-18"]


def test_several_days_without_hours_are_one_long_day(read: Read) -> None:
    for kind in ("rss", "rdf", "atom"):
        record = read(news("Vom 4. bis 6. Dezember fahren wir weg.", kind=kind)).records[0]
        assert record.start and record.start.iso() == "2026-12-04"
        assert record.end and record.end.iso() == "2026-12-07"


def test_an_unsure_reading_stays_a_notice(read: Read) -> None:
    record = read(news("Morgen um 20 Uhr im Turm")).records[0]
    assert (record.is_notice, record.evidence, record.occurrences) == (True, "", ())


def test_a_stated_start_is_never_overruled_by_words(read: Read) -> None:
    record = read(
        news("Am Freitag, 4. Dezember, 19 Uhr", start=StatedTime("20261205T200000", "Europe/Berlin"))
    ).records[0]
    assert record.start and record.start.iso() == "2026-12-05T20:00:00+01:00"
    assert record.evidence == ""


def test_a_calendar_event_without_start_is_not_read_as_news(read: Read) -> None:
    assert read(news("Am Freitag, 4. Dezember, 19 Uhr", kind="vevent")).records == ()


def test_the_items_own_day_is_that_of_the_sources_zone(read: Read) -> None:
    late = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)  # already the fifth in Berlin
    assert read(news("Am 4. Dezember um 19 Uhr", published=late)).records[0].is_notice


def test_without_publication_the_last_update_counts(read: Read) -> None:
    assert starts(read(news("Am 4. Dezember um 19 Uhr", published=None, updated=PUBLISHED))) == [
        "2026-12-04T19:00:00+01:00"
    ]


def test_a_broken_clock_is_not_believed(read: Read) -> None:
    for year in (1, 9999):
        reading = read(news("Am 4. Dezember um 19 Uhr", published=datetime(year, 12, 31, 23, 59, tzinfo=UTC)))
        assert reading.records[0].is_notice


def test_a_date_below_the_bar_is_a_suggestion_with_its_words_and_no_event(read: Read) -> None:
    record = read(news("Vielleicht am 5. oder 6. Dezember um 19 Uhr, wir geben Bescheid.")).records[0]
    assert record.is_notice and not record.occurrences
    assert [each.start.iso()[:10] for each in record.suggestions] == ["2026-12-05", "2026-12-06"]
    assert all("5. oder 6. Dezember" in each.evidence and each.confidence < BAR for each in record.suggestions)


def test_a_new_suggestion_is_news_of_its_record(read: Read) -> None:
    record = read(news("Vielleicht am 5. oder 6. Dezember um 19 Uhr.")).records[0]
    assert fingerprint_of(record) != fingerprint_of(replace(record, suggestions=()))


def test_school_holidays_that_nobody_knows_are_told_as_a_defect(read: Read) -> None:
    reading = read(news("Jeden Freitag um 16 Uhr, außer in den Ferien."))
    assert [(defect.kind, defect.detail) for defect in reading.defects] == [
        (DefectKind.UNREAD_EXCEPTION, "außer in den Ferien")
    ]


COURSE = "Der Kurs läuft ab 1. Dezember immer dienstags und donnerstags von 18 bis 20 Uhr, insgesamt vier Abende."


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        pytest.param(COURSE, ["2026-12-01", "2026-12-03", "2026-12-08", "2026-12-10"], id="where it ends is told"),
        pytest.param("Immer dienstags um 18 Uhr.", ["2026-12-01"], id="no end"),
        pytest.param("Immer dienstags um 18 Uhr, sechs Abende.", ["2026-12-01"], id="no beginning"),
        pytest.param(COURSE.replace("1. Dezember", "24. November"), ["2026-12-01"], id="a later evening"),
    ],
)
def test_a_single_entry_of_a_calendar_may_tell_of_a_whole_course(read: Read, text: str, dates: list[str]) -> None:
    start = StatedTime("20261201T180000", "Europe/Berlin")
    reading = read(news(text, kind="vevent", uid="1@verein.example.org", start=start))
    assert [each[:10] for each in starts(reading)] == dates
