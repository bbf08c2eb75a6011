from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.export.characters import one_line, printable, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\nb\rc\x0bd", "a\nb\nc\nd", id="every line end becomes one"),
        pytest.param("Nul\x00l und \x1bEscape", "Null und Escape", id="control characters go"),
        pytest.param("Plenum \u202egnagnie", "Plenum gnagnie", id="a reversed title is read forwards"),
        pytest.param("halb \ud83d", "halb ", id="half an emoji goes"),
        pytest.param("Tabs\tund Ümläute 🎉 bleiben", "Tabs\tund Ümläute 🎉 bleiben", id="ordinary text stays"),
    ],
)
def test_only_printable_characters_remain(text, expected):
    assert printable(text) == expected


@given(some.text())
def test_printable_text_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)


def test_a_title_is_one_line():
    assert one_line(" Fest\n der  Vielfalt\u2028") == "Fest der Vielfalt"


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        pytest.param("https://a.example/x?y=z,1#ü", True, id="https"),
        pytest.param("http://127.0.0.1:8000/", True, id="http"),
        pytest.param("javascript:alert(1)", False, id="a script"),
        pytest.param("mailto:a@b.example", False, id="mail"),
        pytest.param("https://a.example/\r\nX-EVIL:1", False, id="a line end"),
        pytest.param("https://a.example/a b", False, id="a blank"),
        pytest.param("https://[half", False, id="not an address"),
        pytest.param("https:///path", False, id="no host"),
        pytest.param("https://a.example/" + "x" * 2000, False, id="endless"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_whole_web_addresses_are_linked(text, is_good):
    assert web_address(text) == (text if is_good else "")
