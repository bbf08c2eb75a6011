"""Times of day, doors and ends, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        pytest.param("19 Uhr", "19:00", id="full hour"),
        pytest.param("19 Uhr 30", "19:30", id="minutes behind Uhr"),
        pytest.param("19.30 Uhr", "19:30", id="dot"),
        pytest.param("19:30 h", "19:30", id="colon and h"),
        pytest.param("19h30", "19:30", id="h between"),
        pytest.param("um 19.30", "19:30", id="no Uhr"),
        pytest.param("ab 18 Uhr", "18:00", id="from"),
        pytest.param("gegen 18 Uhr", "18:00", id="about"),
        pytest.param("pünktlich um 9 Uhr", "09:00", id="morning"),
        pytest.param("7 Uhr abends", "19:00", id="seven in the evening"),
        pytest.param("um 8 Uhr in der Früh", "08:00", id="in der Früh"),
        pytest.param("um 3 Uhr nachmittags", "15:00", id="three in the afternoon"),
        pytest.param("um 4 Uhr früh", "04:00", id="four in the night"),
        pytest.param("um halb acht", "19:30", id="half to eight"),
        pytest.param("um halb zehn morgens", "09:30", id="half to ten in the morning"),
        pytest.param("um Viertel nach sieben abends", "19:15", id="quarter past"),
        pytest.param("um Viertel vor acht", "19:45", id="quarter to"),
        pytest.param("um viertel acht abends", "19:15", id="eastern quarter"),
        pytest.param("um dreiviertel acht abends", "19:45", id="three quarters"),
        pytest.param("um zehn vor sechs", "17:50", id="ten to six"),
        pytest.param("um fünf nach halb drei", "14:35", id="five past half"),
        pytest.param("um acht", "20:00", id="hour in words"),
        pytest.param("um sieben Uhr abends", "19:00", id="words with Uhr"),
        pytest.param("um zwölf Uhr mittags", "12:00", id="noon in words"),
        pytest.param("ab Mitternacht", "00:00", id="midnight"),
        pytest.param("von 10 bis 14 Uhr", "10:00-14:00", id="von bis"),
        pytest.param("10–14 Uhr", "10:00-14:00", id="dash"),
        pytest.param("10 - 14 h", "10:00-14:00", id="spaced dash and h"),
        pytest.param("19.30–21 Uhr", "19:30-21:00", id="dotted to full"),
        pytest.param("19:30–21:00", "19:30-21:00", id="colons"),
        pytest.param("10.30 bis 17 Uhr", "10:30-17:00", id="bis"),
        pytest.param("zwischen 11 und 16 Uhr", "11:00-16:00", id="between"),
        pytest.param("18 Uhr bis 22 Uhr", "18:00-22:00", id="Uhr twice"),
        pytest.param("ab 18 Uhr bis ca. 21 Uhr", "18:00-21:00", id="until about"),
        pytest.param("22 bis 4 Uhr", "22:00-04:00", id="over midnight"),
        pytest.param("20 bis 24 Uhr", "20:00-00:00", id="until midnight"),
        pytest.param("von halb acht bis neun", "19:30-21:00", id="span in words"),
    ],
)
def test_a_time_is_read(told: Told, time: str, expected: str) -> None:
    start = "2026-12-06 " if expected == "00:00" else "2026-12-05 "
    assert told(f"Am Samstag, 5. Dezember, {time}.") == start + expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Fr 4.12., Einlass 19 Uhr, Beginn 20 Uhr", "20:00", id="doors, beginning"),
        pytest.param("Fr 4.12., 19 Uhr Einlass, 20 Uhr Beginn", "20:00", id="cue behind"),
        pytest.param("Fr 4.12. Einlass: 19:00 Beginn: 20:00", "20:00", id="labels"),
        pytest.param("Fr 4.12., Doors: 19 h, Start: 20 h", "20:00", id="punk venue"),
        pytest.param("Fr 4.12., Türen 19h / los 20h", "20:00", id="slash"),
        pytest.param("Fr 4.12., Einlass 20 Uhr, Beginn, wenn genug da sind", "20:00", id="doors only"),
        pytest.param(
            "Freitag, 4. Dezember. Einlass ist ab 19 Uhr. Los geht’s um 20 Uhr.", "20:00", id="later sentences"
        ),
        pytest.param("Freitag, 4. Dezember, 20 Uhr (Einlass 19 Uhr)", "20:00", id="doors in brackets"),
        pytest.param("Freitag, 4. Dezember, 20 Uhr, Einlass eine Stunde vorher", "20:00", id="an hour before"),
        pytest.param(
            "Treffpunkt: Freitag, 4. Dezember, 9 Uhr Bahnhof, Start der Tour 10 Uhr", "10:00", id="meeting point"
        ),
        pytest.param("Freitag, 4. Dezember, Treffpunkt 9.45 Uhr am Rathaus", "09:45", id="meeting point only"),
        pytest.param("Freitag, 4. Dezember. Anpfiff ist um 20:30 Uhr, Kasse ab 19 Uhr.", "20:30", id="kick-off"),
        pytest.param("Am Freitag, 4. Dezember, spielen wir. Aufbau 15 Uhr, Beginn 20 Uhr.", "20:00", id="set-up"),
        pytest.param("Freitag, 4. Dezember, 20 Uhr, anschließend um 22 Uhr Disko", "20:00", id="afterwards"),
        pytest.param("Freitag, 4. Dezember, 18 Uhr, Ende gegen 21 Uhr", "18:00-21:00", id="end told"),
        pytest.param(
            "Freitag, 4. Dezember, ab 18 Uhr. Schluss ist um 22 Uhr.", "18:00-22:00", id="end in a later sentence"
        ),
        pytest.param(
            "Wir treffen uns am Freitag, 4. Dezember, um 18 Uhr im Büro um die Ecke", "18:00", id="a place in between"
        ),
        pytest.param("Am Freitag, 4. Dezember, tagt der Rat. Beginn ist um 17 Uhr.", "17:00", id="next sentence"),
        pytest.param(
            "Am Freitag, 4. Dezember, ist Basar. Geöffnet ist von 10 bis 13 Uhr.", "10:00-13:00", id="opened from"
        ),
        pytest.param(
            "Am Freitag, 4. Dezember, duftet es. Von 14 bis 18 Uhr wird verkauft, um 15 Uhr singt der Chor.",
            "14:00-18:00",
            id="programme inside",
        ),
        pytest.param(
            "Am Freitag, 4. Dezember, ist Basar. Das Büro ist telefonisch ab 9 Uhr erreichbar.", "", id="office hours"
        ),
    ],
)
def test_the_beginning_is_told_from_other_times(told: Told, text: str, expected: str) -> None:
    assert told(text) == f"2026-12-04 {expected}".strip()


def test_doors_are_kept_beside_the_beginning(reading: Callable[..., object]) -> None:
    occurrence = reading("Freitag, 4. Dezember, Einlass 19 Uhr, Beginn 20 Uhr").certain[0]  # type: ignore[attr-defined]
    assert occurrence.doors.wall.hour == 19


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Samstag, 5. Dezember, um 15 und 20 Uhr", "2026-12-05 15:00 + 2026-12-05 20:00", id="two shows"),
        pytest.param(
            "Sa 5.12., 11, 14 und 16 Uhr: Kasperle",
            "2026-12-05 11:00 + 2026-12-05 14:00 + 2026-12-05 16:00",
            id="numbers behind the date",
        ),
        pytest.param("Sa 5.12., Markt 11, 14 und 16 Uhr", "2026-12-05 16:00", id="numbers that may be houses"),
        pytest.param(
            "Samstag, 5. Dezember 2026, 15 & 17 Uhr", "2026-12-05 15:00 + 2026-12-05 17:00", id="a year first"
        ),
        pytest.param(
            "Sa 5.12., 15 Uhr, 17 Uhr und 19 Uhr",
            "2026-12-05 15:00 + 2026-12-05 17:00 + 2026-12-05 19:00",
            id="Uhr each time",
        ),
        pytest.param("Sa 5.12., 15 Uhr, 19 Uhr Disko", "2026-12-05 15:00", id="something else behind the comma"),
        pytest.param("Sa 5.12., 15 bzw. 17 Uhr", "2026-12-05 15:00 + 2026-12-05 17:00", id="bzw. with one day"),
        pytest.param("Sa 5.12., 15 oder 17 Uhr", "", id="one of two"),
        pytest.param(
            "Sa 5.12., 10–12 und 14–16 Uhr", "2026-12-05 10:00-12:00 + 2026-12-05 14:00-16:00", id="two spans"
        ),
        pytest.param(
            "Sa 5.12., 10 bis 12 Uhr und 14 bis 17 Uhr",
            "2026-12-05 10:00-12:00 + 2026-12-05 14:00-17:00",
            id="two whole spans",
        ),
        pytest.param(
            "Sa 5.12. jeweils um 11, 14 und 16 Uhr",
            "2026-12-05 11:00 + 2026-12-05 14:00 + 2026-12-05 16:00",
            id="three shows",
        ),
    ],
)
def test_several_beginnings_are_several_occurrences(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Eintritt 8–12 Euro am Samstag, 5. Dezember", id="price"),
        pytest.param("Für Kinder ab 6 Jahren am Samstag, 5. Dezember", id="age"),
        pytest.param("Für alle von 14 bis 24 Jahren am Samstag, 5. Dezember", id="ages"),
        pytest.param("F 2026, 92 Min., am Samstag, 5. Dezember", id="run time"),
        pytest.param("Gartenstraße 12, am Samstag, 5. Dezember", id="house number"),
        pytest.param("Tel. 0511 19 30 20, am Samstag, 5. Dezember", id="telephone"),
        pytest.param("Mit 10 % Rabatt am Samstag, 5. Dezember", id="percentage"),
        pytest.param("Raum 3.12, am Samstag, 5. Dezember", id="room"),
        pytest.param("Dauer 1:30 Std., am Samstag, 5. Dezember", id="duration"),
        pytest.param("Das Spiel endete 3:2; am Samstag, 5. Dezember", id="score"),
        pytest.param("Kinder ab vier, am Samstag, 5. Dezember", id="age in words"),
        pytest.param("Es ist fünf vor zwölf! Am Samstag, 5. Dezember", id="saying"),
        pytest.param("In KW 49, am Samstag, 5. Dezember", id="week number"),
        pytest.param("Spielzeit 2026/27, am Samstag, 5. Dezember", id="season"),
        pytest.param("Nur 5.12 Euro am Samstag, 5. Dezember", id="dotted price"),
        pytest.param("Der Film (1958) läuft am Samstag, 5. Dezember", id="year of a film"),
    ],
)
def test_other_numbers_are_no_times_and_no_dates(told: Told, text: str) -> None:
    assert told(text) == "2026-12-05"
