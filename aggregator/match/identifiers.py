"""Addresses and UIDs in one spelling, and which of them prove anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from aggregator.model.records import Record

# Parameters that tell where a reader came from, never which event is meant.
TRACKING = ("utm_", "fbclid", "gclid", "mc_", "pk_", "mtm_")
# A short UID without a host is a counter: two sources may both have a "17" or a "termin-17".
SHORTEST_UID = 16

# Source, kind of identifier, value.
Use = tuple[str, str, str]


def uses(records: Iterable[Record]) -> Counter[Use]:
    """How often each source uses each of its identifiers."""
    return Counter(use for record in records for use in uses_of(record))


def uses_of(record: Record) -> list[Use]:
    """What a record uses of its source's identifiers: (source, kind, value)."""
    pairs = (("uid", record.uid), ("url", event_url(record)))
    return [(record.source, kind, value) for kind, value in pairs if value]


def proving_uid(record: Record, counts: Mapping[Use, int]) -> str:
    """The UID if it can prove anything: one that its source gives to one event, and that is no mere number."""
    is_counter = record.uid.isdigit() or (len(record.uid) < SHORTEST_UID and not set("@/") & set(record.uid))
    return "" if is_counter or counts.get((record.source, "uid", record.uid)) != 1 else record.uid


def proving_url(record: Record, counts: Mapping[Use, int]) -> str:
    """The event's own page, unless its source gives one page to several events."""
    url = event_url(record)
    return url if counts.get((record.source, "url", url)) == 1 else ""


def event_url(record: Record) -> str:
    """The address of the event's own page in one spelling, "" if the record tells none.

    Feeds without links often use the address as identifier. The root of a site is nobody's event page.
    """
    return next((url for url in map(canonical, (record.link, record.guid, record.uid)) if url), "")


def canonical(address: str) -> str:
    """An http(s) address without scheme, `www.`, trailing slash and tracking; "" for anything else."""
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
