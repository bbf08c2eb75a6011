from __future__ import annotations

import pytest

from aggregator.discover.pages import MOST_CANDIDATES, on_page

ADDRESS = "https://chor.example/termine/"


def found(document: str) -> list[tuple[str, str]]:
    return [(candidate.url, candidate.format) for candidate in on_page(document, ADDRESS)]


def link(kind: str, href: str, more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" {more}>'


PAGES = {
    "a named calendar": (link("text/calendar", "/a.ics"), [("https://chor.example/a.ics", "ics")]),
    "a named feed": (link("application/atom+xml", "a.xml"), [("https://chor.example/termine/a.xml", "atom")]),
    "a base address": (
        f'<base href="https://www.chor.example/x/">{link("text/calendar", "a.ics")}',
        [("https://www.chor.example/x/a.ics", "ics")],
    ),
    "a visible file": ('<a href="a.ics?x=1#y">Abo</a>', [("https://chor.example/termine/a.ics?x=1", "ics")]),
    "a webcal link without .ics": ('<a href="webcal://c.example/k/7">Abo</a>', [("https://c.example/k/7", "ics")]),
    "an export of TYPO3": (
        '<a href="?tx_cal_controller%5Bformat%5D=ics&tx_cal=1">ICS</a>',
        [(f"{ADDRESS}?tx_cal_controller%5Bformat%5D=ics&tx_cal=1", "ics")],
    ),
    "a single event of TYPO3": (
        '<a href="/e/x/?tx_sfeventmgt_pieventdetail%5Baction%5D=icalDownload">ICS</a><a href="/alle.ics">Alle</a>',
        [
            ("https://chor.example/alle.ics", "ics"),
            ("https://chor.example/e/x/?tx_sfeventmgt_pieventdetail%5Baction%5D=icalDownload", "ics"),
        ],
    ),
    "an export of Joomla": (
        '<a href="/index.php?option=com_jevents&task=icals.export">Export</a>',
        [("https://chor.example/index.php?option=com_jevents&task=icals.export", "ics")],
    ),
    "a calendar of ChurchTools": (
        '<a href="https://g.church.tools/?q=churchcal/ical&id=2">Abo</a>',
        [("https://g.church.tools/?q=churchcal/ical&id=2", "ics")],
    ),
    "Modern Events Calendar": (
        '<link rel="stylesheet" href="/wp-content/plugins/modern-events-calendar-lite/x.css">',
        [("https://chor.example/?mec-ical-feed=1", "ics"), ("https://chor.example/feed/", "rss")],
    ),
    "Event Organiser": (
        '<script src="/wp-content/plugins/event-organiser/x.js"></script>',
        [("https://chor.example/feed/eo-events/", "ics"), ("https://chor.example/feed/", "rss")],
    ),
    "My Calendar": (
        '<script src="/wp-content/plugins/my-calendar/x.js"></script>',
        [("https://chor.example/feeds/my-calendar-ics/", "ics"), ("https://chor.example/feed/", "rss")],
    ),
    "marked up with microdata": ('<p itemscope itemtype="http://schema.org/TheaterEvent">x</p>', [(ADDRESS, "html")]),
    "an embedded Nextcloud": (
        '<iframe src="https://c.example/apps/calendar/embed/aB1"></iframe>',
        [("https://c.example/remote.php/dav/public-calendars/aB1?export", "ics")],
    ),
    "marked up with h-event": ('<div class="h-event vevent">x</div>', [(ADDRESS, "html")]),
    "marked up with a kind of Event": (
        '<script type="application/ld+json">{"@type": ["MusicEvent"]}</script>',
        [(ADDRESS, "html")],
    ),
    "Gancio": ('<meta name="generator" content="Gancio 1.9">', [("https://chor.example/feed/ics", "ics")]),
    "WordPress": ('<meta name="generator" content="WordPress 6.5">', [("https://chor.example/feed/", "rss")]),
    "All-in-One Event Calendar": (
        '<script src="/wp-content/plugins/all-in-one-event-calendar/x.js"></script>',
        [
            (
                "https://chor.example/?plugin=all-in-one-event-calendar&controller=ai1ec_exporter_controller"
                "&action=export_events&no_html=true",
                "ics",
            ),
            ("https://chor.example/feed/", "rss"),
        ],
    ),
}


@pytest.mark.parametrize(("document", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_leads_to_its_calendars(document: str, expected: list[tuple[str, str]]) -> None:
    assert found(document) == expected


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(link("application/activity+json", "/@chor"), id="ActivityPub"),
        pytest.param(link("application/rss+xml", "/comments/feed/"), id="a feed of comments"),
        pytest.param(link("application/rss+xml", "/f/", 'title="Kommentare zu"'), id="a feed titled comments"),
        pytest.param('<a href="javascript:x.ics">Abo</a>', id="a script"),
        pytest.param('<a href="https://m.example/@chor">Mastodon</a>', id="a profile elsewhere"),
        pytest.param('<a href="https://[x/a.ics">Abo</a>', id="a broken address"),
        pytest.param('<a href="/mathematics/">Abo</a>', id="a word that ends alike"),
        pytest.param('<script type="application/ld+json">{"@type": "Organization"}</script>', id="no event"),
    ],
)
def test_what_is_no_calendar_is_left_alone(document: str) -> None:
    assert found(document) == []


def test_calendars_come_before_marked_up_pages_before_guesses_before_feeds() -> None:
    document = (
        link("application/rss+xml", "/feed/")
        + '<link href="/wp-content/plugins/events-manager/x.css" rel="stylesheet">'
        + '<div class="h-event"></div><a href="/event/fest/?ical=1">Fest</a><a href="/alle.ics">Alle</a>'
    )
    assert [url.removeprefix("https://chor.example") for url, _ in found(document)] == [
        "/alle.ics",
        "/termine/",
        "/event/fest/?ical=1",
        "/events.ics",
        "/feed/",
    ]


def test_an_address_is_named_once_with_its_best_rank() -> None:
    document = '<a href="/a.ics">1</a>' + link("text/calendar", "/a.ics") + '<a href="/a.ics">2</a>'
    (candidate,) = on_page(document, ADDRESS)
    assert (candidate.rank, candidate.reason("en")) == (1, "the page names this calendar")


def test_a_page_full_of_links_gives_a_bounded_list() -> None:
    assert len(found("".join(f'<a href="/{n}.ics">x</a>' for n in range(500)))) == MOST_CANDIDATES
