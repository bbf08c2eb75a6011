from __future__ import annotations

import pytest

from aggregator.parse.cleaning import clean, one_line, public_name, web_address, without_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\0b\x1b[31mc\x7f", "ab[31mc", id="NUL, escape and delete go"),
        pytest.param("a\u202eb\u2066c", "abc", id="direction overrides go"),
        pytest.param("a\ud800b\ufffe", "ab", id="what cannot be stored or written as XML goes"),
        pytest.param("a\u2028b\x0bc", "a b c", id="odd line ends become blanks"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and line feed stay"),
        pytest.param("\u200fשלום", "\u200fשלום", id="honest direction marks stay"),
    ],
)
def test_only_text_is_left(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_line_has_single_blanks_and_a_limit() -> None:
    assert one_line("  a \n\t b  ") == "a b"
    assert len(one_line("x" * 9000)) == 1000


def test_markup_leaves_a_title_and_entities_become_letters() -> None:
    assert without_markup("<b>Kaffee</b> &amp; Kuchen &#8211; 5 &lt; 6") == "Kaffee & Kuchen – 5 < 6"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param('"Café, Verein"', "Café, Verein", id="a quoted name"),
        pytest.param("erika@example.org", "", id="an e-mail address"),
        pytest.param("mailto:erika", "", id="a mailto link"),
        pytest.param("https://example.org/", "", id="a web address"),
    ],
)
def test_an_address_is_no_name(name: str, expected: str) -> None:
    assert public_name(name) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("/a?b=1#c", "https://example.org/a?b=1#c", id="relative"),
        pytest.param("//other.example/x", "https://other.example/x", id="without scheme"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("JavaScript:alert(1)", "", id="script in capitals"),
        pytest.param("java\tscript:alert(1)", "", id="script with a tab"),
        pytest.param("data:text/html,x", "", id="data"),
        pytest.param("mailto:a@example.org", "", id="mail"),
        pytest.param("http://[::1", "", id="broken host"),
        pytest.param("http:///pfad", "", id="no host"),
        pytest.param("https://example.org/" + "x" * 3000, "", id="endless"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_only_web_addresses_are_links(address: str, expected: str) -> None:
    assert web_address(address, "https://example.org/") == expected
