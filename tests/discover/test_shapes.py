from __future__ import annotations

import pytest

from aggregator.discover.shapes import by_shape, with_scheme

SHAPES = {
    "WECHANGE, team feed, parameters dropped": (
        "https://w.example/events/team/7/feed/?localtime=0&include_sub_projects=1&v=2",
        "https://w.example/events/team/7/feed/?include_sub_projects=1",
    ),
    "WECHANGE, old feed without slash": (
        "https://w.example/group/x/event/feed",
        "https://w.example/group/x/event/feed/",
    ),
    "Google, embedded": (
        "https://calendar.google.com/calendar/embed?src=a.b%40gmail.com&mode=AGENDA",
        "https://calendar.google.com/calendar/ical/a.b%40gmail.com/public/basic.ics",
    ),
    "Google, another account's view": (
        "https://calendar.google.com/calendar/u/0/r?cid=Y2hvckBncm91cC5jYWxlbmRhci5nb29nbGUuY29t",
        "https://calendar.google.com/calendar/ical/chor%40group.calendar.google.com/public/basic.ics",
    ),
    "Google, a foreign calendar added": (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fchor.example%2Fa.ics",
        "https://chor.example/a.ics",
    ),
    "Google, old feed": (
        "https://www.google.com/calendar/feeds/a%40gmail.com/public/basic",
        "https://www.google.com/calendar/ical/a%40gmail.com/public/basic.ics",
    ),
    "Nextcloud, share page": (
        "https://c.example/apps/calendar/p/aBcD12/dayGridMonth/2026-12-01",
        "https://c.example/remote.php/dav/public-calendars/aBcD12?export",
    ),
    "Nextcloud, embedded": (
        "https://c.example/index.php/apps/calendar/embed/aBcD12",
        "https://c.example/remote.php/dav/public-calendars/aBcD12?export",
    ),
    "Nextcloud, CalDAV address of a share": (
        "https://c.example/remote.php/dav/public-calendars/aBcD12/",
        "https://c.example/remote.php/dav/public-calendars/aBcD12?export",
    ),
    "Outlook": (
        "https://outlook.live.com/owa/calendar/00-1/22-3/cid-4/calendar.html",
        "https://outlook.live.com/owa/calendar/00-1/22-3/cid-4/calendar.ics",
    ),
    "Mobilizon, group": ("https://m.example/@chor", "https://m.example/@chor/feed/ics"),
    "Mobilizon, Atom": ("https://m.example/@chor/feed/atom", "https://m.example/@chor/feed/ics"),
    "Gancio, RSS of a tag": ("https://g.example/feed/rss/tag/musik", "https://g.example/feed/ics/tag/musik"),
    "Gancio, page of a place": ("https://g.example/place/Halle", "https://g.example/feed/ics/place/Halle"),
    "a calendar file": ("https://x.example/Termine.ICS#top", "https://x.example/Termine.ICS"),
    "The Events Calendar": ("https://x.example/events/?ical=1", "https://x.example/events/?ical=1"),
    "a feed": ("https://x.example/blog/feed/", "https://x.example/blog/feed/"),
}


@pytest.mark.parametrize(("pasted", "calendar"), SHAPES.values(), ids=SHAPES)
def test_the_shape_of_an_address_tells_the_calendar(pasted: str, calendar: str) -> None:
    assert by_shape(pasted)[0].url == calendar


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://x.example/", id="a home page"),
        pytest.param("https://x.example/termine/", id="a page of events"),
        pytest.param("https://calendar.google.com/calendar/u/0/r", id="Google without a calendar"),
        pytest.param("https://calendar.google.com/calendar/r?cid=%21%21", id="Google with rubbish"),
        pytest.param("https://[kaputt/", id="no address"),
    ],
)
def test_other_addresses_tell_nothing(address: str) -> None:
    assert by_shape(address) == ()


def test_the_most_particular_shape_comes_first() -> None:
    found = by_shape("https://w.example/group/x/event/feed/")
    assert [candidate.rank for candidate in found] == [1, 2]
    assert "WECHANGE" in found[0].reason("de") and "WECHANGE" in found[0].reason("en")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("chor.example/termine", "https://chor.example/termine"),
        ("  <https://chor.example/> ", "https://chor.example/"),
        ("webcal://chor.example/a.ics", "https://chor.example/a.ics"),
        ("WEBCAL://chor.example/a.ics", "https://chor.example/a.ics"),
        ("webcal:chor.example/a.ics", "https://chor.example/a.ics"),
        ("http://chor.example/", "http://chor.example/"),
        ('<iframe width="9" src="https://c.example/embed?a=1&amp;b=2" style="">', "https://c.example/embed?a=1&b=2"),
        ("chor.example:8080/a", "https://chor.example:8080/a"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("anna@chor.example", "anna@chor.example"),
    ],
)
def test_a_typed_address_is_made_whole(typed: str, whole: str) -> None:
    assert with_scheme(typed) == whole
