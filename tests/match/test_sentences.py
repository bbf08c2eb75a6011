"""Texts are read sentence by sentence, and nothing is missed that a look at the whole would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.match.names import Names
from aggregator.match.sentences import (
    PHRASE_OPENINGS,
    Look,
    in_german,
    plain_words,
    sentence,
    sentences_of,
    spelled_plainly,
)
from aggregator.match.synonyms import PHRASES
from aggregator.match.wording import DAY, ENGLISH_HOUR, HOUR, PRICE, days_before_dots
from aggregator.model.text import key

# Words that begin, go on with and end expressions, and what stands between sentences.
WORDS = sorted(PHRASE_OPENINGS) + ["hall", "der", "arbeit", "clean", "up", "Bürger*innen", "Mach(t)", "KlimaPlenum"]
ENDS = [" ", ". ", "! ", "?\n", "\n\n", ": ", "-", "."]
NUMBERS = ["1", "12", "30", "45", "2027", "19"]
AROUND = [".", ". ", ":", "\n", " ", " Uhr ", "am ", " pm", " €", "Euro ", ",50", "März", "-", "x"]

texts = some.lists(some.tuples(some.sampled_from(WORDS), some.sampled_from(ENDS)), max_size=8).map(
    lambda pairs: "".join(map("".join, pairs))
)
figures = some.lists(some.sampled_from(NUMBERS + AROUND), max_size=10).map("".join)


@given(texts)
def test_words_are_those_of_the_whole_text(text: str) -> None:
    assert " ".join(plain_words(text)) == in_german(key(spelled_plainly(text)))


@given(texts)
def test_expressions_are_found_as_by_a_search_for_all_of_them(text: str) -> None:
    expected = re.sub(
        rf"\b(?:{'|'.join(sorted(PHRASES, key=len, reverse=True))})\b", lambda found: PHRASES[found[0]], key(text)
    )
    assert in_german(key(text)) == expected


@given(figures)
def test_what_a_text_tells_is_foretold_by_one_of_its_sentences(text: str) -> None:
    told = {each for one in sentences_of(text) for each in sentence(one).may_tell}
    assert "hours" in told or not (HOUR.search(text) or ENGLISH_HOUR.search(text))
    assert "days" in told or not DAY.search(text)
    assert "prices" in told or not PRICE.search(text)


@given(figures)
def test_days_are_found_by_their_dots(text: str) -> None:
    assert list(days_before_dots(text)) == DAY.findall(text)


NAMES = Names({"haus": [(("haus", "am", "see"), "lake"), (("haus",), "house")], "see": [(("see", "weg"), "shore")]})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("im haus am see", [("lake", 1, 4), ("house", 1, 2)], id="the first of its opening comes first"),
        pytest.param("haus am", [("house", 0, 1)], id="a beginning is no name"),
        pytest.param("garten", [], id="nothing"),
        pytest.param("haus am see weg", [("lake", 0, 3), ("house", 0, 1), ("shore", 2, 4)], id="they may overlap"),
    ],
)
def test_names_are_found_in_a_row_of_words(words: str, found: list[tuple[str, int, int]]) -> None:
    assert list(NAMES.found_in(tuple(words.split()))) == found


@pytest.mark.parametrize(
    ("words", "goes_on"),
    [("im haus am", True), ("haus", True), ("am see", True), ("haus see weg", False), ("am", False), ("", False)],
)
def test_a_row_may_end_with_the_beginning_of_a_name(words: str, goes_on: bool) -> None:
    assert NAMES.may_go_on(tuple(words.split())) is goes_on


def look_for_names() -> Look[str]:
    def read(text: str) -> tuple[frozenset[str], bool]:
        words = sentence(text).words
        return frozenset(meant for meant, _, _ in NAMES.found_in(words)), NAMES.may_go_on(words)

    return Look(read)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Im Haus. Am See!", id="over one end"),
        pytest.param("Haus.\nAm.\nSee.\nUfer.\nWeg.", id="over all of them"),
        pytest.param("Haus. " * 40 + "Am See.", id="over more than are read one by one"),
        pytest.param("Im Haus. Dort.", id="over none"),
    ],
)
def test_a_name_is_found_over_the_ends_of_sentences(text: str) -> None:
    whole = {meant for meant, _, _ in NAMES.found_in(tuple(key(text).split()))}
    assert look_for_names().through(text) == whole
