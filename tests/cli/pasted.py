"""Kinds of address that people paste, with what a server on the loopback answers; all of it is invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.pipeline.conftest import calendar, vevent

PLACE = "LOCATION:Glockenhaus\\, Glockenstraße 1\\, 12345 Musterstadt"
CHOIR = calendar(
    "X-WR-CALNAME:Chor am Markt",
    vevent("1", "Probe", "20261201T193000", "DTEND;TZID=Europe/Berlin:20261201T213000", "RRULE:FREQ=WEEKLY", PLACE),
    vevent("2", "Adventskonzert", "20261213T170000", "DURATION:PT90M", PLACE, "DESCRIPTION:Eintritt frei\\, stufenlos"),
    vevent("3", "ABGESAGT: Offenes Singen", "20261215T180000", "DTEND;TZID=Europe/Berlin:20261215T190000", PLACE),
)
BARE = calendar(vevent("1", "Werkstatttag", "20261205T100000"), vevent("2", "Plenum", "20261208T190000"))
BROKEN = calendar(
    vevent("1", "Gut", "20261205T100000", "DTEND;TZID=Europe/Berlin:20261205T120000", PLACE),
    "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Ohne Tag\r\nDTSTART:morgen\r\nEND:VEVENT",
    vevent("3", "Endlos", "20261207T100000", "RRULE:FREQ=DAILY;INTERVAL=0", PLACE),
    "BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Privat\r\nCLASS:PRIVATE\r\nDTSTART:20261208T100000Z\r\nEND:VEVENT",
)
GROUP = json.dumps(
    {
        "id": 7,
        "name": "Repair-Café",
        "description_long": "Wir reparieren gemeinsam, was noch zu retten ist.",
        "website": "https://repair.example.org/",
        "topics": ["Umwelt und Naturschutz"],
        "tags": ["reparieren"],
        "locations": [{"location": "Glockenhaus, Musterstadt", "lat": 53.2, "lon": 10.4}],
        "url": "https://portal.example.org/project/repair-cafe/",
    }
)
ITEM = (
    "<item><title>{}</title><link>https://blog.example.org/{}</link><pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate>"
    "<description>{}</description></item>"
)
BLOG = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Neues vom Garten</title>'
    + ITEM.format("Saatguttausch", 1, "Am Samstag, 5. Dezember, um 15 und 17 Uhr im mosaique.")
    + ITEM.format("Offener Garten", 2, "Jeden Mittwoch um 16 Uhr, außer in den Ferien.")
    + ITEM.format("Pflanzaktion", 3, "Vielleicht am 12. oder 13. Dezember um 10 Uhr, wir sagen Bescheid.")
    + ITEM.format("Wir suchen Gießkannen", 4, "Wer hat noch eine übrig?")
    + ITEM.format("Förderung", 5, "Anmeldeschluss ist der 30. November 2026.")
    + "</channel></rss>"
)
NEWS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Neuigkeiten</title>'
    + ITEM.format("Neue Website", 1, "Wir sind umgezogen.")
    + "</channel></rss>"
)
MICRODATA = (
    '<div itemscope itemtype="https://schema.org/Event"><b itemprop="name">Lesung</b><meta itemprop="startDate"'
    ' content="2026-12-07T20:00"><meta itemprop="endDate" content="2026-12-07T21:30"><i itemprop="location">'
    "Buchladen</i></div>"
)
GANCIO = json.dumps(
    [{"id": 3, "slug": "jam", "title": "Jam", "start_datetime": 1796500800, "place": {"name": "Halle"}}]
)
MAP = json.dumps(
    [{"id": "k1", "title": "Pflanzentausch", "start": 1796500800, "lat": 53.2, "lng": 10.4, "email": "a@b.example"}]
)
TEAM = "/events/team/7/feed/"
LOGIN = '<form action="/login"><input name="user"><input type="password" name="password"></form>'


def page(head: str = "", body: str = "", title: str = "Chor am Markt") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@dataclass(frozen=True)
class Paste:
    """What is served where (a body, or a status), and what is pasted: a path of the server, or a whole address."""

    pasted: str
    served: Mapping[str, str | int] = field(default_factory=dict)


ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
PASTES = {
    "01 calendar file": Paste("/termine.ics", {"/termine.ics": CHOIR}),
    "02 wechange project": Paste("/project/repair-cafe/", {"/api/v2/projects/repair-cafe/": GROUP, TEAM: CHOIR}),
    "03 wechange personal link": Paste(
        f"{TEAM}?user=5&token=GEHEIM",
        {TEAM: CHOIR, "/api/v2/groups/?id=7": json.dumps({"results": [json.loads(GROUP)]})},
    ),
    "04 wechange members only": Paste(
        "/project/repair-cafe/", {"/api/v2/projects/repair-cafe/": GROUP, TEAM: calendar()}
    ),
    "05 nextcloud share": Paste(
        "/index.php/apps/calendar/p/GEHEIM1234/dayGridMonth/now",
        {"/remote.php/dav/public-calendars/GEHEIM1234?export": CHOIR},
    ),
    "06 google embed": Paste(
        "/calendar/embed?src=chor%40group.calendar.google.com&ctz=Europe%2FBerlin",
        {"/calendar/ical/chor%40group.calendar.google.com/public/basic.ics": CHOIR},
    ),
    "07 google private": Paste("https://calendar.google.com/calendar/ical/a%40b.c/private-GEHEIM/basic.ics"),
    "08 outlook published": Paste(
        "/owa/calendar/GEHEIM/c/calendar.html", {"/owa/calendar/GEHEIM/c/calendar.ics": CHOIR}
    ),
    "09 mobilizon group": Paste("/@chor", {"/@chor/feed/ics": CHOIR}),
    "10 gancio": Paste("/api/events", {"/api/events": GANCIO}),
    "11 karte von morgen": Paste("/v0/events?bbox=53.1,10.3,53.3,10.5", {"/v0/events?bbox=53.1,10.3,53.3,10.5": MAP}),
    "12 wordpress with a calendar": Paste(
        "/termine/",
        {
            "/termine/": page('<link href="/wp-content/plugins/the-events-calendar/x.css" rel="stylesheet">'),
            "/termine/?ical=1": CHOIR,
        },
    ),
    "13 blog with dates in words": Paste("/", {"/": page(ALTERNATE), "/feed/": BLOG}),
    "14 blog without dates": Paste("/", {"/": page(ALTERNATE), "/feed/": NEWS}),
    "15 typo3 page": Paste(
        "/veranstaltungen",
        {
            "/veranstaltungen": page(
                '<meta name="generator" content="TYPO3 CMS">',
                '<a href="/veranstaltungen?tx_calendarize%5Bformat%5D=ics">Alle Termine herunterladen</a>',
            ),
            "/veranstaltungen?tx_calendarize%5Bformat%5D=ics": BARE,
        },
    ),
    "16 page with microdata": Paste("/programm", {"/programm": page(body=MICRODATA, title="Buchladen")}),
    "17 login page": Paste("/intern/kalender", {"/intern/kalender": page(body=LOGIN, title="Anmelden")}),
    "18 page not found": Paste("/kalender.ics"),
    "19 broken calendar": Paste("/kaputt.ics", {"/kaputt.ics": BROKEN}),
    "20 mail address": Paste("chor@example.org"),
    "21 plain page": Paste("/", {"/": page(body="<p>Wir proben dienstags. Schaut vorbei!</p>")}),
    "22 server error": Paste("/k.ics", {"/k.ics": 500}),
    "23 asked to wait": Paste("/k.ics", {"/k.ics": 429}),
    "24 empty calendar": Paste("/leer.ics", {"/leer.ics": calendar()}),
    "25 login in the address": Paste("https://anna:GEHEIM@cloud.example.org/remote.php/dav/calendars/anna/chor"),
    "26 typing error": Paste("www.chor am markt.de"),
    "27 facebook page": Paste("https://www.facebook.com/events/ical/upcoming/?uid=1&key=GEHEIM"),
}
