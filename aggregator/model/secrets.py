"""Secrets in addresses: recognised, taken out where a public form exists, never shown.

A public share link (Nextcloud, Teamup, a published Outlook calendar) is not refused: there the token
*is* the address. It is kept like a secret all the same: people see the host only, and the store seals it
(store/sealing.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit

# The WECHANGE feed address that a logged-in member is shown opens all their private groups; without
# these two it is the group's public feed.
WECHANGE_KEYS = frozenset({"user", "token"})
WECHANGE_FEED = re.compile(r"/events/team/\d+/")

LONGEST_SHOWN = 500
CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
LOGIN = "Login"
LOGIN_KEYS = frozenset({"password", "passwd", "pwd", "access_token", "api_key", "apikey"})


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A shape of address that is one person's key to their own calendar and has no public form."""

    product: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    keys: frozenset[str] = frozenset()


ANY_HOST = re.compile("")
ANY_PATH = re.compile("")
PERSONAL_LINKS = (
    PersonalLink("Google", re.compile(r"(^|\.)google\.\w+$"), re.compile(r"/private-[^/]+")),
    PersonalLink("Google", re.compile(r"(^|\.)google\.\w+$"), ANY_PATH, frozenset({"pvttk"})),
    # Sent to one invited person; the published calendar of the same product ends in calendar.ics.
    PersonalLink("Outlook", re.compile(r"(^|\.)(outlook|office365|office|live)\.com$"), re.compile("reachcalendar")),
    PersonalLink("Facebook", re.compile(r"(^|\.)facebook\.com$"), re.compile("/ical/"), frozenset({"key"})),
    PersonalLink("Moodle", ANY_HOST, ANY_PATH, frozenset({"authtoken"})),
    PersonalLink("Mobilizon", ANY_HOST, re.compile(r"^/events/going/[^/]+/(ics|atom)$")),
    *(PersonalLink(LOGIN, ANY_HOST, ANY_PATH, frozenset({key})) for key in sorted(LOGIN_KEYS)),
)
SHARE_LINK = re.compile(
    r"/public-calendars/|/published/|/feed/ks|/owa/calendar/|/apps/calendar/(?:p|embed)/|/(?:index\.php/)?s/\w{10,}",
    re.IGNORECASE,
)
# Whoever has such a parameter has the calendar, whatever system it is.
SHARE_KEYS = frozenset("token key secret auth hash sig signature share sharekey cachekey passphrasekey".split())
SEALED_SCHEME = "sealed://"
"""How the store writes an address that it seals; the host stands behind it, readable."""


@dataclass(frozen=True, slots=True)
class PublicForm:
    """An address as it may be stored.

    `removed` names the query parameters that were taken out. `refused_reason` is set when there is no
    public form: the product whose personal link it is, or "Login"; `url` is empty then.
    """

    url: str = field(repr=False)
    removed: tuple[str, ...] = ()
    refused_reason: str = ""


@lru_cache(maxsize=4096)
def public_form(url: str) -> PublicForm:
    """The address without personal secrets, or why there is no such form; other addresses unchanged."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return PublicForm(url)
    keys = _keys(parts.query)
    if "@" in parts.netloc:
        return PublicForm("", refused_reason=LOGIN)
    for link in PERSONAL_LINKS:
        if link.host.search(host) and link.path.search(parts.path) and link.keys <= keys:
            return PublicForm("", refused_reason=link.product)
    # Elsewhere a lone token may be a share link, but user and token together name a person.
    if keys >= WECHANGE_KEYS or (keys & WECHANGE_KEYS and WECHANGE_FEED.search(parts.path)):
        return _without(url, parts.query)
    return PublicForm(url)


def holds_secret(url: str) -> bool:
    """Whether whoever reads the address on its way could use it: a personal secret or a share link."""
    form = public_form(url)
    if form.removed or form.refused_reason or url.startswith(SEALED_SCHEME) or SHARE_LINK.search(url):
        return True
    return bool(_keys(url.partition("#")[0].partition("?")[2]) & SHARE_KEYS)


def shown_host(url: str) -> str:
    """All of an address that people and logs may see: the host; empty for a file or an unreadable address."""
    try:
        # Control characters and backslashes make libraries disagree on what the host is.
        host = (urlsplit(url.strip()).hostname or "") if "://" in url and not CONTROL.search(url) else ""
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""


def masked(url: str) -> str:
    """The address as the one who pasted it may see it again: whole, but only its host when it holds a secret."""
    host = shown_host(url)
    return f"{host}/…" if holds_secret(url) else url.strip()[:LONGEST_SHOWN]


def _keys(query: str) -> frozenset[str]:
    return frozenset(_key(pair) for pair in query.split("&"))


def _key(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0]).lower()


def _without(url: str, query: str) -> PublicForm:
    """The address without the WECHANGE parameters; all else stays byte for byte."""
    kept = [pair for pair in query.split("&") if _key(pair) not in WECHANGE_KEYS]
    head = url.strip().partition("#")[0].partition("?")[0]
    removed = tuple(sorted(_keys(query) & WECHANGE_KEYS))
    return PublicForm(f"{head}?{'&'.join(kept)}" if kept else head, removed)
