"""Ranges, lists and nights."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("12.–14. Juni: Sommerlager", "2027-06-12 to 2027-06-14", id="dash"),
        pytest.param("Vom 3. bis 5. März tagt das Forum.", "2027-03-03 to 2027-03-05", id="vom bis"),
        pytest.param("Vom 3. bis zum 5. März tagt das Forum.", "2027-03-03 to 2027-03-05", id="bis zum"),
        pytest.param("30. Dez. 2026 bis 2. Jan. 2027: Skifreizeit", "2026-12-30 to 2027-01-02", id="turn of the year"),
        pytest.param("28.12.–3.1. Winterakademie", "2026-12-28 to 2027-01-03", id="turn of the year without years"),
        pytest.param("12.-14.06.2027 Barcamp", "2027-06-12 to 2027-06-14", id="numeric"),
        pytest.param("04.06.2027 – 06.06.2027", "2027-06-04 to 2027-06-06", id="both in full"),
        pytest.param("Fr 4. bis So 6. Juni: Zeltlager", "2027-06-04 to 2027-06-06", id="short weekdays"),
        pytest.param("Von Freitag, 4., bis Sonntag, 6. Juni", "2027-06-04 to 2027-06-06", id="commas inside"),
        pytest.param(
            "Freitag bis Sonntag, 4. bis 6. Juni: Probenfahrt", "2027-06-04 to 2027-06-06", id="weekdays first"
        ),
        pytest.param("Fr.–So., 4.–6. Juni, Jugendherberge", "2027-06-04 to 2027-06-06", id="short weekdays first"),
        pytest.param(
            "Freitag, 4. Juni, 18 Uhr bis Sonntag, 6. Juni, 14 Uhr",
            "2027-06-04 18:00 to 2027-06-06 14:00",
            id="hours at both ends",
        ),
        pytest.param("Sa 5.12., 22 Uhr bis So 6.12., 5 Uhr", "2026-12-05 22:00-05:00", id="one night with both dates"),
        pytest.param(
            "Vom 7. bis 9. Dezember, jeweils 10 bis 16 Uhr",
            "2026-12-07 10:00-16:00 + 2026-12-08 10:00-16:00 + 2026-12-09 10:00-16:00",
            id="hours of each day",
        ),
        pytest.param(
            "Das Fest vom 4. bis 6. Juni beginnt um 18 Uhr.",
            "2027-06-04 18:00 to 2027-06-07 00:00",
            id="beginning of several days",
        ),
        pytest.param("Fr 4. bis Sa 6. Juni", "", id="a weekday that conflicts"),
    ],
)
def test_a_range_is_one_event_or_one_each_day(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Am 5. und 6. Dezember, jeweils 11 bis 17 Uhr",
            "2026-12-05 11:00-17:00 + 2026-12-06 11:00-17:00",
            id="weekend",
        ),
        pytest.param("Sa/So 5./6. Dezember, 11 Uhr", "2026-12-05 11:00 + 2026-12-06 11:00", id="slashes"),
        pytest.param("Samstag und Sonntag, 5. und 6. Dezember", "2026-12-05 + 2026-12-06", id="weekdays first"),
        pytest.param(
            "am 3., 10. und 17. März um 19 Uhr",
            "2027-03-03 19:00 + 2027-03-10 19:00 + 2027-03-17 19:00",
            id="three evenings",
        ),
        pytest.param(
            "3.3., 10.3. und 17.3., 19 Uhr", "2027-03-03 19:00 + 2027-03-10 19:00 + 2027-03-17 19:00", id="numeric list"
        ),
        pytest.param(
            "Mi 3.3., Do 4.3. sowie Mi 10.3., je 18 Uhr",
            "2027-03-03 18:00 + 2027-03-04 18:00 + 2027-03-10 18:00",
            id="weekdays in the list",
        ),
        pytest.param(
            "Samstag, 5. Dezember, 19 Uhr, und Sonntag, 6. Dezember, 17 Uhr",
            "2026-12-05 19:00 + 2026-12-06 17:00",
            id="own times",
        ),
        pytest.param(
            "Termine:\n- 3. März, 19 Uhr: Boden\n- 10. März, 18 Uhr: Wasser\n- 17. März: Luft",
            "2027-03-03 19:00 + 2027-03-10 18:00 + 2027-03-17 19:00",
            id="lines",
        ),
        pytest.param(
            "Premiere am Freitag, 4. Dezember, 20 Uhr. Weitere Vorstellungen am 5. und 11. Dezember.",
            "2026-12-04 20:00 + 2026-12-05 20:00 + 2026-12-11 20:00",
            id="further dates",
        ),
        pytest.param(
            "28. Dezember und 4. Januar, 15 Uhr", "2026-12-28 15:00 + 2027-01-04 15:00", id="turn of the year"
        ),
        pytest.param("Am 5. oder 6. Dezember, mal sehen", "", id="one or the other"),
    ],
)
def test_a_list_is_several_occurrences(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "In der Nacht vom 5. auf den 6. Dezember (Samstag/Sonntag), los um 22 Uhr", "2026-12-05 22:00", id="night"
        ),
        pytest.param("Am Sonntag um 5 Uhr früh (6.12.)", "2026-12-06 05:00", id="weekday apart from its date"),
        pytest.param("Die Lesung wird vom 4. auf den 11. Dezember verschoben, 19 Uhr", "2026-12-11 19:00", id="moved"),
        pytest.param("Nicht am 4. Dezember, sondern am 11. Dezember um 19 Uhr", "2026-12-11 19:00", id="not but"),
        pytest.param("Am 11. Dezember um 19 Uhr statt am 4. Dezember", "2026-12-11 19:00", id="instead of"),
        pytest.param(
            "Das ursprünglich für den 4. Dezember geplante Konzert ist am 11. Dezember, 19 Uhr",
            "2026-12-11 19:00",
            id="originally",
        ),
        pytest.param(
            "Die Feier findet statt am Freitag, 4. Dezember, 19 Uhr", "2026-12-04 19:00", id="statt is a verb here"
        ),
    ],
)
def test_nights_and_moved_dates(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_range_that_runs_backwards_is_not_believed(told: Told) -> None:
    assert told("Vom 6. Juni 2027, 10 Uhr, bis 4. Juni 2027, 12 Uhr") == ""
