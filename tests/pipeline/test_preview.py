"""Twenty kinds of address that people paste, each served on the loopback, and what is made of them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.transport import Network
from aggregator.model.preview import Outcome, Preview
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Source
from aggregator.pipeline.preview import preview
from aggregator.pipeline.searching import MOST_REQUESTS
from tests.pipeline.conftest import NOON, FeedServer, calendar, vevent

ICS = calendar(vevent("1", "Probe", "20261205T190000", "DTEND;TZID=Europe/Berlin:20261205T210000", "LOCATION:Saal"))
EMPTY_ICS = calendar()
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Blog'
    "</title><item><title>Sommerfest</title><link>https://blog.example.org/fest</link>"
    "<ev:startdate>2026-12-06T15:00:00+01:00</ev:startdate></item></channel></rss>"
)
GROUP = {
    "id": 7,
    "name": "Repair-Café",
    "description_long": "Wir reparieren gemeinsam.",
    "website": "https://repair.example.org/",
    "topics": ["Umwelt und Naturschutz"],
    "tags": ["reparieren"],
    "locations": [{"location": "Glockenhaus, Musterstadt", "lat": 53.2, "lon": 10.4}],
    "url": "https://portal.example.org/project/repair-cafe/",
}
GANCIO = [{"id": 3, "slug": "jam", "title": "Jam", "start_datetime": 1796500800, "place": {"name": "Halle"}}]
MAP = [{"id": "k1", "title": "Pflanzentausch", "start": 1796500800, "lat": 53.2, "lng": 10.4, "email": "a@b.example"}]
JSON_LD = (
    '<script type="application/ld+json">{"@type": "Event", "name": "Lesung", "startDate": "2026-12-07T20:00"}</script>'
)
BUENDEL = calendar(
    vevent(
        "0123456789@nachbar.example",
        "Markt",
        "20261208T100000",
        "DESCRIPTION:Quelle: Verein – https://verein.example/1",
    )
).replace("VERSION:2.0", "VERSION:2.0\r\nPRODID:-//Buendel//0.1.0//DE")
SHARED = urlsafe_b64encode(b"chor@group.calendar.google.com").decode().rstrip("=")
BASIC = "/calendar/ical/chor%40group.calendar.google.com/public/basic.ics"
TEAM = "/events/team/7/feed/"


def page(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Chor</title>{head}</head><body>{body}</body></html>"


@dataclass(frozen=True)
class Paste:
    """What is served where, what is pasted (a path of the server), and which address is chosen at last."""

    served: Mapping[str, str]
    pasted: str
    chosen: str
    form: str = "ics"
    titles: tuple[str, ...] = ("Probe",)
    options: Mapping[str, object] = field(default_factory=dict)


ALTERNATE = '<link rel="alternate" type="{}" href="{}">'
PASTES = {
    "a calendar file": Paste({"/termine.ics": ICS}, "/termine.ics", "/termine.ics"),
    "a WECHANGE page": Paste(
        {"/api/v2/projects/repair-cafe/": json.dumps(GROUP), TEAM: ICS}, "/project/repair-cafe/", TEAM
    ),
    "a page deep inside a WECHANGE group": Paste(
        {"/api/v2/groups/repair-cafe/": json.dumps(GROUP), TEAM: ICS}, "/group/repair-cafe/event/list/?v=2", TEAM
    ),
    "a personal WECHANGE link": Paste(
        {TEAM: ICS, "/api/v2/groups/?id=7": json.dumps({"results": [GROUP]})}, f"{TEAM}?user=5&token=99", TEAM
    ),
    "an old WECHANGE feed": Paste(
        {"/group/cafe/event/feed/": ICS}, "/group/cafe/event/feed/?user=5&token=99", "/group/cafe/event/feed/"
    ),
    "a Nextcloud share": Paste(
        {"/remote.php/dav/public-calendars/aBc123?export": ICS},
        "/index.php/apps/calendar/p/aBc123/dayGridMonth/now",
        "/remote.php/dav/public-calendars/aBc123?export",
    ),
    "a Nextcloud share in a folder": Paste(
        {"/cloud/remote.php/dav/public-calendars/aBc123?export": ICS},
        "/cloud/apps/calendar/p/aBc123",
        "/cloud/remote.php/dav/public-calendars/aBc123?export",
    ),
    "a Google embed": Paste(
        {BASIC: ICS}, "/calendar/embed?src=chor%40group.calendar.google.com&ctz=Europe%2FBerlin", BASIC
    ),
    "a Google sharing link": Paste({BASIC: ICS}, f"/calendar/u/0?cid={SHARED}", BASIC),
    "a published Outlook calendar": Paste(
        {"/owa/calendar/a@b.example/c/calendar.ics": ICS},
        "/owa/calendar/a@b.example/c/calendar.html",
        "/owa/calendar/a@b.example/c/calendar.ics",
    ),
    "a Mobilizon group": Paste({"/@chor/feed/ics": ICS}, "/@chor", "/@chor/feed/ics"),
    "Gancio's RSS": Paste({"/feed/ics": ICS, "/feed/rss": RSS}, "/feed/rss", "/feed/ics"),
    "Gancio's API": Paste({"/api/events": json.dumps(GANCIO)}, "/api/events", "/api/events", "gancio", ("Jam",)),
    "Karte von morgen": Paste(
        {"/v0/events?bbox=53.1,10.3,53.3,10.5": json.dumps(MAP)},
        "/v0/events?bbox=53.1,10.3,53.3,10.5",
        "/v0/events?bbox=53.1,10.3,53.3,10.5",
        "kartevonmorgen",
        ("Pflanzentausch",),
    ),
    "a page that names its calendar": Paste(
        {
            "/": page(
                ALTERNATE.format("text/calendar", "/alle.ics") + ALTERNATE.format("application/rss+xml", "/feed/")
            ),
            "/alle.ics": ICS,
        },
        "/",
        "/alle.ics",
    ),
    "a page with a webcal link": Paste(
        {"/": page(body='<a href="/k.ics">Abonnieren</a>'), "/k.ics": ICS}, "/", "/k.ics"
    ),
    "a page of The Events Calendar": Paste(
        {
            "/termine/": page('<link href="/wp-content/plugins/the-events-calendar/x.css" rel="stylesheet">'),
            "/termine/?ical=1": ICS,
        },
        "/termine/",
        "/termine/?ical=1",
    ),
    "a page of Events Manager": Paste(
        {"/": page('<script src="/wp-content/plugins/events-manager/x.js"></script>'), "/events.ics": ICS},
        "/",
        "/events.ics",
    ),
    "a page that embeds Google": Paste(
        {"/": page(body='<iframe src="/calendar/embed?src=chor%40group.calendar.google.com"></iframe>'), BASIC: ICS},
        "/",
        BASIC,
    ),
    "a page that marks up its events": Paste({"/": page(JSON_LD)}, "/", "/", "html", ("Lesung",)),
    "a blog with dated items": Paste(
        {"/": page(ALTERNATE.format("application/rss+xml", "/blog.rss")), "/blog.rss": RSS},
        "/",
        "/blog.rss",
        "rss",
        ("Sommerfest",),
    ),
    "another Bündel": Paste({"/calendar.ics": BUENDEL}, "/calendar.ics", "/calendar.ics", "ics", ("Markt",)),
}


def settings_for(server: FeedServer) -> Settings:
    fetch = FetchSettings(allow_origins=frozenset({server.origin}), total_seconds=5)
    return Settings(Path("sources.yaml"), Site("Town", "Europe/Berlin", base_url="https://town.example.org"), fetch)


@pytest.fixture
def look(server: FeedServer) -> Callable[..., Preview]:
    """`look("/chor", {"/chor": body})`: the preview of a path of a server that answers this."""

    def run(path: str, served: Mapping[str, str], known: tuple[Source, ...] = ()) -> Preview:
        for address, body in served.items():
            server.put(address, body)
        pasted = path if "://" in path else f"http://{server.origin}{path}"
        return preview(pasted, settings_for(server), known, NOON)

    return run


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
def test_a_pasted_address_leads_to_its_calendar_in_few_requests(paste: Paste, look, server: FeedServer) -> None:
    found = look(paste.pasted, paste.served)
    assert found.outcome is Outcome.READABLE, found
    assert found.chosen is not None
    assert (found.chosen.url, found.format) == (f"http://{server.origin}{paste.chosen}", paste.form)
    assert tuple(coming.title for coming in found.coming) == paste.titles
    assert 1 <= len(server.visits) <= MOST_REQUESTS


def test_an_address_that_leads_nowhere_costs_no_more(look, server: FeedServer) -> None:
    found = look(
        "/", {"/": page('<link href="/wp-content/the-events-calendar/events-manager">' + "<a href=/x.ics>x</a>" * 9)}
    )
    assert found.outcome is Outcome.NOTHING_FOUND
    assert len(server.visits) <= MOST_REQUESTS


def test_a_personal_link_is_told_of_and_its_secret_goes_nowhere(look, server: FeedServer) -> None:
    found = look(f"{TEAM}?user=5&token=Geheim", {TEAM: ICS})
    assert found.removed == ("token", "user")
    assert "Geheim" not in found.pasted
    assert not any("token" in path for path, _ in server.visits)


@pytest.mark.parametrize(
    ("address", "error"),
    [
        pytest.param(
            "https://calendar.google.com/calendar/ical/a%40b.c/private-0ff/basic.ics",
            ErrorClass.SECRET,
            id="Google private",
        ),
        pytest.param("https://anna:geheim@cloud.example.org/dav/cal", ErrorClass.SECRET, id="a login"),
        pytest.param("file:///etc/passwd", ErrorClass.SCHEME, id="a file"),
        pytest.param("http://127.0.0.1:22/", ErrorClass.ADDRESS, id="this machine"),
        pytest.param("mailto:anna@example.org", ErrorClass.SCHEME, id="a mail link"),
        pytest.param("anna@example.org", ErrorClass.URL, id="a mail address"),
    ],
)
def test_some_addresses_are_refused_unseen(address: str, error: ErrorClass, server: FeedServer) -> None:
    found = preview(address, settings_for(server), (), NOON)
    assert found.outcome is Outcome.REFUSED
    assert found.failure is not None and found.failure.error_class is error
    assert "geheim" not in repr(found) and "private-" not in repr(found)


def test_an_address_without_scheme_is_tried_as_https(server: FeedServer) -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        raise OSError("no such name")

    found = preview("chor.example.org/termine", settings_for(server), (), NOON, Network(resolve))
    assert asked[0] == ("chor.example.org", 443)
    assert found.failure is not None and found.failure.error_class is ErrorClass.DNS


def test_a_group_tells_who_it_is(look) -> None:
    found = look("/project/repair-cafe/", {"/api/v2/projects/repair-cafe/": json.dumps(GROUP), TEAM: ICS})
    assert found.profile is not None
    assert (found.profile.name, found.profile.place) == ("Repair-Café", "Glockenhaus, Musterstadt")
    assert found.profile.topics == ("Umwelt und Naturschutz",)


def test_a_group_without_public_events_is_empty_not_wrong(look) -> None:
    found = look("/project/repair-cafe/", {"/api/v2/projects/repair-cafe/": json.dumps(GROUP), TEAM: EMPTY_ICS})
    assert (found.outcome, found.events) == (Outcome.EMPTY, 0)
    assert found.chosen is not None and found.chosen.url.endswith(TEAM)


@pytest.mark.parametrize("known", ["https://{0}/a.ics", "http://{0}/a.ics", "webcal://{0}/a.ics"])
def test_a_calendar_that_we_pull_already_is_recognised(known: str, look, server: FeedServer) -> None:
    found = look("/a.ics", {"/a.ics": ICS}, (Source("chor", "chor", known.format(server.origin)),))
    assert found.known_as == "chor"


def test_our_own_calendar_is_refused(server: FeedServer) -> None:
    server.put("/calendar.ics", BUENDEL)
    settings = settings_for(server)
    ours = Settings(settings.path, Site("Town", "Europe/Berlin", base_url=f"http://{server.origin}"), settings.fetch)
    found = preview(f"http://{server.origin}/calendar.ics", ours, (), NOON)
    assert (found.outcome, server.visits) == (Outcome.REFUSED, [])


def test_figures_lacks_and_defects_are_told(look) -> None:
    body = calendar(
        vevent("1", "Ohne alles", "20261205T190000"),
        vevent("2", "Reihe", "20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=3", "LOCATION:Saal"),
        "BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Kaputt\r\nDTSTART:morgen\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Schwebend\r\nDTSTART:20261209T100000\r\nDTEND:20261209T110000\r\nEND:VEVENT",
    )
    found = look("/a.ics", {"/a.ics": body})
    assert (found.singles, found.series, found.upcoming) == (2, 1, 5)
    assert (found.missing.places, found.missing.ends, found.missing.zones) == (2, 2, 1)
    assert [defect.line for defect in found.defects if defect.uid == "3"] == [15]


def test_a_cancelled_date_is_shown_as_cancelled(look) -> None:
    found = look("/a.ics", {"/a.ics": calendar(vevent("1", "ABGESAGT: Probe", "20261205T190000"))})
    assert [(coming.title, coming.status.value) for coming in found.coming] == [("Probe", "cancelled")]
