"""Text of others: paragraphs, links, where long words break."""

from __future__ import annotations

import pytest

from web.calendar.texts import Piece, excerpt, paragraphs, pieces, safe_link
from web.typesetting import inner_quotes, parts, typeset


@pytest.mark.parametrize(
    ("line", "links"),
    [
        pytest.param("siehe https://a.example/x.", ["https://a.example/x"], id="a full stop is the sentence's"),
        pytest.param("(https://a.example/x)", ["https://a.example/x"], id="brackets around"),
        pytest.param("https://a.example/Ort_(Stadt)", ["https://a.example/Ort_(Stadt)"], id="brackets inside"),
        pytest.param("„https://a.example“", ["https://a.example"], id="quotes"),
        pytest.param("HTTP://A.example und https://b.example", ["HTTP://A.example", "https://b.example"], id="two"),
        pytest.param("javascript:alert(1) data:text/html,x", [], id="other schemes"),
        pytest.param("http://", [], id="no host"),
        pytest.param("https://[::1", [], id="broken address"),
        pytest.param('https://a.example/"onclick="x', ["https://a.example/"], id="a quote ends it"),
    ],
)
def test_only_web_addresses_become_links(line: str, links: list[str]) -> None:
    found = pieces(line)
    assert [piece.href for piece in found if piece.href] == links
    assert "".join(piece.text for piece in found) == line


def test_a_text_of_brackets_is_read_in_no_time() -> None:
    assert len("".join(piece.text for piece in pieces("http://" + ")" * 100_000))) == 100_007


def test_blank_lines_part_paragraphs_and_breaks_stay() -> None:
    assert paragraphs("eins\nzwei\r\n\r\n\n \ndrei") == (
        ((Piece("eins"),), (Piece("zwei"),)),
        ((Piece("drei"),),),
    )
    assert paragraphs(" \n\n ") == ()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//a.example", "mailto:a@b.example", ""]
)
def test_what_is_no_web_address_is_not_linked(address: str) -> None:
    assert safe_link(address) == ""


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("eins zwei\ndrei", 12) == "eins zwei…"
    assert excerpt("eins zwei") == "eins zwei"


@pytest.mark.parametrize(
    "word",
    ["For-schungs-kol-lo-quium", "Argu-men-ta-tions-trai-ning", "Weih-nachts-o-ra-to-rium", "Kunst-hand-wer-ker-markt",
     "Nach-bar-schafts-gär-ten", "Ehren-amts-preis", "Frei-wil-li-gen-a-gen-tur", "Klei-der-tausch-party"],
)  # fmt: skip
def test_a_long_word_breaks_between_syllables(word: str) -> None:
    assert parts(word.replace("-", "")) == word.split("-")


def test_only_long_words_get_soft_hyphens_and_no_line_begins_with_a_dash() -> None:
    assert typeset("Treffen – Plan") == "Treffen\u00a0– Plan"
    assert typeset("Fahrradcodierung") == "Fahr\u00adrad\u00adco\u00addie\u00adrung"
    assert typeset("Repair-Café im Glockenhaus") == "Repair-Café im Glockenhaus"


@pytest.mark.parametrize(
    ("title", "language", "set_title"),
    [
        pytest.param("Lesung: „Moorlicht“", "de", "Lesung: ‚Moorlicht‘", id="German"),
        pytest.param('Film "Stille" und »Lärm«', "de", "Film ‚Stille‘ und ‚Lärm‘", id="other marks"),
        pytest.param("Lesung: „Moorlicht“", "en", "Lesung: ‘Moorlicht’", id="English"),
        pytest.param('ein 5" langer Titel', "de", 'ein 5" langer Titel', id="a single mark"),
    ],
)
def test_quotes_within_quotes_are_single(title: str, language: str, set_title: str) -> None:
    assert inner_quotes(title, language) == set_title
