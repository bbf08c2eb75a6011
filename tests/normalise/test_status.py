"""What a title and a STATUS say of an event's taking place."""

from __future__ import annotations

import pytest

from aggregator.model.records import Status
from aggregator.normalise.status import status_of
from aggregator.normalise.titles import clean_title, fallback_title, stated_title


@pytest.mark.parametrize(
    ("title", "status", "shown"),
    [
        pytest.param("ABGESAGT: KüFa", Status.CANCELLED, "KüFa", id="ABGESAGT:"),
        pytest.param("ABGESAGT Tagestour an die Elbe", Status.CANCELLED, "Tagestour an die Elbe", id="no colon"),
        pytest.param("[abgesagt] Sommerfest", Status.CANCELLED, "Sommerfest", id="in brackets in front"),
        pytest.param("Sommerfest (abgesagt)", Status.CANCELLED, "Sommerfest", id="in brackets behind"),
        pytest.param("Sommerfest – leider abgesagt!", Status.CANCELLED, "Sommerfest", id="after a dash"),
        pytest.param("!!! Abgesagt !!! Sommerfest", Status.CANCELLED, "Sommerfest", id="shouted"),
        pytest.param("🚫 ABGESAGT: Sommerfest", Status.CANCELLED, "Sommerfest", id="behind an emoji"),
        pytest.param("Absage: Sommerfest", Status.CANCELLED, "Sommerfest", id="Absage:"),
        pytest.param("Yoga fällt aus", Status.CANCELLED, "Yoga", id="fällt aus"),
        pytest.param("Yoga faellt heute wohl aus", Status.CANCELLED, "Yoga faellt heute wohl aus", id="faellt … aus"),
        pytest.param("ENTFÄLLT: Kammermusik", Status.CANCELLED, "Kammermusik", id="ENTFÄLLT:"),
        pytest.param("Plenum entfällt", Status.CANCELLED, "Plenum", id="entfällt"),
        pytest.param("Reihe (6): Entfällt – X", Status.CANCELLED, "Reihe (6): Entfällt – X", id="in the middle"),
        pytest.param("Cancelled: Open stage", Status.CANCELLED, "Open stage", id="cancelled"),
        pytest.param("CANCELED - Open stage", Status.CANCELLED, "Open stage", id="canceled"),
        pytest.param("Abgesagt", Status.CANCELLED, "Abgesagt", id="nothing but the word"),
        pytest.param("Abgesagt, verschoben: Jazz", Status.CANCELLED, "Abgesagt, verschoben: Jazz", id="both"),
        pytest.param("Verschoben: Konzert", Status.MOVED, "Konzert", id="verschoben"),
        pytest.param("VERLEGT: repaircafé", Status.MOVED, "repaircafé", id="verlegt"),
        pytest.param("Repair-Café (verlegt vom 12.12.!)", Status.MOVED, "Repair-Café", id="verlegt vom"),
        pytest.param("Jazz verlegt auf den 12.12.", Status.MOVED, "Jazz verlegt auf den 12.12.", id="verlegt auf"),
        pytest.param("Postponed: Concert", Status.MOVED, "Concert", id="postponed"),
        pytest.param("AUSGEBUCHT: Vereinsrecht", Status.SOLD_OUT, "Vereinsrecht", id="ausgebucht"),
        pytest.param("Erste-Hilfe-Kurs (ausgebucht)", Status.SOLD_OUT, "Erste-Hilfe-Kurs", id="ausgebucht in brackets"),
        pytest.param("Lesung – ausverkauft", Status.SOLD_OUT, "Lesung", id="ausverkauft"),
        pytest.param("SOLD OUT: Reading", Status.SOLD_OUT, "Reading", id="sold out"),
    ],
)
def test_status_words_count_and_leave_the_title(title: str, status: Status, shown: str) -> None:
    assert (status_of(title, ""), clean_title(title)) == (status, shown)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Yoga fällt nicht aus", id="fällt nicht aus"),
        pytest.param("Der Apfel fällt aus dem Rahmen", id="fällt aus dem Rahmen"),
        pytest.param("Konzert ist nicht abgesagt", id="nicht abgesagt"),
        pytest.param("Fest doch nicht abgesagt", id="doch nicht abgesagt"),
        pytest.param("Termin entfällt nicht", id="entfällt nicht"),
        pytest.param("Konzert nicht verlegt", id="nicht verlegt"),
        pytest.param("Stolpersteine werden verlegt", id="stones are laid"),
        pytest.param("Großer Ausverkauf im Kleiderladen", id="Ausverkauf"),
        pytest.param("Kurs fast ausgebucht", id="fast ausgebucht"),
        pytest.param("Noch nicht ausverkauft: Lesung", id="nicht ausverkauft"),
        pytest.param("Absage an den Krieg – Kundgebung", id="Absage as a subject"),
        pytest.param("Not cancelled: Open stage", id="not cancelled"),
        pytest.param("Offenes Treffen", id="no such word"),
    ],
)
def test_look_alikes_and_denials_do_not_count(title: str) -> None:
    assert (status_of(title, ""), clean_title(title)) == (Status.CONFIRMED, title)


@pytest.mark.parametrize(
    ("title", "stated", "status"),
    [
        pytest.param("Fest", "CANCELLED", Status.CANCELLED, id="STATUS"),
        pytest.param("Fest verschoben", "CANCELLED", Status.CANCELLED, id="STATUS:CANCELLED wins"),
        pytest.param("ABGESAGT: Fest", "CONFIRMED", Status.CANCELLED, id="the title wins over CONFIRMED"),
        pytest.param("Fest", "TENTATIVE", Status.TENTATIVE, id="tentative"),
        pytest.param("Fest", "https://schema.org/EventCancelled", Status.CANCELLED, id="schema.org cancelled"),
        pytest.param("Fest", "EventPostponed", Status.MOVED, id="schema.org postponed"),
        pytest.param("Fest", "http://schema.org/EventRescheduled", Status.MOVED, id="schema.org rescheduled"),
        pytest.param("Fest", "https://schema.org/EventMovedOnline", Status.CONFIRMED, id="online is not moved away"),
        pytest.param("Fest", "EventScheduled", Status.CONFIRMED, id="scheduled"),
        pytest.param("Fest", "GIBBERISH", Status.CONFIRMED, id="unknown"),
    ],
)
def test_stated_status_and_title_are_weighed(title: str, stated: str, status: Status) -> None:
    assert status_of(title, stated) is status


def test_a_title_is_one_tidy_line() -> None:
    assert stated_title(" Café  &amp;\n Kuchen\x00 ") == "Café & Kuchen"


def test_a_very_long_title_is_cut() -> None:
    assert len(stated_title("lang " * 1000)) == 300


def test_a_missing_title_is_made_of_the_first_words() -> None:
    assert (
        fallback_title("Wir treffen uns wie immer am ersten Montag im Monat")
        == "Wir treffen uns wie immer am ersten Montag…"
    )
