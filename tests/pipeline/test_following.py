"""News that tell no date: their own page is asked, once, where the source allows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pipeline.conftest import World, calendar, vevent

ITEM = (
    "<item><title>Konzert im Advent</title><guid>{n}</guid><link>http://{origin}/{n}</link>"
    "<pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate><description>{text}</description></item>"
)
EVENT = '{{"@type": "Event", "name": "{name}", "startDate": "2026-12-05T19:30", "location": "Kirche"}}'
PAGE = '<!DOCTYPE html><html><body><script type="application/ld+json">{}</script></body></html>'


@pytest.fixture
def blog(world) -> Callable[..., World]:
    """A town with one blog of one item, whose page at /1 is served as given."""

    def build(page: str, follow: bool = True, text: str = "Kommt alle!") -> World:
        made: World = world("blog")
        made = replace(made, sources=(replace(made.sources[0], follow=follow),))
        write(made, text)
        made.server.put("/1", page)
        made.refresh("blog")
        return made

    return build


def write(world: World, text: str) -> None:
    items = ITEM.format(n=1, origin=world.server.origin, text=text)
    world.server.put("/blog", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>')


def asked(world: World) -> int:
    return sum(path == "/1" for path, _ in world.server.visits)


def starts(world: World) -> list[str]:
    return [published.event.start.iso()[:16] for published in world.events()]


def test_the_page_tells_the_date_and_the_place(blog) -> None:
    world = blog(PAGE.format(EVENT.format(name="Konzert im Advent")))
    assert starts(world) == ["2026-12-05T19:30"]
    assert world.events()[0].event.place.text == "Kirche"


def test_the_page_comes_before_the_words(blog) -> None:
    page = PAGE.format(EVENT.format(name="Konzert im Advent"))
    assert starts(blog(page, text="Am Samstag, 5. Dezember, 18 Uhr Einlass")) == ["2026-12-05T19:30"]


def test_a_page_is_asked_once_until_its_item_says_something_else(blog) -> None:
    world = blog(PAGE.format(EVENT.format(name="Konzert im Advent")))
    write(world, "Kommt alle! ")
    world.refresh("blog", after=timedelta(hours=1))
    assert (asked(world), starts(world)) == (1, ["2026-12-05T19:30"])
    write(world, "Ausverkauft!")
    world.refresh("blog", after=timedelta(hours=1))
    assert asked(world) == 2


def test_the_next_event_in_the_margin_is_not_the_items_own(blog) -> None:
    assert starts(blog(PAGE.format(EVENT.format(name="Flohmarkt")))) == []


def test_a_page_may_link_to_its_event_as_a_file(blog) -> None:
    world = blog('<html><body><a href="/1.ics">In den Kalender</a></body></html>')
    world.server.put("/1.ics", calendar(vevent("7", "Konzert im Advent", "20261205T193000")))
    write(world, "Kommt!")
    world.refresh("blog", after=timedelta(hours=1))
    assert starts(world) == ["2026-12-05T19:30"]


def test_a_file_that_the_item_encloses_comes_before_its_page(blog) -> None:
    world = blog("")
    enclosed = f'<enclosure url="http://{world.server.origin}/1.ics" type="text/calendar" length="9"/></item>'
    feed = world.server.answers["/blog"][1].decode().replace("</item>", enclosed)
    world.server.put("/blog", feed)
    world.server.put("/1.ics", calendar(vevent("7", "Adventsmusik", "20261205T193000")))
    world.refresh("blog", after=timedelta(hours=1))
    assert starts(world) == ["2026-12-05T19:30"]


def test_without_leave_no_page_is_asked(blog) -> None:
    world = blog(PAGE.format(EVENT.format(name="Konzert im Advent")), follow=False)
    assert (asked(world), starts(world)) == (0, [])


def test_a_page_that_cannot_be_read_leaves_the_item_a_notice(blog) -> None:
    world = blog("")
    assert starts(world) == [] and world.overview("blog").notices == 1
