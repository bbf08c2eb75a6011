"""Addresses and UIDs in one spelling, and which of them prove anything."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from aggregator.match.keys import hashed
from aggregator.model.records import Record

# Parameters that tell where a reader came from, never which event is meant.
TRACKING = ("utm_", "fbclid", "gclid", "mc_", "pk_", "mtm_")
# A short UID without a host is a counter: two sources may both have a "17" or a "termin-17".
SHORTEST_UID = 16
# Most addresses have neither port nor query and need no taking apart.
PLAIN = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[\w./~%-]*)", re.ASCII)
WEB = re.compile(r"\s*https?:", re.I)


def uses_of(record: Record) -> tuple[int, ...]:
    """Keys of what a record uses of its source's identifiers: its UID and the address of its page."""
    pairs = (("uid", record.uid), ("url", event_url(record)))
    return tuple(hashed("use", record.source, kind, value) for kind, value in pairs if value)


def proving_uid(record: Record, repeated: Container[int]) -> str:
    """The UID if it can prove anything: one that its source gives to one event, and that is no mere number."""
    return "" if is_counter(record.uid) or hashed("use", record.source, "uid", record.uid) in repeated else record.uid


def is_counter(uid: str) -> bool:
    """Whether a UID is a number of its source, "17" or "termin-17", and no name for the whole world."""
    return uid.isdigit() or (len(uid) < SHORTEST_UID and not set("@/") & set(uid))


def proving_url(record: Record, repeated: Container[int]) -> str:
    """The event's own page, unless its source gives one page to several events."""
    url = event_url(record)
    return "" if hashed("use", record.source, "url", url) in repeated else url


def event_url(record: Record) -> str:
    """The address of the event's own page in one spelling, "" if the record tells none.

    Feeds without links often use the address as identifier. The root of a site is nobody's event page.
    """
    return next((url for url in map(canonical, (record.link, record.guid, record.uid)) if url), "")


@lru_cache(maxsize=4096)
def canonical(address: str) -> str:
    """An http(s) address without scheme, `www.`, trailing slash and tracking; "" for anything else."""
    if not WEB.match(address):
        return ""
    plain = PLAIN.fullmatch(address)
    if plain:
        return plain[1] + plain[2].rstrip("/") if plain[2].rstrip("/") else ""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    pairs = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(TRACKING)]
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not (path or pairs):
        return ""
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    # The fragment stays: several events of one page are told apart by it.
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{path}{query}{fragment}"
