"""One form for all spellings of a word, and the numbers, hours and days that a text names."""

from __future__ import annotations

from collections import Counter

import pytest

from aggregator.match.corpus import COMMON_PARTS, Corpus, habit_of, learn, without_habit
from aggregator.match.sentences import without_asides
from aggregator.match.wording import Cutter, days_in, hours_in, marks_of, parts_of, wording_of

CUTTER = Cutter()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Klima-Plenum", "Klimaplenum", id="a compound"),
        pytest.param("RepairCafé", "Reparatur-Café", id="a fused name and a translation"),
        pytest.param("Climate Strike", "Klimastreik", id="English and German"),
        pytest.param("Bücherei", "BUECHEREI!!!", id="umlauts and capitals"),
        pytest.param("Bürger*innenforum", "Bürgerforum", id="gendered"),
        pytest.param("Macht(t)raum", "Machttraum", id="letters in brackets"),
        pytest.param("Offenes Singen 🎶", "offen singen", id="inflection and emoji"),
        pytest.param("Am Freitag, 5. Dezember: Lesung", "Lesung", id="the date in the title"),
        pytest.param("Fahrradtour", "Radtour", id="synonyms"),
        pytest.param("Stolperstein", "Stolpersteine", id="one and several"),
        pytest.param("Rettungsaktion", "Rettungsaktionen", id="a word that ends like several"),
        pytest.param("VHS", "Volkshochschule", id="an abbreviation"),
    ],
)
def test_two_spellings_have_the_same_parts(left, right):
    assert parts_of(left, CUTTER) == parts_of(right, CUTTER) != frozenset()


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("Töpfern, Teil 2", {("teil", "2")}),
        ("Reihe (5): Moore", {("number", "5")}),
        ("Spanisch A2.1", {("level", "a2.1")}),
        ("Krippenspiel II", {("roman", "II")}),
        ("Kantaten I–III", set()),
        ("Markt 2027", set()),
    ],
)
def test_numbers_that_count_parts_are_marks(title, marks):
    assert set(marks_of(title)) == marks


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Einlass 19 Uhr, Beginn 19.30 Uhr", {19 * 60, 19 * 60 + 30}),
        ("ab 14:15", {14 * 60 + 15}),
        ("doors 7 pm", {19 * 60}),
        ("los geht es um acht", {8 * 60, 20 * 60}),
        ("am 12.12. in Raum 19", set()),
    ],
)
def test_a_text_names_hours(text, minutes):
    assert set(hours_in(text)) == minutes


def test_a_text_names_days_with_and_without_their_month():
    assert set(days_in("am 19. statt am 12.12., wieder am 3. März")) == {(19, 0), (12, 12), (3, 3)}


@pytest.mark.parametrize(
    "aside",
    [
        "Parallel probt oben der Chor.",
        "Hat nichts mit dem Treffen im Museum zu tun.",
        "Dass am selben Abend im Theater dasselbe passiert, ist Zufall.",
        "Gleich beim Flohmarkt.",
    ],
)
def test_a_sentence_about_something_else_is_left_out(aside):
    text = f"Wir kochen Suppe. {aside} Bringt Löffel mit."
    assert without_asides(text) == "Wir kochen Suppe. Bringt Löffel mit."


def test_what_does_not_take_place_is_no_word_of_the_title(record):
    wording = wording_of(record("a.1"), "Bilderkino statt Vorlesestunde", CUTTER, frozenset())
    assert wording.title == parts_of("Bilderkino", CUTTER)


def test_a_rare_word_tells_more_than_one_that_stands_everywhere(record):
    titles = ["Plenum"] * 3 + ["Sternenfest", "Lesung"]
    words = [(f"s{n}", wording_of(record("a.1"), t, CUTTER, frozenset()), None) for n, t in enumerate(titles)]
    corpus = Corpus(learn(words))
    (rare,) = parts_of("Sternen", CUTTER) - COMMON_PARTS
    assert corpus.title_rarity(rare) > corpus.title_rarity("plenum") + 4


def test_what_one_source_repeats_counts_once(record):
    wording = wording_of(record("a.1"), "Sternenschau", CUTTER, frozenset())
    assert learn([("a", wording, None)] * 9) == learn([("a", wording, None)])


def test_a_prefix_before_every_title_is_the_sources_habit():
    assert habit_of(Counter({"[wo was geht] ": 5, "": 1})) == "[wo was geht] "
    assert habit_of(Counter({"[x] ": 1})) == ""
    assert without_habit("[wo was geht] Abend 3", "[wo was geht] ") == "Abend 3"


def test_what_is_no_word_is_not_cut_into_its_parts():
    endless = "klimaplenum" * 6000
    assert Cutter()[endless] == (endless,)
