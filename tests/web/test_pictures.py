"""The pictures that initiatives uploaded: where they belong, and a drawn piece of wall everywhere else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from aggregator.clock import fixed_clock
from aggregator.model.pictures import Picture
from aggregator.store import pictures
from tests.web import town
from web.application import create_app
from web.calendar import picture as drawing
from web.calendar.picture import Words, picture
from web.calendar.wall import drawn

WORDS = Words("Podium", "heute", "Glockenhaus", "Kalender", "kultur")


def png(width: int, height: int) -> bytes:
    """A green picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#00aa55").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def client(sqlite_store):
    """The town, where one initiative has a picture."""
    found = town.settings()
    town.publish(sqlite_store, found)
    with sqlite_store.writing() as connection:
        hung = Picture("abc", "image/png", png(8, 4), "Ein grünes Blatt", "CC BY 4.0")
        pictures.put(connection, "klima", hung)
    return create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()


def test_the_picture_is_shown_with_its_words_and_licence_where_it_belongs(client):
    shown = 'src="/pictures/abc" alt="Ein grünes Blatt"'
    for path in ("/initiatives", "/initiatives/klima", "/event/podium"):
        page = client.get(path).text
        assert page.count(shown) == 1, path
        assert "CC BY 4.0" in page, path
    assert shown not in client.get("/event/naehcafe").text


def test_each_topic_has_a_wall_of_its_own():
    assert len({drawn(topic) for topic in ("kultur", "energie", "umwelt")}) == 3


def test_others_have_a_wall(client):
    page = client.get("/initiatives").text
    walls = page.count('class="wall"')
    assert walls > 1
    assert walls + page.count("/pictures/abc") == page.count('class="group__picture')


def test_other_websites_are_told_of_it(client):
    assert '<meta property="og:image" content="https://kalender.example.org/pictures/abc">' in (
        client.get("/initiatives/klima").text
    )


def test_the_drawn_picture_of_an_event_holds_it():
    held = Image.open(BytesIO(picture(replace(WORDS, logo=png(100, 50), credit="Klima, CC BY 4.0")))).convert("RGB")
    red, green, blue = held.getpixel((drawing.WIDTH - drawing.MARGIN - 20, drawing.HEIGHT - drawing.FOOT + 30))
    assert green > 150 > red
    assert blue < 110


@pytest.mark.parametrize("logo", [pytest.param(b"\x89PNG", id="broken"), pytest.param(png(3000, 2000), id="huge")])
def test_a_picture_that_cannot_be_drawn_leaves_the_wall(logo):
    assert picture(replace(WORDS, logo=logo)) == picture(WORDS)
