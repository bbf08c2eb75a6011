"""Subscribing: the same filter in every program, the QR code, and the two kinds of feed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import segno
from flask.testing import FlaskClient

from web.languages import load_tongues
from web.qr import dark_runs, qr_drawing
from web.subscribe.ways import as_webcal, ways

ADDRESS = "https://kalender.example.org/calendar.ics?topic=kultur"


def test_every_way_leads_to_the_selection(client: FlaskClient) -> None:
    page = unescape(client.get("/subscribe?topic=kultur").text)
    webcal = "webcal://kalender.example.org/calendar.ics?topic=kultur"
    assert f'value="{ADDRESS}"' in page
    assert page.count(f'href="{webcal}"') == 2
    google = re.search(r'href="(https://calendar\.google\.com/[^"]*)"', page)
    outlook = re.search(r'href="(https://outlook\.live\.com/[^"]*)"', page)
    assert google
    assert outlook
    assert parse_qs(urlsplit(google[1]).query)["cid"] == [webcal]
    assert parse_qs(urlsplit(outlook[1]).query)["url"] == [ADDRESS]


def test_the_page_says_what_is_subscribed_and_how_much_that_is(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/subscribe?topic=kultur&q=markt").text
    assert "<strong>„markt“, Kultur und Musik</strong>: zurzeit 3 Termine in den nächsten 30 Tagen" in page
    assert "<h1>Diese Auswahl abonnieren</h1>" in page
    assert "<h1>Den Kalender abonnieren</h1>" in sqlite_client.get("/subscribe").text


def test_days_of_a_filter_do_not_end_a_subscription(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/subscribe?from=2026-12-05&topic=kultur").text
    assert f'value="{ADDRESS}"' in page
    assert "calendar.ics%3Ffrom" not in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_way_has_steps_and_an_honest_delay(language: str) -> None:
    found = ways(ADDRESS, "Kalender", load_tongues(("de", "en"))[language])
    assert len(found) == 6
    assert all(2 <= len(way.steps) <= 3 for way in found)
    assert all(re.search(r"\d|Stunde|hour|Tag|day", way.delay) for way in found)
    assert all(bool(way.link) == bool(way.action) for way in found)


def test_a_webcal_address_is_the_same_for_http_and_https() -> None:
    assert as_webcal("https://a.example/x") == as_webcal("http://a.example/x") == "webcal://a.example/x"


def test_the_drawing_holds_every_dark_module_of_the_code() -> None:
    drawing = qr_drawing(ADDRESS, "QR-Code")
    dark = sum(sum(row) for row in segno.make_qr(ADDRESS, error="m", boost_error=False).matrix)
    assert sum(int(length) for length in re.findall(r"h(\d+)", drawing.split("stroke")[1])) == dark
    assert len(drawing) < 6_000


def test_neighbouring_modules_are_one_stroke() -> None:
    assert dark_runs(bytes((1, 1, 0, 1, 0, 0, 1, 1, 1))) == [(0, 2), (3, 1), (6, 3)]
    assert dark_runs(bytes(3)) == []


def test_a_label_of_a_code_is_only_text() -> None:
    assert 'aria-label="&#34;&gt;&lt;script&gt;"' in qr_drawing(ADDRESS, '"><script>')


def test_what_comes_next_stands_in_the_order_of_the_days(client: FlaskClient) -> None:
    items = ElementTree.fromstring(client.get("/upcoming.rss").data).iter("item")
    titles = [item.findtext("title") or "" for item in items]
    assert titles[0].startswith("Di, 24. November 2026, 12:15")
    assert [title for title in titles if "Nähcafé" in title] == [
        "Di, 24. November 2026, 15:00: Nähcafé",
        "Di, 1. Dezember 2026, 15:00: Abgesagt: Nähcafé",
    ]
    assert not any("Weißes Gold" in title for title in titles)


def test_every_date_of_a_series_is_an_entry_of_its_own_and_leads_to_that_date(sqlite_client: FlaskClient) -> None:
    items = list(ElementTree.fromstring(sqlite_client.get("/upcoming.rss?initiative=mosaique").data).iter("item"))
    guids = [item.findtext("guid") for item in items]
    assert len(set(guids)) == len(guids) >= 3
    assert "https://kalender.example.org/event/naehcafe?on=2026-12-01" in [item.findtext("link") for item in items]


def test_the_two_kinds_of_feed_are_told_apart(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/subscribe").text
    assert all(f'href="/{name}' in page for name in ("calendar.rss", "calendar.atom", "upcoming.rss", "upcoming.atom"))
    atom = ElementTree.fromstring(sqlite_client.get("/upcoming.atom").data)
    assert atom.tag == "{http://www.w3.org/2005/Atom}feed"
