"""An event passed on: what other websites show of it, and its picture."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from PIL import Image

from web.calendar.picture import (
    FOOT,
    HEIGHT,
    LEADING,
    MARGIN,
    SERIF,
    TITLE_TOP,
    WIDTH,
    Words,
    drawable,
    font,
    picture,
    title_lines,
)

HOME = "https://kalender.example.org"


def test_an_event_tells_other_websites_what_to_show(client: FlaskClient) -> None:
    page = client.get("/event/naehcafe?on=2026-12-01").text
    assert '<meta property="og:title" content="Nähcafé">' in page
    assert f'<meta property="og:url" content="{HOME}/event/naehcafe?on=2026-12-01">' in page
    assert f'<meta property="og:image" content="{HOME}/event/naehcafe.png?on=2026-12-01">' in page
    assert 'content="Dienstag, 1. Dezember 2026, 15 bis 17:30 Uhr, mosaique – Haus der Kulturen, Werkraum"' in page


def test_a_mail_is_ready_to_send(sqlite_client: FlaskClient) -> None:
    mail = re.search(r'href="(mailto:[^"]*)"', sqlite_client.get("/event/podium").text.split("Weitersagen")[1])
    assert mail
    assert f"Glockenhaus, Großer Saal\n\n{HOME}/event/podium\n" in unquote(mail[1])


def test_sharing_names_no_other_website(sqlite_client: FlaskClient) -> None:
    block = sqlite_client.get("/event/podium").text.split("Weitersagen")[1].split("aside-block")[0]
    assert set(re.findall(r"https?://([^/\"]+)", unquote(block))) == {"kalender.example.org"}


def test_the_picture_is_small_and_of_the_size_that_is_told(client: FlaskClient) -> None:
    answer = client.get("/event/podium.png")
    assert answer.content_type == "image/png"
    assert Image.open(BytesIO(answer.data)).size == (WIDTH, HEIGHT)
    assert len(answer.data) < 40_000


def test_the_picture_has_other_words_on_another_date(sqlite_client: FlaskClient) -> None:
    one, other = (sqlite_client.get(f"/event/naehcafe.png?on=2026-12-0{day}").data for day in (1, 8))
    assert one != other


def test_each_topic_has_a_wall_of_its_own() -> None:
    words = Words("Nähcafé", "heute", "Werkraum", "Kalender " * 20)
    assert len({picture(replace(words, topic=topic)) for topic in ("", "kultur", "klima", "begegnung")}) == 4


def test_letters_that_the_fonts_lack_are_left_out() -> None:
    assert drawable("Çay 🎉 und Чай") == "Çay und Чай"


def test_an_old_id_leads_to_the_picture_of_the_new_one(sqlite_client: FlaskClient) -> None:
    assert sqlite_client.get("/event/alt.png").location == "/event/repair.png"
    assert sqlite_client.get("/event/nix.png").status_code == 404


@pytest.mark.parametrize("title", ["Tag", "Markt der Möglichkeiten zum Tag des Ehrenamts", "Wort " * 80, "W" * 300])
def test_every_title_stays_inside_its_picture(title: str) -> None:
    size, lines = title_lines(title)
    assert all(font(SERIF, size).getlength(line) <= WIDTH - 2 * MARGIN for line in lines)
    assert TITLE_TOP + size * LEADING * len(lines) + 60 < HEIGHT - FOOT
