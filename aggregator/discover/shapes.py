"""Addresses of known systems: the shape of a page's or embed's address tells the address of its calendar.

The path decides, not the host: most of these systems run under any name.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit, urlunsplit

from aggregator.model.discovery import Candidate

# Another scheme, or a mail address; "example.org:8080/x" is neither.
OTHER_KIND = re.compile(r"[a-z][a-z+.-]*:(?!\d)|[^/?#]+@[^/?#]+$", re.IGNORECASE)
EMBED_CODE = re.compile(
    r"""\s*<(?:iframe|a)\b[^>]{0,500}?\b(?:src|href)=["'](?P<address>[^"']{1,2000})""", re.IGNORECASE
)
CALENDAR_SCHEMES = {"webcal": "https", "webcals": "https"}
NEXTCLOUD_SHARE = re.compile(r"^(?P<base>.*?)(?:/index\.php)?/apps/calendar/(?:p|embed)/(?P<token>[\w-]+)")
NEXTCLOUD_CALENDAR = re.compile(r"^(?P<base>.*)/remote\.php/dav/public-calendars/(?P<token>[\w-]+)/?$")
GOOGLE_FEED = re.compile(r"^/calendar/(?:feeds|ical)/(?P<id>[^/]+)/public/")
OUTLOOK_PAGE = re.compile(r"/(?:owa/)?calendar/.+/(?:calendar|reachcalendar)\.html$", re.IGNORECASE)
GANCIO_FEED = re.compile(r"^/feed/(?:rss|ics)(?:/(?:tag|place|collection)/[^/]+)?/?$")
GANCIO_LIST = re.compile(r"^/(?P<kind>tag|place|collection)/(?P<name>[^/]+)/?$")
MOBILIZON_GROUP = re.compile(r"^/@(?P<group>[\w.-]+)(?:/(?:events|feed/atom|feed/ics))?/?$")
WECHANGE_LEGACY = re.compile(r"^/(?:project|group|conference)/[^/]+/event/feed/?$")
WECHANGE_TEAM = re.compile(r"^/events/team/\d+/feed/?$")
KARTE_VON_MORGEN = re.compile(r"/v0/events/?$")
CALENDAR_FILE = re.compile(r"\.ics$", re.IGNORECASE)
FEED_PATH = re.compile(r"/(?:feed|rss|atom)/?$|\.(?:rss|atom|rdf|xml)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """One known shape: what it makes of an address, and how that is called."""

    find: Callable[[SplitResult], str]
    format: str
    reason_de: str
    reason_en: str


def with_scheme(address: str) -> str:
    """The address as typed, made whole: `https://` where nothing stands, https instead of webcal.

    Of a piece of HTML, such as the code for embedding a calendar, it is the first address inside.
    """
    inside = EMBED_CODE.match(address)
    text = (unescape(inside["address"]) if inside else address).strip().strip("<>\"'")
    scheme, separator, rest = text.partition("://")
    if separator:
        return f"{CALENDAR_SCHEMES.get(scheme.lower(), scheme)}://{rest}"
    # "webcal:example.org/x.ics" is written too; "mailto:" and mail addresses are refused later by name.
    if text.lower().startswith("webcal:"):
        return "https://" + text[len("webcal:") :].lstrip("/")
    return text if OTHER_KIND.match(text) else f"https://{text}"


def by_shape(address: str) -> tuple[Candidate, ...]:
    """The calendars that the shape of an absolute address tells of, the most particular first."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ()
    found = [
        Candidate(url, shape.format, shape.reason_de, shape.reason_en) for shape in SHAPES if (url := shape.find(parts))
    ]
    return tuple(replace(candidate, rank=rank) for rank, candidate in enumerate(found, 1))


def moved(parts: SplitResult, path: str, query: str = "") -> str:
    """Another path on the same server."""
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _google(parts: SplitResult) -> str:
    """The public calendar of an embed address (`src`), a sharing address (`cid`) or an old feed address."""
    if not parts.path.startswith("/calendar/"):
        return ""
    query = parse_qs(parts.query)
    named = query.get("src") or query.get("cid") or []
    feed = GOOGLE_FEED.match(parts.path)
    calendar = _calendar_id(named[0]) if named else feed["id"] if feed else ""
    if calendar.startswith(("http://", "https://", "webcal://")):
        return with_scheme(calendar)
    known = quote(calendar, safe="%") if feed and not named else quote(calendar, safe="")
    return moved(parts, f"/calendar/ical/{known}/public/basic.ics") if calendar else ""


def _calendar_id(named: str) -> str:
    """A Google calendar's id as it stands, or out of the base64 of newer sharing addresses; else nothing."""
    if "@" in named or "://" in named:
        return named
    try:
        decoded = urlsafe_b64decode(named + "=" * (-len(named) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    return decoded if "@" in decoded else ""


def _nextcloud(parts: SplitResult) -> str:
    found = NEXTCLOUD_SHARE.match(parts.path) or NEXTCLOUD_CALENDAR.match(parts.path)
    if not found:
        return ""
    # One share link may bundle several calendars; the first is the one that was shared.
    token = found["token"].split("-")[0]
    return moved(parts, f"{found['base']}/remote.php/dav/public-calendars/{token}", "export")


def _outlook(parts: SplitResult) -> str:
    return moved(parts, parts.path[: -len("html")] + "ics") if OUTLOOK_PAGE.search(parts.path) else ""


def _mobilizon(parts: SplitResult) -> str:
    group = MOBILIZON_GROUP.match(parts.path)
    return moved(parts, f"/@{group['group']}/feed/ics") if group else ""


def _gancio(parts: SplitResult) -> str:
    """The calendar beside Gancio's RSS, or of one of its lists; only the human text of its RSS tells a date."""
    if GANCIO_FEED.match(parts.path):
        return moved(parts, parts.path.replace("/feed/rss", "/feed/ics", 1), parts.query)
    found = GANCIO_LIST.match(parts.path)
    return moved(parts, f"/feed/ics/{found['kind']}/{found['name']}") if found else ""


def _wechange(parts: SplitResult) -> str:
    """The group's calendar itself; of its parameters only the child projects are kept."""
    if not (WECHANGE_LEGACY.match(parts.path) or WECHANGE_TEAM.match(parts.path)):
        return ""
    children = [pair for pair in parts.query.split("&") if pair == "include_sub_projects=1"]
    return moved(parts, parts.path.rstrip("/") + "/", "&".join(children))


def _karte_von_morgen(parts: SplitResult) -> str:
    return moved(parts, parts.path, parts.query) if KARTE_VON_MORGEN.search(parts.path) else ""


def _calendar_file(parts: SplitResult) -> str:
    query = parse_qs(parts.query, keep_blank_values=True)
    named = bool({"ical", "outlook-ical", "mec-ical-feed"} & set(query))
    exports = named or parts.query == "export" or "ai1ec" in parts.query
    return urlunsplit(parts._replace(fragment="")) if CALENDAR_FILE.search(parts.path) or exports else ""


def _feed(parts: SplitResult) -> str:
    return urlunsplit(parts._replace(fragment="")) if FEED_PATH.search(parts.path) else ""


def plugin_exports(address: str) -> tuple[tuple[str, str], ...]:
    """Where WordPress's calendar plug-ins put their exports: addresses with the plug-in's name."""
    parts = urlsplit(address)
    page = parts.path.rstrip("/") + "/"
    return (
        (moved(parts, page, urlencode({"ical": 1})), "The Events Calendar"),
        (moved(parts, "/events/", urlencode({"ical": 1})), "The Events Calendar"),
        (moved(parts, "/events.ics"), "Events Manager"),
        (
            moved(
                parts,
                "/",
                "plugin=all-in-one-event-calendar&controller=ai1ec_exporter_controller&action=export_events&no_html=true",
            ),
            "All-in-One Event Calendar",
        ),
        (moved(parts, "/", "mec-ical-feed=1"), "Modern Events Calendar"),
        (moved(parts, "/feed/eo-events/"), "Event Organiser"),
        (moved(parts, "/feeds/my-calendar-ics/"), "My Calendar"),
    )


SHAPES = (
    Shape(_wechange, "ics", "Kalender einer Gruppe auf WECHANGE", "calendar of a group on WECHANGE"),
    Shape(_google, "ics", "öffentlicher Google-Kalender", "public Google calendar"),
    Shape(_nextcloud, "ics", "geteilter Nextcloud-Kalender", "shared Nextcloud calendar"),
    Shape(_outlook, "ics", "veröffentlichter Outlook-Kalender", "published Outlook calendar"),
    Shape(_mobilizon, "ics", "Gruppe auf Mobilizon", "group on Mobilizon"),
    Shape(_gancio, "ics", "Kalender von Gancio", "calendar of Gancio"),
    Shape(_karte_von_morgen, "kartevonmorgen", "Karte von morgen", "Karte von morgen"),
    Shape(_calendar_file, "ics", "Kalenderdatei", "calendar file"),
    Shape(_feed, "auto", "Feed", "feed"),
)
