"""What is said to happen again and again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Jeden Mittwoch um 19 Uhr Volksküche", "FREQ=WEEKLY;BYDAY=WE @ 2026-11-25 19:00", id="each"),
        pytest.param("Dienstags ab 18 Uhr: offene Werkstatt", "FREQ=WEEKLY;BYDAY=TU @ 2026-11-24 18:00", id="adverb"),
        pytest.param(
            "Montags und donnerstags, 17–19 Uhr", "FREQ=WEEKLY;BYDAY=MO,TH @ 2026-11-23 17:00-19:00", id="two"
        ),
        pytest.param(
            "Wir treffen uns immer freitags um 20 Uhr.", "FREQ=WEEKLY;BYDAY=FR @ 2026-11-20 20:00", id="always"
        ),
        pytest.param("Jeden Montag und Mittwoch um 8 Uhr", "FREQ=WEEKLY;BYDAY=MO,WE @ 2026-11-23 08:00", id="each and"),
        pytest.param(
            "Am ersten Mittwoch jedes Monats um 15 Uhr", "FREQ=MONTHLY;BYDAY=1WE @ 2026-12-02 15:00", id="jedes"
        ),
        pytest.param("Jeden 2. Samstag im Monat, 14 Uhr", "FREQ=MONTHLY;BYDAY=2SA @ 2026-12-12 14:00", id="second"),
        pytest.param(
            "An jedem ersten Donnerstag im Monat ab 15 Uhr", "FREQ=MONTHLY;BYDAY=1TH @ 2026-12-03 15:00", id="first"
        ),
        pytest.param("Am letzten Freitag des Monats, 20 Uhr", "FREQ=MONTHLY;BYDAY=-1FR @ 2026-11-27 20:00", id="last"),
        pytest.param(
            "Jeden ersten Montag um 19 Uhr Plenum", "FREQ=MONTHLY;BYDAY=1MO @ 2026-12-07 19:00", id="first, no month"
        ),
        pytest.param(
            "Jeden 1. und 3. Dienstag im Monat um 18 Uhr",
            "FREQ=MONTHLY;BYDAY=1TU,3TU @ 2026-12-01 18:00",
            id="first and third",
        ),
        pytest.param(
            "Am dritten Mittwoch eines jeden Monats, 19 Uhr", "FREQ=MONTHLY;BYDAY=3WE @ 2026-12-16 19:00", id="eines"
        ),
        pytest.param("Monatlich am ersten Sonntag, 11 Uhr", "FREQ=MONTHLY;BYDAY=1SU @ 2026-12-06 11:00", id="monthly"),
        pytest.param(
            "Jeden 15. im Monat um 18 Uhr", "FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-12-15 18:00", id="day of the month"
        ),
        pytest.param(
            "Alle zwei Wochen dienstags um 19 Uhr, das nächste Mal am 1. Dezember",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-12-01 19:00",
            id="every two weeks",
        ),
        pytest.param(
            "Donnerstags, 14-tägig, 19 Uhr, ab 3. Dezember",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH @ 2026-12-03 19:00",
            id="fortnightly",
        ),
        pytest.param(
            "Jede Woche am Mittwoch, 18 Uhr: Lauftreff", "FREQ=WEEKLY;BYDAY=WE @ 2026-11-25 18:00", id="each week"
        ),
        pytest.param(
            "Täglich um 17 Uhr vom 1. bis 23. Dezember", "FREQ=DAILY;UNTIL=20261223 @ 2026-12-01 17:00", id="daily"
        ),
        pytest.param(
            "Fridays for Future ruft für Freitag, 27. November, 12 Uhr, auf den Markt.", "2026-11-27 12:00", id="a name"
        ),
        pytest.param("Every Wednesday at 7 pm", "FREQ=WEEKLY;BYDAY=WE @ 2026-11-25 19:00", id="English"),
        pytest.param(
            "First Thursday of the month, 6 pm", "FREQ=MONTHLY;BYDAY=1TH @ 2026-12-03 18:00", id="English month"
        ),
        pytest.param("Tous les mercredis à 19h", "FREQ=WEEKLY;BYDAY=WE @ 2026-11-25 19:00", id="French"),
    ],
)
def test_a_repetition_is_a_series(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ab dem 2. Dezember kochen wir jeden Mittwoch um 19 Uhr.",
            "FREQ=WEEKLY;BYDAY=WE @ 2026-12-02 19:00",
            id="from a date that fits",
        ),
        pytest.param(
            "Ab 1. Dezember jeden Mittwoch um 19 Uhr",
            "FREQ=WEEKLY;BYDAY=WE @ 2026-12-02 19:00",
            id="from the day before",
        ),
        pytest.param(
            "Jeden Dienstag um 18 Uhr. Start der Reihe ist der 8. Dezember.",
            "FREQ=WEEKLY;BYDAY=TU @ 2026-12-08 18:00",
            id="start told later",
        ),
        pytest.param(
            "Von April bis Ende Juni jeden Dienstag um 18 Uhr. Los geht es am 6. April.",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630 @ 2027-04-06 18:00",
            id="season with start",
        ),
        pytest.param(
            "Von April bis Oktober findet jeden Sonntag um 15 Uhr eine Führung statt.",
            "FREQ=WEEKLY;BYDAY=SU;UNTIL=20271031 @ 2027-04-04 15:00",
            id="season without start",
        ),
        pytest.param(
            "Jeden Freitag um 16 Uhr bis 18. Dezember",
            "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218 @ 2026-11-20 16:00",
            id="until",
        ),
        pytest.param(
            "Vom 2. März bis 25. Mai jeden Dienstag, 20–21.30 Uhr",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270525 @ 2027-03-02 20:00-21:30",
            id="range of dates",
        ),
        pytest.param(
            "An fünf Sonnabenden ab 6. Februar um 10 Uhr",
            "FREQ=WEEKLY;BYDAY=SA;COUNT=5 @ 2027-02-06 10:00",
            id="five times",
        ),
        pytest.param(
            "Yogakurs: 8x mittwochs ab 3. März, 18–19.30 Uhr",
            "FREQ=WEEKLY;BYDAY=WE;COUNT=8 @ 2027-03-03 18:00-19:30",
            id="eight times",
        ),
        pytest.param(
            "Der Kurs beginnt am Dienstag, 2. März, um 19 Uhr und umfasst sechs Abende.",
            "FREQ=WEEKLY;BYDAY=TU;COUNT=6 @ 2027-03-02 19:00",
            id="six evenings",
        ),
        pytest.param(
            "Jeden Donnerstag um 18 Uhr, außer am 24. Dezember",
            "FREQ=WEEKLY;BYDAY=TH @ 2026-11-26 18:00 not 2026-12-24",
            id="except a day",
        ),
        pytest.param(
            "Jeden Donnerstag um 18 Uhr. Am 24. und 31. Dezember fällt das Treffen aus.",
            "FREQ=WEEKLY;BYDAY=TH @ 2026-11-26 18:00 not 2026-12-24 not 2026-12-31",
            id="days it falls out",
        ),
        pytest.param(
            "Jeden Montag um 18 Uhr, außer im August",
            "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=MO @ 2026-11-23 18:00",
            id="except a month",
        ),
        pytest.param(
            "Jeden Dienstag um 17 Uhr, außer in den Ferien",
            "FREQ=WEEKLY;BYDAY=TU @ 2026-11-24 17:00",
            id="school holidays",
        ),
        pytest.param(
            "Seit dem 2. November singen wir jeden Montag um 19 Uhr.",
            "FREQ=WEEKLY;BYDAY=MO @ 2026-11-02 19:00",
            id="since",
        ),
        pytest.param(
            "Jeden zweiten Samstag, das nächste Mal am 5. Dezember, 10 Uhr",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA @ 2026-12-05 10:00",
            id="every other, start told",
        ),
        pytest.param("Jeden zweiten Samstag um 10 Uhr", "", id="every other or second of the month?"),
    ],
)
def test_bounds_and_exceptions_of_a_series(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param(
            "Küche für alle – jeden Mittwoch",
            "Ab dem 2. Dezember, 19 Uhr",
            "FREQ=WEEKLY;BYDAY=WE @ 2026-12-02 19:00",
            id="rule in the title",
        ),
        pytest.param(
            "Samstags Orgelmusik",
            "Um 11 Uhr eine halbe Stunde Musik.",
            "FREQ=WEEKLY;BYDAY=SA @ 2026-11-21 11:00",
            id="adverb in the title",
        ),
        pytest.param(
            "Jeden zweiten Samstag: Reparieren",
            "Jeden zweiten Samstag im Monat, 14 bis 17 Uhr.",
            "FREQ=MONTHLY;BYDAY=2SA @ 2026-12-12 14:00-17:00",
            id="the text makes the title plain",
        ),
        pytest.param(
            "Nähen lernen an vier Dienstagen",
            "Der Kurs beginnt am Dienstag, 1. Dezember, um 18 Uhr.",
            "FREQ=WEEKLY;BYDAY=TU;COUNT=4 @ 2026-12-01 18:00",
            id="counted in the title",
        ),
        pytest.param(
            "Konzert",
            "Am Samstag, 5. Dezember, 20 Uhr. Unser Plenum ist übrigens jeden Mittwoch um 19 Uhr.",
            "2026-12-05 20:00",
            id="another thing repeats",
        ),
        pytest.param(
            "Kneipenabend",
            "Wie jeden ersten Freitag im Monat sehen wir uns am 4. Dezember um 20 Uhr.",
            "2026-12-04 20:00",
            id="only the habit",
        ),
        pytest.param(
            "Chorprobe",
            "Sonst proben wir montags, diesmal am Dienstag, 1. Dezember, 19 Uhr.",
            "2026-12-01 19:00",
            id="this time another day",
        ),
        pytest.param(
            "Ausstellung",
            "Vom 5. Dezember bis 31. Januar. Geöffnet dienstags bis sonntags 11–18 Uhr.",
            "2026-12-05 to 2027-01-31",
            id="opening hours are no series",
        ),
        pytest.param("Neues vom Verein", "Das Büro ist dienstags von 10 bis 12 Uhr besetzt.", "", id="office hours"),
        pytest.param(
            "Jugendtreff",
            "Es gibt drei Termine: 1., 8. und 15. Dezember, 17 Uhr.",
            "2026-12-01 17:00 + 2026-12-08 17:00 + 2026-12-15 17:00",
            id="counted and listed",
        ),
    ],
)
def test_series_or_single_date(told: Told, title: str, text: str, expected: str) -> None:
    assert told(text, title) == expected


def test_exceptions_that_nobody_can_date_are_kept_in_words(reading: Callable[..., object]) -> None:
    series = reading("Jeden Dienstag um 17 Uhr, außer in den Ferien").series  # type: ignore[attr-defined]
    assert series.unread == "außer in den Ferien"


def test_public_holidays_are_left_out_when_the_text_says_so(told: Told) -> None:
    text = told("Jeden Montag um 18 Uhr, außer an Feiertagen")
    assert "not 2027-03-29 not 2027-05-17" in text
