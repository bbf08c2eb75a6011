"""One date, one time: how newspapers, parishes, clubs and venues write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Am Samstag, 5. Dezember 2026 um 18:30 Uhr im Gasometer", "2026-12-05 18:30", id="in full"),
        pytest.param("Do, 3.12., 19 Uhr", "2026-12-03 19:00", id="short as on a poster"),
        pytest.param("Sa 5.12.26 20h, Hinterhof", "2026-12-05 20:00", id="two-digit year and h"),
        pytest.param("Sa, 05.12.2026, 20:15 Uhr", "2026-12-05 20:15", id="numeric with zeros"),
        pytest.param("05.12.2026 20:15", "2026-12-05 20:15", id="numbers only"),
        pytest.param("2026-12-05 20:15 Lesung", "2026-12-05 20:15", id="ISO"),
        pytest.param("Treff: 2026-12-05T20:15", "2026-12-05 20:15", id="ISO with T"),
        pytest.param("Sa 5.12 20.15 Uhr", "2026-12-05 20:15", id="no last dot"),
        pytest.param("am 5.12 um 20", "2026-12-05 20:00", id="bare hour behind um"),
        pytest.param("Sa. 5. Dez. ab 11 Uhr", "2026-12-05 11:00", id="abbreviated month"),
        pytest.param("Sonnabend, den 5. Dezember, 15.00 Uhr", "2026-12-05 15:00", id="Sonnabend"),
        pytest.param("Donnerstag, dem 3. Dezember, um 15 Uhr", "2026-12-03 15:00", id="dative article"),
        pytest.param("am Samstag (5. Dezember) um 20 Uhr", "2026-12-05 20:00", id="date in brackets"),
        pytest.param("Am 5. Dezember (Samstag) um 20 Uhr", "2026-12-05 20:00", id="weekday in brackets"),
        pytest.param("Am 5.12. (Sa) 20 Uhr", "2026-12-05 20:00", id="short weekday in brackets"),
        pytest.param("Am 5. Dezember, einem Samstag, um 20 Uhr", "2026-12-05 20:00", id="weekday told later"),
        pytest.param("5. 12. 2026, 20 Uhr", "2026-12-05 20:00", id="blanks between the numbers"),
        pytest.param("Sa 5/12 20h Soli-Kneipe", "2026-12-05 20:00", id="slash as in zines"),
        pytest.param("5/12/2026, 20 Uhr", "2026-12-05 20:00", id="slashes with year"),
        pytest.param("Mittwoch 9 Dezember 19:00 Kiez-Küche", "2026-12-09 19:00", id="Gancio writes no dot"),
        pytest.param("Samstagabend, 5. Dezember, 20 Uhr", "2026-12-05 20:00", id="weekday with part of the day"),
        pytest.param("Um 19.30 Uhr am Freitag, 4. Dezember", "2026-12-04 19:30", id="time before date"),
        pytest.param("19.30 Uhr, Freitag, 4.12.: Werkstattkonzert", "2026-12-04 19:30", id="time leads"),
        pytest.param("Freitag, 4. Dezember: 19.30 Uhr", "2026-12-04 19:30", id="colon between"),
        pytest.param("Freitag | 4. Dezember | 19.30 Uhr", "2026-12-04 19:30", id="bars between"),
        pytest.param("Fr, 4. Dez., 19.30", "2026-12-04 19:30", id="dotted time without Uhr"),
        pytest.param("Freitag, 4. Dezember 2026, 19 Uhr c.t., Hörsaal 3", "2026-12-04 19:15", id="academic quarter"),
        pytest.param("Am ersten Samstag im Mai um 10 Uhr", "2027-05-01 10:00", id="first Saturday of a month"),
        pytest.param("Am letzten Sonntag im Januar 2027, 15 Uhr", "2027-01-31 15:00", id="last Sunday with year"),
        pytest.param("am Freitag, dem dritten Dezember", "", id="weekday that does not fit"),
        pytest.param("am Donnerstag, dem dritten Dezember", "2026-12-03", id="ordinal in words"),
        pytest.param("Am 16. Jänner um 19 Uhr", "2027-01-16 19:00", id="Austrian January"),
        pytest.param("Sa. 13. Maerz 2027, 19 Uhr", "2027-03-13 19:00", id="umlaut written out"),
        pytest.param("SAMSTAG, 5. DEZEMBER, 20 UHR", "2026-12-05 20:00", id="capitals"),
        pytest.param("samstag, 5. dezember, 20 uhr", "2026-12-05 20:00", id="small letters"),
        pytest.param("Am Samstag, 5. Dezember, feiern wir.", "2026-12-05", id="no time is all day"),
        pytest.param("Samstag,\n5. Dezember,\n20 Uhr", "2026-12-05 20:00", id="broken after commas"),
        pytest.param("Samstag, 5. Dezember\n20 Uhr\nBürgerhaus", "2026-12-05 20:00", id="time on its own line"),
        pytest.param("Datum: 5. Dezember 2026\nUhrzeit: 19:00 – 21:00\nOrt: Aula", "2026-12-05 19:00-21:00", id="form"),
        pytest.param("Wann? Sa, 5.12., 14-17 Uhr\nWo? Turnhalle", "2026-12-05 14:00-17:00", id="questions"),
        pytest.param("Am 5.12.’26 um 20 Uhr", "2026-12-05 20:00", id="apostrophe year is ignored"),
        pytest.param("Am 29. Februar 2028, 19 Uhr", "2028-02-29 19:00", id="leap day"),
        pytest.param("Am 29. Februar, 19 Uhr", "", id="leap day that does not come"),
        pytest.param("Am 31. April, 19 Uhr", "", id="a day that never comes"),
    ],
)
def test_a_date_is_read(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param("Am 8. Januar um 19 Uhr", date(2026, 12, 20), "2027-01-08 19:00", id="over the turn of the year"),
        pytest.param("Am 3. September um 19 Uhr", date(2026, 11, 20), "2027-09-03 19:00", id="far ahead"),
        pytest.param("Am 20. Oktober um 19 Uhr", date(2026, 11, 20), "", id="a month ago is a report"),
        pytest.param("Am Freitag, 1. Oktober, 19 Uhr", date(2026, 11, 20), "2027-10-01 19:00", id="weekday decides"),
        pytest.param("Am Freitag, 20. November, 19 Uhr", date(2026, 11, 20), "2026-11-20 19:00", id="today"),
        pytest.param("Am Samstag, 6. Dezember, 19 Uhr", date(2026, 11, 20), "", id="weekday of last year"),
        pytest.param("Am Samstag, 5. Dezember, 19 Uhr", None, "", id="no own date, no year"),
        pytest.param("Am Samstag, 5. Dezember 2026, 19 Uhr", None, "2026-12-05 19:00", id="year is written"),
        pytest.param("Am Freitag, 5. Dezember 2026, 19 Uhr", date(2026, 11, 20), "", id="year and weekday disagree"),
    ],
)
def test_the_year_comes_from_the_items_own_date(told: Told, text: str, published: date | None, expected: str) -> None:
    assert told(text, published=published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Heiligabend um 16 Uhr: Krippenspiel", "2026-12-24 16:00", id="Christmas Eve"),
        pytest.param("Am 1. Advent um 17 Uhr singt der Kirchenchor.", "2026-11-29 17:00", id="first Advent"),
        pytest.param("Am dritten Advent, 17 Uhr", "2026-12-13 17:00", id="third Advent in words"),
        pytest.param("Am 2. Advent (6. Dezember) um 15 Uhr", "2026-12-06 15:00", id="Advent explained"),
        pytest.param("2. Weihnachtstag, 10 Uhr: Festgottesdienst", "2026-12-26 10:00", id="second Christmas day"),
        pytest.param("Am ersten Weihnachtsfeiertag um 10 Uhr", "2026-12-25 10:00", id="first Christmas day"),
        pytest.param("Silvester, 22 Uhr: Tanz ins neue Jahr", "2026-12-31 22:00", id="New Year's Eve"),
        pytest.param("Neujahr, 17 Uhr, Sektempfang", "2027-01-01 17:00", id="New Year"),
        pytest.param("Rosenmontag ab 14 Uhr Umzug", "2027-02-08 14:00", id="carnival"),
        pytest.param("Am Karfreitag um 15 Uhr", "2027-03-26 15:00", id="Good Friday"),
        pytest.param("Ostermontag, 11 Uhr, Eiersuche im Schlosspark", "2027-03-29 11:00", id="Easter Monday"),
        pytest.param("An Christi Himmelfahrt um 10.30 Uhr", "2027-05-06 10:30", id="Ascension"),
        pytest.param("Pfingstmontag, 17. Mai, 11 Uhr", "2027-05-17 11:00", id="Whit Monday with date"),
        pytest.param("Pfingstmontag, 18. Mai, 11 Uhr", "2027-05-18 11:00", id="the date counts before the name"),
        pytest.param("Kundgebung am Tag der Arbeit um 11 Uhr", "2027-05-01 11:00", id="May Day"),
        pytest.param("Am Buß- und Bettag um 19 Uhr", "", id="over by two days"),
        pytest.param("Am Volkstrauertag 2027 um 11 Uhr", "2027-11-14 11:00", id="Volkstrauertag with year"),
        pytest.param("Am Ewigkeitssonntag um 10 Uhr", "2026-11-22 10:00", id="last Sunday before Advent"),
        pytest.param("Am Muttertag um 15 Uhr", "2027-05-09 15:00", id="Mother's Day"),
        pytest.param("Am Nikolaustag um 16 Uhr kommt er.", "2026-12-06 16:00", id="Saint Nicholas"),
        pytest.param("Zum Tag der Menschenrechte erinnern wir an alle.", "", id="a theme is no day"),
        pytest.param("Weihnachten steht vor der Tür, Silvester auch.", "", id="feasts in passing"),
    ],
)
def test_a_holiday_is_a_date(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Saturday, 5 December 2026 at 7 pm", "2026-12-05 19:00", id="British"),
        pytest.param("December 5th, 2026, 7:30pm at the squat", "2026-12-05 19:30", id="American"),
        pytest.param(
            "Join us on Saturday the 5th of December from 6 to 9 pm", "2026-12-05 18:00-21:00", id="6 to 9 pm"
        ),
        pytest.param("Sat Dec 5, doors 7pm, show 8pm", "2026-12-05 20:00", id="doors and show"),
        pytest.param("Friday 4 December, 10 am – 2 pm", "2026-12-04 10:00-14:00", id="morning to afternoon"),
        pytest.param("On December 4 at half past seven", "2026-12-04 19:30", id="half past"),
        pytest.param("Meet us 4–6 June 2027", "2027-06-04 to 2027-06-06", id="span of days"),
        pytest.param("Register by 1 December. The talk is on 9 December, 6 p.m.", "2026-12-09 18:00", id="register by"),
        pytest.param("You may bring 5 friends", "", id="may is a verb"),
    ],
)
def test_english_is_read(told: Told, text: str, expected: str) -> None:
    assert told(text, language="en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Samedi 5 décembre à 18h30, soirée jeux", "2026-12-05 18:30", id="with 18h30"),
        pytest.param("le vendredi 4 décembre à 20 heures", "2026-12-04 20:00", id="heures"),
        pytest.param("du 12 au 14 juin 2027", "2027-06-12 to 2027-06-14", id="span of days"),
    ],
)
def test_some_french_is_read(told: Told, text: str, expected: str) -> None:
    assert told(text, language="fr") == expected
