"""Looking only where the letters stand finds what looking everywhere finds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.normalise import facts
from aggregator.normalise import phrases as looking
from aggregator.normalise.phrases import Phrases, Vocabulary

NAMED = {name: value for name, value in vars(facts).items() if isinstance(value, Phrases)} | dict(facts.LANGUAGES)
ALL = [pytest.param(phrases, id=name.lower()) for name, phrases in NAMED.items()]


@pytest.mark.parametrize("phrases", ALL)
@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_an_expression_matches_has_the_letters_that_it_is_said_to_need(
    phrases: Phrases, data: st.DataObject
) -> None:
    phrase = data.draw(st.sampled_from(phrases.phrases))
    text = data.draw(st.from_regex(phrase.expression))
    found, expected = phrases.search(facts.VOCABULARY.said(text)), phrases.whole.search(text)
    assert found is not None
    assert expected is not None
    assert found.span() == expected.span()


@pytest.mark.parametrize(
    "text", ["ELTERN UND KİNDER WILLKOMMEN, für kınder ab 6", "Koſtenlos für Kinder", "für \u212ainder ab 3"]
)
def test_odd_letters_are_read_as_the_expression_reads_them(text: str) -> None:
    for phrases in NAMED.values():
        found, expected = phrases.search(facts.VOCABULARY.said(text)), phrases.whole.search(text)
        assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize("most", [pytest.param(0, id="nothing is kept"), pytest.param(30, id="few are kept")])
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["für", "kinder", "Eintritt", "freier", "online", "x", "eintrittsfrei\n", "\u00a0"])))
def test_what_stands_in_a_text_is_heard_however_few_words_are_kept(monkeypatch, most, words) -> None:
    monkeypatch.setattr(looking, "MOST_KNOWN", most)
    monkeypatch.setattr(looking, "MOST_NEW", 1)
    pieces = ("für kinder", "für ", "eintritt", "frei", "online", "kinder")
    text = " ".join(words)
    assert Vocabulary(pieces).said(text).words >= {piece for piece in pieces if piece in text.lower()}
