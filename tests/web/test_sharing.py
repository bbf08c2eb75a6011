"""An event passed on: what other websites show of it, and its picture."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from web.calendar.picture import HEIGHT, WIDTH, picture

HOME = "https://kalender.example.org"


def test_an_event_tells_other_websites_what_to_show(client: FlaskClient) -> None:
    page = client.get("/event/naehcafe?on=2026-12-01").text
    assert '<meta property="og:title" content="Nähcafé">' in page
    assert f'<meta property="og:url" content="{HOME}/event/naehcafe?on=2026-12-01">' in page
    assert f'<meta property="og:image" content="{HOME}/event/naehcafe.svg?on=2026-12-01">' in page
    assert 'content="Dienstag, 1. Dezember 2026, 15 bis 17:30 Uhr, mosaique – Haus der Kulturen, Werkraum"' in page


def test_a_mail_is_ready_to_send(sqlite_client: FlaskClient) -> None:
    mail = re.search(r'href="(mailto:[^"]*)"', sqlite_client.get("/event/podium").text.split("Weitersagen")[1])
    assert mail
    assert f"Glockenhaus, Großer Saal\n\n{HOME}/event/podium\n" in unquote(mail[1])


def test_sharing_names_no_other_website(sqlite_client: FlaskClient) -> None:
    block = sqlite_client.get("/event/podium").text.split("Weitersagen")[1].split("aside-block")[0]
    assert set(re.findall(r"https?://([^/\"]+)", unquote(block))) == {"kalender.example.org"}


def test_the_picture_is_a_drawing_with_when_what_and_where(client: FlaskClient) -> None:
    answer = client.get("/event/podium.svg")
    assert answer.content_type == "image/svg+xml"
    drawing = ElementTree.fromstring(answer.data)
    words = " ".join(text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text"))
    assert "Dienstag, 24. November 2026" in words
    assert "klimaneutral" in words
    assert "Glockenhaus" in words


def test_text_in_a_picture_is_only_text(sqlite_client: FlaskClient) -> None:
    drawing = sqlite_client.get("/event/boese.svg").text
    ElementTree.fromstring(drawing)
    assert "<script" not in drawing


def test_an_old_id_leads_to_the_picture_of_the_new_one(sqlite_client: FlaskClient) -> None:
    assert sqlite_client.get("/event/alt.svg").location == "/event/repair.svg"
    assert sqlite_client.get("/event/nix.svg").status_code == 404


@pytest.mark.parametrize("title", ["Tag", "Markt der Möglichkeiten zum Tag des Ehrenamts", "Wort " * 80, "W" * 300])
def test_every_title_stays_inside_its_picture(title: str) -> None:
    drawing = ElementTree.fromstring(picture(title, "Heute", "Saal", "Kalender"))
    baselines = [float(text.get("y", "0")) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert max(baselines) < HEIGHT
    assert len(baselines) <= 7
    assert all(len(text.text or "") * float(text.get("font-size", "0")) * 0.5 < WIDTH for text in drawing)
