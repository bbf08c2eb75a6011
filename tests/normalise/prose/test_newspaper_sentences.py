"""Ordinary sentences of newspapers and newsletters whose words beside the date say something else elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param(
            "Bilder aus Lappland",
            "Ein Vortrag am Freitag, 4. Dezember, 19 Uhr, im Turm.",
            "2026-12-04 19:00",
            id="bilder",
        ),
        pytest.param(
            "Dank an alle", "Zum Essen sind am Freitag, 4. Dezember, ab 18 Uhr alle da.", "2026-12-04 18:00", id="dank"
        ),
        pytest.param(
            "Nachlese zur Freizeit",
            "Wiedersehen: Freitag, 4. Dezember, 18.30 Uhr.",
            "2026-12-04 18:30",
            id="in the lead",
        ),
        pytest.param(
            "Fotos malen mit Licht",
            "Jeden Mittwoch um 16 Uhr in der Werkstatt.",
            "FREQ=WEEKLY;BYDAY=WE @ 2026-11-25 16:00",
            id="every week",
        ),
        pytest.param("Nachlese", "Schön war es! Wieder am Freitag, 4. Dezember, 18 Uhr.", "", id="at the end"),
        pytest.param("Fotos vom Basar", "Am Samstag, 14. November, 10 Uhr, kamen 80 Leute.", "", id="over"),
        pytest.param("Fotos vom Basar", "Der nächste ist am 4. Dezember um 18 Uhr.", "", id="no weekday"),
    ],
)
def test_a_title_that_may_look_back_is_overruled_by_a_full_invitation(
    told: Told, title: str, text: str, expected: str
) -> None:
    assert told(text, title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Samstag auf Sonntag, 5./6. Dezember. Ab 22 Uhr.", "2026-12-05 22:00", id="both days"),
        pytest.param("Sa. auf So., 5./6.12., 22 Uhr", "2026-12-05 22:00", id="short"),
        pytest.param("Von Samstag auf Sonntag, 5. auf 6. Dezember, ab 22 Uhr", "2026-12-05 22:00", id="auf twice"),
        pytest.param("Nacht von Samstag auf Sonntag, 6. Dezember, ab 22 Uhr", "2026-12-05 22:00", id="second day"),
        pytest.param("Nacht von Samstag auf Sonntag, 5. Dezember, ab 22 Uhr", "2026-12-05 22:00", id="first day"),
        pytest.param("Nacht von Samstag, 5., auf Sonntag, 6. Dezember, 22 Uhr", "2026-12-05 22:00", id="each its day"),
        pytest.param("Nacht vom Samstag (5. Dezember) auf Sonntag ab 22 Uhr", "2026-12-05 22:00", id="brackets"),
        pytest.param("In der Nacht zum Sonntag, 6. Dezember, ab 22 Uhr", "2026-12-05 22:00", id="towards a day"),
        pytest.param("In der Nacht zum Sonntag, 6. Dezember, um 2 Uhr", "2026-12-06 02:00", id="towards its morning"),
        pytest.param("Vom 5. auf den 6. Dezember übernachten wir, ab 17 Uhr.", "2026-12-05 17:00", id="stay overnight"),
        pytest.param("In der Nacht vom 5. auf den 6. Dezember um 2 Uhr", "2026-12-06 02:00", id="small hours"),
        pytest.param("Von Freitag auf Samstag, 5. Dezember, 15 Uhr, verlegt", "2026-12-05 15:00", id="moved"),
        pytest.param(
            "Verschoben von Freitag, 4. Dezember, auf Samstag, 5. Dezember, 15 Uhr",
            "2026-12-05 15:00",
            id="moved dates",
        ),
    ],
)
def test_a_night_begins_on_its_first_day(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wer früher kommt (17.30 Uhr), schält Kartoffeln.", "", id="earlier"),
        pytest.param("Wer früher kommt, schält ab 17.30 Uhr. Essen ist um 19 Uhr.", "19:00", id="earlier first"),
        pytest.param("Wer beim Aufbau hilft, kommt um 15 Uhr.", "", id="set-up"),
        pytest.param("Wer helfen will, kommt um 10 Uhr.", "10:00", id="help is all there is"),
        pytest.param("Wer helfen will, kommt um 10 Uhr. Los geht es um 20 Uhr.", "20:00", id="help before"),
        pytest.param("Alle sind schon ab 17 Uhr eingeladen.", "17:00", id="all of them"),
        pytest.param("Die Tür ist ab 19.30 Uhr offen, der Film läuft um 20 Uhr.", "20:00", id="door"),
        pytest.param("Tag der offenen Tür um 10 Uhr, um 11 Uhr singt der Chor.", "10:00", id="open door"),
        pytest.param("Familien dürfen schon um 13.30 Uhr herein, alle anderen um 14 Uhr.", "14:00", id="some earlier"),
        pytest.param("Der Markt beginnt schon um 10 Uhr, die Tombola um 15 Uhr.", "10:00", id="already"),
        pytest.param("Die Probe beginnt eine Stunde früher um 17 Uhr.", "17:00", id="it begins earlier"),
    ],
)
def test_who_comes_early_is_not_the_beginning(told: Told, text: str, expected: str) -> None:
    assert told(f"Am Freitag, 4. Dezember, kommen wir zusammen. {text}") == f"2026-12-04 {expected}".strip()


def test_another_word_for_the_rule_keeps_its_hour(told: Told) -> None:
    text = "Ab Mittwoch, 2. Dezember, wird jede Woche um 19.30 Uhr gekocht. Wer früher kommt (17.30 Uhr), schnippelt."
    assert told(text, "Jeden Mittwoch Küche") == "FREQ=WEEKLY;BYDAY=WE @ 2026-12-02 19:30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("und am Sonntag jeweils ab 12 Uhr", "2026-12-05 12:00", id="each day"),
        pytest.param("und Sonntag von 11 bis 18 Uhr", "2026-12-05 11:00-18:00", id="hours of both"),
        pytest.param("bis Sonntag, jeweils um 12 Uhr", "2026-12-05 12:00", id="until"),
        pytest.param("weitere Tänze am Sonntag und Montag, jeweils um 20 Uhr", "2026-12-05 20:00", id="further days"),
        pytest.param("14 Uhr und am Sonntag ab 11 Uhr", "2026-12-05 14:00", id="each its own"),
    ],
)
def test_a_weekday_that_goes_on_from_a_date_shares_its_hour(told: Told, text: str, expected: str) -> None:
    assert told(f"Am Samstag, 5. Dezember, {text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wer noch Kraft hat: Samstag, 5. Dezember, 9 Uhr", "2026-12-05 09:00", id="strength"),
        pytest.param("Der Clown erscheint am Samstag, 5. Dezember, um 16 Uhr.", "2026-12-05 16:00", id="appears"),
        pytest.param("Gesucht sind am Samstag, 5. Dezember, um 19 Uhr Helfer.", "2026-12-05 19:00", id="helpers"),
        pytest.param("Basar am Samstag, 5. Dezember. Ab 9 Uhr Aufbau.", "2026-12-05", id="only the set-up"),
        pytest.param("Am Samstag, 5. Dezember, sind ab 15 Uhr Menschen da.", "2026-12-05 15:00", id="people"),
        pytest.param("Am Samstag, 5. Dezember, um 15 Uhr Gäste", "2026-12-05 15:00", id="guests"),
        pytest.param("Die Satzung tritt am Samstag, 5. Dezember, in Kraft.", "", id="in force"),
        pytest.param("Anmelden kann man sich ab Samstag, 5. Dezember, 8 Uhr.", "", id="to register"),
        pytest.param("Ab Samstag, 5. Dezember, 0 Uhr gelten neue Preise.", "", id="prices"),
        pytest.param("Das neue Heft erscheint am Samstag, 5. Dezember.", "", id="paper"),
        pytest.param("Am Samstag, 5. Dezember, ab 12 Uhr geschlossen", "", id="closed"),
        pytest.param("Stand: Freitag, 20. November, 14 Uhr", "", id="as of"),
        pytest.param("Bis Samstag, 5. Dezember, 18 Uhr, einreichen", "", id="due"),
    ],
)
def test_what_stands_around_a_full_date_does_not_hide_it(told: Told, text: str, expected: str) -> None:
    assert told(text) == expected
