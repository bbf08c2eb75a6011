"""Foreign text becomes plain text."""

from __future__ import annotations

from time import process_time

import pytest

from aggregator.normalise.text import plain_text, tidy, web_link, without_leading_address


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei", id="paragraphs"),
        pytest.param("Eins<br>Zwei<br/><br/>Drei", "Eins\nZwei\n\nDrei", id="line breaks"),
        pytest.param("<ul><li>Tee</li><li>Kekse</li></ul>", "- Tee\n- Kekse", id="list"),
        pytest.param("Tee &amp; Kekse &lt;3", "Tee & Kekse <3", id="entities"),
        pytest.param("<script>x()</script><style>p{}</style>Text", "Text", id="scripts and styles are not text"),
        pytest.param("<pre>Eins\nZwei</pre>", "Eins\nZwei", id="preformatted lines"),
        pytest.param("Eins\n   Zwei", "Eins Zwei", id="source line breaks are blanks"),
        pytest.param("<table><tr><td>10</td><td>Tee</td></tr></table>", "10 Tee", id="table"),
        pytest.param('<img src=x onerror="x()">Text', "Text", id="images vanish"),
        pytest.param("", "", id="empty"),
    ],
)
def test_html_becomes_paragraphs(html: str, text: str) -> None:
    assert plain_text(html, is_html=True)[0] == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("# Titel\n\nWir **reparieren** gemeinsam", "Titel\n\nWir reparieren gemeinsam", id="heading"),
        pytest.param("Mehr: [Netzwerk](https://example.org/r)", "Mehr: Netzwerk", id="link"),
        pytest.param("Freund*innen und team_mitglied_er", "Freund*innen und team_mitglied_er", id="gender star stays"),
        pytest.param("Zeile eins\nZeile zwei\n\n\n\nAbsatz", "Zeile eins\nZeile zwei\n\nAbsatz", id="lines stay"),
        pytest.param("Eins<br>Zwei <b>fett</b>\nDrei", "Eins\nZwei fett\nDrei", id="tags in text"),
        pytest.param("Tee &amp; Kekse", "Tee & Kekse", id="entities in text"),
        pytest.param("3 < 4 und 5 > 4", "3 < 4 und 5 > 4", id="comparison is no tag"),
        pytest.param("a\x00b\u202ec\r\nd", "abc\nd", id="controls and overrides vanish"),
        pytest.param("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧", id="emoji family stays together"),
    ],
)
def test_text_that_is_not_said_to_be_html_is_read_kindly(written: str, text: str) -> None:
    assert plain_text(written, is_html=False)[0] == text


def test_links_are_kept_beside_the_text() -> None:
    text = "[Netz](https://example.org/r) und (https://example.org/a?b=1), <a href='https://example.org/c'>hier</a>."
    assert plain_text(text, is_html=False)[1] == (
        "https://example.org/r",
        "https://example.org/c",
        "https://example.org/a?b=1",
    )


def test_a_description_is_cut_before_it_is_parsed() -> None:
    began = process_time()
    assert len(plain_text("<div>" * 100_000 + "x", is_html=True)[0]) <= 65_536
    assert process_time() - began < 5


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("[" * 60_000, id="open brackets"),
        pytest.param("**" * 30_000, id="stars"),
        pytest.param("<a " * 20_000, id="open tags"),
        pytest.param("<pre>" * 13_000, id="open pre"),
        pytest.param("![](x" * 13_000, id="open images"),
    ],
)
def test_hostile_markup_costs_little(hostile: str) -> None:
    began = process_time()
    plain_text(hostile, is_html=False)
    assert process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        pytest.param("https://w.example/e/\n\nNotiz", "Notiz", id="own address first"),
        pytest.param("https://w.example/e\n\nNotiz", "Notiz", id="without the slash"),
        pytest.param("https://w.example/e/", "", id="nothing else"),
        pytest.param("https://other.example/\n\nNotiz", "https://other.example/\n\nNotiz", id="another address stays"),
        pytest.param("Notiz", "Notiz", id="older portals"),
    ],
)
def test_the_events_own_address_is_no_description(text: str, rest: str) -> None:
    assert without_leading_address(text, ("https://w.example/e/",)) == rest


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("https://a.example/\r\nX: y", id="line break"),
        pytest.param("https://a.example/a b", id="blank"),
        pytest.param("https:///path", id="no host"),
        pytest.param("https://[::1", id="broken host"),
        pytest.param("//a.example/", id="no scheme"),
        pytest.param("https://a.example/" + "x" * 3000, id="too long"),
    ],
)
def test_an_unsafe_address_is_no_link(address: str) -> None:
    assert web_link(address) == ""


def test_a_safe_address_is_a_link() -> None:
    assert web_link(" https://a.example/x?y=1 ") == "https://a.example/x?y=1"


def test_tidy_composes_and_drops_lone_surrogates() -> None:
    assert tidy("Cafe\u0301 \ud800 x") == "Café x"
