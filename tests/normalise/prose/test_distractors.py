"""Dates that are not the event's: deadlines, the past, papers, openings, and what is named in passing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from aggregator.model.prose import BAR, ProseReading

Told = Callable[..., str]
Reading = Callable[..., ProseReading]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        pytest.param("Anmeldung bis 22. Februar an kurs@example.org", "2027-02-22", id="register until"),
        pytest.param("Bewerbungsschluss ist der 15. Januar 2027.", "2027-01-15", id="applications"),
        pytest.param("Einsendeschluss: Freitag, 15. Januar, 12 Uhr", "2027-01-15", id="with weekday and hour"),
        pytest.param("Bitte meldet euch bis spätestens 10.12. an.", "2026-12-10", id="at the latest"),
        pytest.param("Die Bewerbungsfrist endet am 31. Januar.", "2027-01-31", id="time limit"),
        pytest.param(
            "Redaktionsschluss für das nächste Heft ist am Montag, 7. Dezember.", "2026-12-07", id="parish letter"
        ),
        pytest.param("Der 15. Januar ist Abgabetermin.", "2027-01-15", id="word behind the date"),
        pytest.param("Apply by 15 January 2027.", "2027-01-15", id="English"),
        pytest.param("Frühbucherrabatt bis zum 1. Februar", "2027-02-01", id="early booking"),
    ],
)
def test_a_deadline_is_no_event(reading: Reading, text: str, due: str) -> None:
    read = reading(text)
    assert (read.certain, read.certain_series) == ((), None)
    assert [each.day.iso() for each in read.deadlines] == [due]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Seminar vom 29. bis 31. Januar. Anmeldung bis 15. Januar.", "2027-01-29 to 2027-01-31", id="after"
        ),
        pytest.param(
            "Anmeldeschluss ist der 1. Dezember. Der Kurs ist am Samstag, 12. Dezember, 10 Uhr.",
            "2026-12-12 10:00",
            id="before",
        ),
        pytest.param(
            "Samstag, 12. Dezember, 10 Uhr, Anmeldung bis zum 5. Dezember erbeten",
            "2026-12-12 10:00",
            id="same sentence",
        ),
        pytest.param(
            "Der Vorverkauf beginnt am Montag, 30. November, 10 Uhr. Das Konzert ist am Freitag, 18. Dezember, 20 Uhr.",
            "2026-12-18 20:00",
            id="ticket sale",
        ),
        pytest.param(
            "Karten gibt es ab 1. Dezember. Premiere: Freitag, 18. Dezember, 20 Uhr",
            "2026-12-18 20:00",
            id="tickets from",
        ),
    ],
)
def test_the_event_is_told_from_its_deadline(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Am 12. Mai fand unsere Versammlung statt.", id="took place"),
        pytest.param("Am 12. Mai war das Sommerfest.", id="was"),
        pytest.param("Am Samstag, 14. November, haben 40 Leute geholfen.", id="before the item"),
        pytest.param("Beim Turnier am vergangenen Sonntag, 15. November, siegte die U15.", id="last Sunday"),
        pytest.param("Die Dichterin, geboren am 3. Mai 1950 in Görlitz", id="born"),
        pytest.param("Der Verein besteht seit 1998.", id="since a year"),
        pytest.param("Wir erinnern an den 9. November 1938.", id="history"),
        pytest.param("Laut Beschluss vom 3. Dezember gilt das.", id="paper"),
        pytest.param("Stand: 1. Dezember 2026", id="as of"),
        pytest.param("Das Büro ist vom 21. Dezember bis 3. Januar geschlossen.", id="closed"),
        pytest.param("Die neue Satzung tritt am 1. Januar in Kraft.", id="law"),
        pytest.param("Zum 1. Februar suchen wir eine Köchin.", id="job"),
        pytest.param("Ab 1. Januar gelten neue Preise.", id="prices"),
        pytest.param("Die Ausstellung ist noch bis 31. Januar zu sehen.", id="only an end"),
        pytest.param("Wir suchen Leute für den Sommer 2027.", id="season"),
        pytest.param("Im März geht es weiter.", id="month"),
        pytest.param("Mitte Dezember wissen wir mehr.", id="middle of a month"),
        pytest.param("Spendenkonto DE12 3456 0000 1212 2026, Stichwort Winter", id="account"),
        pytest.param("Ruft an: 0551 / 12 12 20, werktags", id="telephone"),
        pytest.param("Version 3.12. ist da!", id="version"),
        pytest.param("Join us on Sunday for the dance!", id="weekday only"),
        pytest.param("", id="nothing"),
    ],
)
def test_nothing_is_made_of_other_dates(told: Told, text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param(
            "Sommerfest am 5. Juni", "Helfertreffen ist am Mittwoch, 2. Juni, 19 Uhr.", "2027-06-05", id="title wins"
        ),
        pytest.param(
            "5.12.: Markt der Ideen",
            "Am Samstag, 5. Dezember, von 11 bis 16 Uhr im Bürgersaal.",
            "2026-12-05 11:00-16:00",
            id="text completes the title",
        ),
        pytest.param(
            "Erinnern an den 9. November",
            "Wir treffen uns am Montag, 30. November, 18 Uhr.",
            "2026-11-30 18:00",
            id="a day as a name",
        ),
        pytest.param(
            "Mittwoch: Demo",
            "Am Mittwoch, 25. November, ziehen wir los. Beginn ist um 17 Uhr.",
            "2026-11-25 17:00",
            id="weekday in the title",
        ),
        pytest.param(
            "Aftershow", "Nach der Demo am 4. Dezember: ab 20 Uhr Konzert", "2026-12-04 20:00", id="that very day"
        ),
        pytest.param(
            "Lesung",
            "Am Freitag, 4. Dezember, 19 Uhr. Am 11. Dezember liest dann eine Kollegin.",
            "2026-12-04 19:00",
            id="lead before later dates",
        ),
        pytest.param("Plenum am 4. Dezember", "Um 19 Uhr im Vereinsheim.", "2026-12-04 19:00", id="time in the text"),
        pytest.param("Rückblick: Basar am 5. Dezember", "Schön war es.", "", id="looking back"),
        pytest.param(
            "ENTFÄLLT: Filmabend",
            "Der Film am Dienstag, 15. Dezember, um 20 Uhr muss ausfallen.",
            "2026-12-15 20:00",
            id="cancelled keeps its date",
        ),
    ],
)
def test_title_and_lead_come_first(told: Told, title: str, text: str, expected: str) -> None:
    assert told(text, title) == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        pytest.param("Heute um 20 Uhr in der Werkstatt", "2026-11-20T20:00:00+01:00", id="today"),
        pytest.param("Morgen, 20 Uhr, Kneipenquiz", "2026-11-21T20:00:00+01:00", id="tomorrow"),
        pytest.param("Nächsten Dienstag um 19 Uhr", "2026-11-24T19:00:00+01:00", id="next Tuesday"),
    ],
)
def test_relative_words_are_suggestions_only(reading: Reading, text: str, start: str) -> None:
    occurrence = reading(text).occurrences[0]
    assert occurrence.start.iso() == start
    assert occurrence.confidence < BAR


def test_a_conflicting_weekday_leaves_a_suggestion(reading: Reading) -> None:
    occurrence = reading("Am Freitag, 5. Dezember 2026, um 19 Uhr").occurrences[0]
    assert occurrence.start.iso() == "2026-12-05T19:00:00+01:00"
    assert occurrence.confidence < BAR


def test_the_evidence_is_the_matched_text(reading: Reading) -> None:
    occurrence = reading("Wir lesen am Freitag, 4. Dezember, um 19.30 Uhr im Turm.", "Lesung").certain[0]
    assert [(each.text, each.part) for each in occurrence.evidence] == [
        ("Freitag, 4. Dezember, um 19.30 Uhr", "content")
    ]


def test_an_item_may_be_older_than_its_year(told: Told) -> None:
    assert told("Am Montag, 9. November, 16 Uhr", published=date(2026, 11, 2)) == "2026-11-09 16:00"
