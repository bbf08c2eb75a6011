"""Tables for spreadsheets and wikis: text of others stays text."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from aggregator.export.tables import render_table
from aggregator.export.wikitable import Link, render_wiki


def read_back(table: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))


def test_a_table_is_read_back_as_it_was_written() -> None:
    rows = [["Größe", 'sagt "ja", oder', "zwei\nZeilen", ""], [53.25, 3, None, "Ende"]]
    assert read_back(render_table(("a", "b", "c", "d"), rows)) == [
        ["a", "b", "c", "d"],
        ["Größe", 'sagt "ja", oder', "zwei\nZeilen", ""],
        ["53.25", "3", "", "Ende"],
    ]


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+49 4131", "-2", "@SUM(A1)", "\t=1", "\r\n=1", "  =1", "\u200e=1", "＝1", '=HYPERLINK("http://x")'],
)
def test_no_cell_can_be_taken_for_a_formula(formula: str) -> None:
    assert read_back(render_table(("a",), [[formula]]))[1][0].startswith("'")


def test_a_number_below_zero_stays_a_number() -> None:
    assert read_back(render_table(("longitude",), [[-10.4]]))[1] == ["-10.4"]


@pytest.mark.parametrize(
    ("text", "wikitext"),
    [
        pytest.param("Haus der Kulturen, 2. OG (links)", "Haus der Kulturen, 2. OG (links)", id="harmless"),
        pytest.param("a || b", "a &#124;&#124; b", id="another cell"),
        pytest.param("a\n|}", "a &#124;&#125;", id="the end of the table"),
        pytest.param("{{Vorlage}}", "&#123;&#123;Vorlage&#125;&#125;", id="template"),
        pytest.param("[[Datei:x.png]]", "&#91;&#91;Datei&#58;x.png&#93;&#93;", id="file"),
        pytest.param("<ref>x</ref>", "&#60;ref&#62;x&#60;/ref&#62;", id="tag"),
        pytest.param("''fett'' ~~~~", "&#39;&#39;fett&#39;&#39; &#126;&#126;&#126;&#126;", id="bold, signed"),
        pytest.param("&lt;", "&#38;lt&#59;", id="entity"),
        pytest.param("__NOTOC__", "&#95;&#95;NOTOC&#95;&#95;", id="switch"),
        pytest.param("https://x.org", "https&#58;&#47;&#47;x.org", id="address"),
        pytest.param("- Liste", "&#45; Liste", id="next row"),
    ],
)
def test_no_text_is_markup_in_the_wiki(text: str, wikitext: str) -> None:
    assert render_wiki(("Name",), [(text,)]).decode().splitlines()[3] == f'! scope="row" | {wikitext}'


def test_a_link_in_the_wiki_cannot_be_left() -> None:
    rows = [("A", Link("https://x.org/[a b]?c='d'", "W]")), ("B", Link("https://x.org/]{{x|'", "W]"))]
    assert render_wiki(("Name", "Web"), rows).decode().splitlines()[-2:] == [
        "| [https://x.org/%5D%7B%7Bx%7C%27 W&#93;]",
        "|}",
    ]
