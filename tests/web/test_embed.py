"""The embed: its views, its colours, and the element that needs no frame."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

LARGEST = 50_000


def lines_of(page: str) -> int:
    return page.count('<li class="mini')


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        pytest.param("", 10, id="ten lines unless asked"),
        pytest.param("count=3", 3, id="three"),
        pytest.param("limit=3", 3, id="the older name"),
        pytest.param("view=next", 5, id="five when compact"),
        pytest.param("view=next&count=2", 2, id="two when compact"),
        pytest.param("topic=klima-umwelt", 2, id="a filter"),
    ],
)
def test_an_embed_has_as_many_lines_as_asked_for(client: FlaskClient, query: str, lines: int) -> None:
    assert lines_of(client.get(f"/embed?{query}").text) == lines


def test_the_compact_view_shows_a_series_once_with_its_day(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=next&count=50").text
    assert page.count("Nähcafé") == 1
    assert "<b>heute</b><span>15:00</span>" in page
    assert "<b>Do 26.11.</b><span>18:00</span>" in page


def test_the_month_marks_its_days_and_lists_one_of_them(client: FlaskClient) -> None:
    page = client.get("/embed?view=month&month=2026-12&day=2026-12-05").text
    assert 'aria-label="5. Dezember, 7 Termine" aria-current="date">5</a>' in page
    assert "<td>6</td>" in page
    assert "Samstag, 5. Dezember" in page
    assert lines_of(page) == 7


def test_the_month_keeps_filter_and_colours_when_it_is_turned(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=month&topic=kultur&colours=dark&title=Kultur").text
    link = re.search(r'id="later" href="([^"]*)"', page)
    assert link
    assert link[1] == "/embed?topic=kultur&amp;view=month&amp;title=Kultur&amp;colours=dark&amp;month=2026-12"


def test_a_month_begins_with_the_next_day_that_has_something_on(sqlite_client: FlaskClient) -> None:
    assert "Heute, 24. November" in sqlite_client.get("/embed?view=month").text
    assert "Dienstag, 1. Dezember" in sqlite_client.get("/embed?view=month&month=2026-12").text


def test_an_empty_month_says_so(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?view=month&month=2027-09").text
    assert "In diesem Monat ist nichts eingetragen." in page


def test_a_heading_of_others_is_only_text(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?title=<b>Unsere</b> Termine").text
    assert "&lt;b&gt;Unsere&lt;/b&gt; Termine</h1>" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param("view=globe", "Hier geht nur list, next, month oder map", id="no such view"),
        pytest.param("count=0", "Hier geht eine Zahl von 1 bis 50", id="nothing"),
        pytest.param("count=51", "Hier geht eine Zahl von 1 bis 50", id="too many"),
        pytest.param("colours=pink", "Hier geht nur auto, light oder dark", id="no such scheme"),
        pytest.param("accent=red", "keine Farbe der Form 2c5727", id="a colour by name"),
        pytest.param("paper=%23fff", "keine Farbe der Form 2c5727", id="a short colour"),
        pytest.param("ink=2c5727;background:url(//evil)", "keine Farbe", id="a style"),
        pytest.param("ink=777777&paper=888888", "Kontrast 1,3 zu 1, nötig sind 4,5 zu 1 (ink)", id="grey on grey"),
        pytest.param("accent=ffee00", "Die Links sind auf diesem Grund nicht zu lesen", id="yellow links"),
        pytest.param("month=2026-13", "kein Monat der Form 2026-12", id="no such month"),
        pytest.param("day=morgen", "kein Datum", id="no such day"),
        pytest.param("title=" + "a" * 81, "Die Überschrift ist zu lang", id="a long heading"),
    ],
)
def test_what_cannot_be_meant_is_400_with_a_sentence(sqlite_client: FlaskClient, query: str, sentence: str) -> None:
    answer = sqlite_client.get(f"/embed?{query}")
    assert answer.status_code == 400
    assert sentence in answer.text


def test_colours_come_as_a_style_sheet_of_our_own(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed?paper=fff3d6&ink=%233a1c00&colours=own").text
    sheet = re.search(r'href="(/embed/colours.css\?[^"]*)"', page)
    assert sheet
    answer = sqlite_client.get(sheet[1].replace("&amp;", "&"))
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.text.startswith(":root:root:root{color-scheme:light;--paper:#fff3d6;--ink:#3a1c00;")


def test_without_chosen_colours_the_device_decides(sqlite_client: FlaskClient) -> None:
    assert "colours.css" not in sqlite_client.get("/embed").text
    assert sqlite_client.get("/embed/colours.css").text == ""


def test_the_element_gets_lines_and_style_in_one_piece(client: FlaskClient) -> None:
    answer = client.get("/embed.json?view=next")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json
    html, css = answer.json["html"], answer.json["css"]
    assert lines_of(html) == 5
    assert '<h2 class="embed__title">Nächste Termine</h2>' in html
    assert "<script" not in html
    assert ":root" not in css
    assert "rem" not in css
    assert ":host" in css


def test_the_element_says_since_when_its_copy_is_old(sqlite_client: FlaskClient) -> None:
    found = sqlite_client.get("/embed.json").json
    assert found
    assert "Das ist der Stand vom 24. November, 13:53 Uhr." in found["html"]


@pytest.mark.parametrize("path", ["/embed", "/embed?view=next", "/embed?view=month&colours=dark", "/embed?count=50"])
def test_an_embed_stays_under_fifty_kilobytes_with_all_its_files(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path)
    files = re.findall(r'(?:src|<link rel="(?:stylesheet|icon)" href)="([^"]*)"', page.text)
    whole = len(page.data) + sum(len(sqlite_client.get(each.replace("&amp;", "&")).data) for each in files)
    assert len(files) >= 4
    assert whole < LARGEST


@pytest.mark.parametrize(("name", "most"), [("buendel-height.js", 2_000), ("buendel-calendar.js", 3_000)])
def test_the_scripts_for_other_websites_are_small_and_kept_for_a_week(
    sqlite_client: FlaskClient, name: str, most: int
) -> None:
    answer = sqlite_client.get(f"/static/embed/{name}")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert len(answer.data) < most


def test_what_caches_may_show_while_we_are_down_is_said(sqlite_client: FlaskClient) -> None:
    assert "stale-if-error=86400" in sqlite_client.get("/embed").headers["Cache-Control"]
