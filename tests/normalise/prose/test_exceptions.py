"""What a series leaves out, how often it happens, and several beginnings a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from aggregator.model.holidays import SchoolHoliday
from aggregator.model.prose import TextPart
from aggregator.normalise.prose.reading import read_prose
from tests.normalise.prose.conftest import PUBLISHED, ZONE, written

Told = Callable[..., str]
BREAKS = (
    SchoolHoliday("Weihnachtsferien", date(2026, 12, 23), date(2027, 1, 9)),
    SchoolHoliday("Osterferien", date(2027, 3, 22), date(2027, 4, 3)),
    SchoolHoliday("Sommerferien", date(2027, 7, 8), date(2027, 8, 18)),
)
THURSDAYS = "FREQ=WEEKLY;BYDAY=TH @ 2026-11-26 16:00"


@pytest.mark.parametrize(
    ("said", "left_out"),
    [
        pytest.param("Am 24.12. geschlossen.", "24", id="closed"),
        pytest.param("Das Café bleibt am 24. Dezember geschlossen.", "24", id="stays closed"),
        pytest.param("Am 24. Dezember bleibt das Café zu.", "24", id="stays shut"),
        pytest.param("(24.12. und 31.12. geschlossen)", "24 31", id="two days closed"),
        pytest.param("Nicht am 24.12. und 31.12.", "24 31", id="not on"),
        pytest.param("Außer am 24. und 31. Dezember.", "24 31", id="except"),
        pytest.param("Vom 21.12. bis 3.1. ist Winterpause.", "24 31", id="a pause from to"),
        pytest.param("Winterpause vom 21. Dezember bis 3. Januar, wieder ab 7. Januar.", "24 31", id="goes on again"),
        pytest.param("Vom 21.12. bis 6.1. machen wir Pause, ab 7.1. geht es wieder los.", "24 31", id="again behind"),
        pytest.param("Am 24.12. macht die Gruppe Pause.", "24", id="pause of a day"),
        pytest.param("An Heiligabend nicht.", "24", id="a day by its name"),
        pytest.param("Letzter Termin vor Weihnachten: 17. Dezember. Weiter geht es am 7. Januar.", "24 31", id="last"),
        pytest.param("Auch an Silvester!", "", id="nothing left out"),
    ],
)
def test_days_are_taken_out(told: Told, said: str, left_out: str) -> None:
    without = "".join(f" not 2026-12-{day}" for day in left_out.split())
    assert told(f"Jeden Donnerstag um 16 Uhr. {said}") == THURSDAYS + without


@pytest.mark.parametrize(
    "words",
    [
        "außer in den Ferien",
        "nicht in den Schulferien",
        "in den Ferien findet kein Treffen statt",
        "in den Ferien geschlossen",
        "nur während der Schulzeit",
        "außerhalb der Schulferien",
        "außer feiertags und in den Ferien",
    ],
)
def test_school_holidays_are_taken_out_where_they_are_known(words: str) -> None:
    parts = (TextPart("content", f"Jeden Dienstag um 18 Uhr, {words}."),)
    reading = read_prose(parts, PUBLISHED, ZONE, "de", BREAKS)
    assert reading.series is not None and reading.series.unread == ""
    assert " not 2026-12-29 not 2027-01-05 not 2027-03-23 not 2027-03-30 not 2027-07-13" in written(reading)


def test_only_the_holidays_that_are_named_are_taken_out() -> None:
    parts = (TextPart("content", "Jeden Dienstag um 18 Uhr, außer in den Osterferien."),)
    reading = read_prose(parts, PUBLISHED, ZONE, "de", BREAKS)
    assert written(reading).endswith("18:00 not 2027-03-23 not 2027-03-30")


@pytest.mark.parametrize("known", [(), BREAKS[:1]], ids=["none known", "known for a month only"])
def test_where_school_holidays_are_not_known_the_words_are_kept(known: tuple[SchoolHoliday, ...]) -> None:
    parts = (TextPart("content", "Jeden Dienstag um 18 Uhr, außer in den Ferien."),)
    reading = read_prose(parts, PUBLISHED, ZONE, "de", known)
    assert reading.series is not None and reading.series.unread == "außer in den Ferien"


@pytest.mark.parametrize("text", ["Jeden Dienstag in den Ferien um 10 Uhr", "In den Sommerferien dienstags 10 Uhr"])
def test_what_takes_place_in_the_holidays_only_is_no_endless_series(told: Told, text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Ab Dienstag, 12. Januar, immer dienstags um 18 Uhr, insgesamt 6 Termine.", 6, id="in all"),
        pytest.param("Der Kurs läuft dienstags um 18 Uhr ab dem 12. Januar (6x).", 6, id="times"),
        pytest.param("Dienstags 18 Uhr, insgesamt 6 mal, Beginn 12. Januar", 6, id="mal"),
        pytest.param("Der Kurs geht über acht Wochen, immer dienstags 18 Uhr, Start am 12. Januar.", 8, id="weeks"),
        pytest.param("Acht Wochen lang jeden Dienstag um 18 Uhr, ab 12. Januar", 8, id="weeks long"),
        pytest.param("Kurs 8x wöchentlich dienstags, 18 Uhr, ab 12. Januar", 0, id="a number of something else"),
        pytest.param("Dienstags 18 Uhr ab 12. Januar, 2 x 45 Minuten", 0, id="lessons of an evening"),
    ],
)
def test_how_often_is_counted(told: Told, text: str, count: int) -> None:
    counted = f";COUNT={count}" if count else ""
    assert told(text) == f"FREQ=WEEKLY;BYDAY=TU{counted} @ 2027-01-12 18:00"


def test_days_left_out_do_not_use_up_the_count(told: Told) -> None:
    text = "Acht Dienstage ab 12. Januar, 18 Uhr (nicht am 2.2. und 9.2.)"
    assert told(text) == "FREQ=WEEKLY;BYDAY=TU;COUNT=10 @ 2027-01-12 18:00 not 2027-02-02 not 2027-02-09"


def test_two_beginnings_a_day_are_two_hours_of_one_rule(told: Told) -> None:
    assert told("Jeden Samstag um 15 und 17 Uhr") == "FREQ=WEEKLY;BYDAY=SA;BYHOUR=15,17 @ 2026-11-21 15:00"
    text = "An drei Samstagen ab 9. Januar um 15 und 17 Uhr, nicht am 16. Januar"
    without = " not 2027-01-16 not 2027-01-16"
    assert told(text) == "FREQ=WEEKLY;BYDAY=SA;BYHOUR=15,17;COUNT=8 @ 2027-01-09 15:00" + without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Der Stammtisch fällt am 24. Dezember aus. Sonst jeden Donnerstag um 19 Uhr.", "", id="falls out"),
        pytest.param(
            "Fr. 16 Uhr offene Werkstatt: freitags 16-19 Uhr, an Feiertagen geschlossen",
            "FREQ=WEEKLY;BYDAY=FR @ 2026-11-20 16:00-19:00 not 2026-12-25 not 2027-01-01 not 2027-03-26",
            id="public holidays",
        ),
        pytest.param(
            "Flohmarkt jeden ersten Samstag (außer Januar) 9–14 Uhr",
            "FREQ=MONTHLY;BYMONTH=2,3,4,5,6,7,8,9,10,11,12;BYDAY=1SA @ 2026-12-05 09:00-14:00",
            id="a month",
        ),
        pytest.param(
            "Donnerstags 18 Uhr. Letzter Termin: 17. Dezember.",
            "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261217 @ 2026-11-26 18:00",
            id="the last date",
        ),
        pytest.param("Jeden letzten Mittwoch! Am 25. November, 20 Uhr.", "2026-11-25 20:00", id="no last date"),
    ],
)
def test_dates_beside_a_rule_say_what_it_leaves_out(told: Told, text: str, expected: str) -> None:
    assert told(text).endswith(expected) if expected else told(text) == ""


def test_a_range_with_weekdays_takes_place_on_these_only(told: Told) -> None:
    days = told("Ausstellung 5.–9. Dezember, Di–So 14–18 Uhr").split(" + ")
    assert [day[8:10] for day in days] == ["05", "06", "08", "09"]


def test_times_with_minutes_may_be_divided_by_a_slash(told: Told) -> None:
    assert told("Kino: So., 6.12., 11.00/15.00 Uhr") == "2026-12-06 11:00 + 2026-12-06 15:00"
