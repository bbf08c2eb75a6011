from __future__ import annotations

from time import process_time

import pytest

from aggregator.model.facts import Facts, Reply
from aggregator.model.places import Place
from aggregator.normalise.facts import facts_of

YES, NO, UNKNOWN = Reply.YES, Reply.NO, Reply.UNKNOWN


def facts(text: str, *properties: tuple[str, str], place: Place = Place()) -> Facts:  # noqa: B008
    return facts_of("", text, place, properties)


WORDS = [
    ("free", "Eintritt frei, Spenden willkommen.", YES),
    ("free", "Der Eintritt ist wie immer frei.", YES),
    ("free", "Freier Eintritt!", YES),
    ("free", "Teilnahme: kostenlos", YES),
    ("free", "Kostenlose Führung durch den Garten", YES),
    ("free", "Kein Eintritt, der Hut geht herum", YES),
    ("free", "auf Spendenbasis", YES),
    ("free", "Free entry for all", YES),
    ("free", "Admission is free.", YES),
    ("free", "Eintritt: 8 €, ermäßigt 5 €", NO),
    ("free", "VVK 12,50 Euro", NO),
    ("free", "Teilnahmebeitrag von 15 EUR", NO),
    ("free", "5 € pro Person", NO),
    ("free", "Die Veranstaltung ist kostenpflichtig.", NO),
    ("free", "leider nicht kostenlos", NO),
    ("free", "kein freier Eintritt", NO),
    ("free", "Kein Eintritt frei heute", NO),
    ("free", "Der Eintritt ist nicht frei", NO),
    ("free", "This is not a free event, fee: €5", NO),
    ("free", "Der Eintritt ist frei. Workshop: Kosten 5 €", UNKNOWN),
    ("free", "Kostenlose Parkplätze am Haus", UNKNOWN),
    ("free", "Wir sammeln 500 € für das Dach", UNKNOWN),
    ("free", "Offenes Treffen", UNKNOWN),
    ("free", "Es gibt ein paar Getränke gegen Spende.", UNKNOWN),
    ("free", "Konzert gegen Spende", YES),
    ("accessible", "Der Raum ist barrierefrei.", YES),
    ("accessible", "rollstuhlgerechter Zugang", YES),
    ("accessible", "Wheelchair accessible", YES),
    ("accessible", "leider nicht barrierefrei", NO),
    ("accessible", "nur bedingt rollstuhlgerecht", NO),
    ("accessible", "Zugang nur über eine Treppe", NO),
    ("accessible", "not wheelchair accessible", NO),
    ("accessible", "barrierearm", UNKNOWN),
    ("children", "Ein Nachmittag für Familien", YES),
    ("children", "Kinder sind herzlich willkommen", YES),
    ("children", "Mit Kinderbetreuung", YES),
    ("children", "kid-friendly", YES),
    ("children", "Nicht für Kinder geeignet", NO),
    ("children", "Einlass ab 18", NO),
    ("children", "Einlass ab 18:30 Uhr", UNKNOWN),
    ("children", "Einlass ab 18 Uhr", UNKNOWN),
    ("children", "adults only", NO),
    ("children", "Vortrag über Kindheit", UNKNOWN),
    ("online", "Das Treffen findet online statt", YES),
    ("online", "Wir treffen uns per Zoom", YES),
    ("online", "Webinar zur Wärmewende", YES),
    ("online", "nicht online, nur vor Ort", NO),
    ("online", "Präsenzveranstaltung", NO),
    ("online", "Anmeldung über den Online-Shop", UNKNOWN),
]


@pytest.mark.parametrize(("name", "text", "reply"), WORDS, ids=[text for _, text, _ in WORDS])
def test_words_tell_a_fact_or_nothing(name: str, text: str, reply: Reply) -> None:
    assert getattr(facts(text), name).reply is reply


def test_a_fact_keeps_the_words_that_told_it() -> None:
    assert facts("Kommt alle! Der Eintritt\nist frei.").free.evidence == "Eintritt ist frei"


def test_a_price_is_kept_as_it_is_stated() -> None:
    assert facts("Eintritt 8,50 € / 5 €").price == "8,50 €"
    assert facts("Wir sammeln 500 €").price == ""


@pytest.mark.parametrize(
    ("properties", "reply", "evidence"),
    [
        ((("isAccessibleForFree", "true"),), YES, "isAccessibleForFree: true"),
        ((("isAccessibleForFree", "false"),), NO, "isAccessibleForFree: false"),
        ((("price", "0.00"),), YES, "price: 0.00"),
        ((("price", "5"),), NO, "price: 5"),
    ],
)
def test_a_property_counts_before_words(properties, reply: Reply, evidence: str) -> None:
    told = facts("Eintritt frei" if reply is NO else "Eintritt 5 €", *properties).free
    assert (told.reply, told.evidence) == (reply, evidence)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Der Vortrag ist auf Englisch.", ("en",)),
        ("Sprachen: auf Deutsch und in Gebärdensprache", ("de", "gsg")),
        ("Mit Gebärdensprachdolmetscherin", ("gsg",)),
        ("Eine Gebärdensprachdolmetscherin ist angefragt", ()),
        ("A deutschsprachig group", ("de",)),
        ("Ein deutscher Text ohne Angabe", ()),
    ],
)
def test_languages_are_those_that_are_named(text: str, languages: tuple[str, ...]) -> None:
    assert facts(text).languages == languages


def test_a_stated_language_is_the_language() -> None:
    told = facts("auf Deutsch", ("inLanguage", "en-GB"))
    assert (told.languages, told.languages_evidence) == (("en",), "inLanguage: en-GB")


def test_an_online_place_is_online() -> None:
    assert facts("", place=Place("Online", online=True)).online.reply is YES


def test_facts_reach_the_record(read, component) -> None:
    (record,) = read(component(description="Eintritt frei", description_is_html=False)).records
    assert record.facts.free.reply is YES


@pytest.mark.parametrize(
    "text", ["eintritt " * 20_000, "eintritt" + " " * 20_000, "5 €\n" * 9_000, "nur über " * 9_000]
)
def test_no_text_takes_long(text: str) -> None:
    started = process_time()
    facts(text)
    assert process_time() - started < 2
