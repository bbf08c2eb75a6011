"""Which record is which: the key of a record inside its source, and the ids made of it (rule 1)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC
from hashlib import blake2b
from urllib.parse import urlsplit

from aggregator.model.defects import Defect, DefectKind
from aggregator.model.records import Record, altered
from aggregator.model.text import key as word_key
from aggregator.model.times import EventTime

LONGEST_KEY = 500
SHOWN = tuple(field.name for field in fields(Record) if field.repr)
UNSTATED = {
    **dict.fromkeys(("id", "key", "series", "fingerprint"), "''"),
    **{"occurrences": "()", "published": "None", "updated": "None"},
}
# A WECHANGE page address: https://<portal>/<type>/<group>/event/<slug>/
WECHANGE_PATH = re.compile(r"^/(?P<kind>[^/]+)/(?P<group>[^/]+)/event/(?P<slug>[^/]+)/?$")


@dataclass(frozen=True, slots=True)
class Identified:
    """Records with key and id, each once, and what was wrong with their identifiers."""

    records: tuple[Record, ...]
    defects: tuple[Defect, ...] = ()


def record_id(source_id: str, key: str) -> str:
    """The id of a fresh record: its source and a short hash of its key."""
    return f"{source_id}.{blake2b(key.encode(), digest_size=6).hexdigest()}"


def fingerprint_of(record: Record, *parts: str) -> str:
    """A hash of everything that a record states; it changes exactly when the statement does.

    Left out are ids, the occurrences (they follow from the rest and roll with the horizon) and the times
    of publication, which many servers invent anew at each visit. `parts` are statements that live
    elsewhere: the fingerprints of a series' overrides.
    """
    # Only where there are any: most records keep the fingerprint that they had before there were suggestions.
    parts += tuple(map(repr, record.suggestions))
    return blake2b("\n".join([statement_of(record), *sorted(parts)]).encode(), digest_size=16).hexdigest()


def statement_of(record: Record) -> str:
    """The `repr` of a record without what is no statement, put together without a copy of it."""
    stated = (f"{name}={UNSTATED.get(name) or repr(getattr(record, name))}" for name in SHOWN)
    return f"Record({', '.join(stated)})"


def identified(records: Sequence[Record]) -> Identified:
    """Give each record its key and id; exact repeats become one.

    The key is UID (or GUID, link, else title and start) with the RECURRENCE-ID of an override. Where
    different events share it, their starts join the key, then their titles; of two versions of one event
    the one with the higher SEQUENCE stays. A WECHANGE event's key is host and event slug.
    """
    home_groups = _home_groups(records)
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_key[_key(record, home_groups)].append(record)
    defects: list[Defect] = []
    kept: list[Record] = []
    for key, sharing in by_key.items():
        different = _different(key, sharing)
        kept += different
        # One page may announce several events: a shared link is no fault, a shared UID is.
        if len(different) > 1 and (name := sharing[0].uid or sharing[0].guid):
            defects.append(Defect(DefectKind.REPEATED_UID, name))
    return Identified(tuple(kept), tuple(defects))


def _different(key: str, sharing: Sequence[Record]) -> list[Record]:
    """The different events among records that share a key, each with a key of its own."""
    versions: dict[tuple[str, str], Record] = {}
    sequences: dict[EventTime | None, set[int]] = defaultdict(set)
    for record in sharing:
        sequences[record.start].add(record.sequence)
    for record in sharing:
        # One that differs by SEQUENCE from another at the same start is the same event.
        is_version = len(sequences[record.start]) > 1
        event = (_stamp(record.start), "" if is_version else word_key(record.stated_title))
        known = versions.get(event)
        if known is None or known.sequence <= record.sequence:
            versions[event] = record
    if len(versions) == 1:
        return [_with_key(record, key) for record in versions.values()]
    starts = Counter(start for start, _ in versions)
    return [
        _with_key(record, f"{key}@{start}" + (f"/{title}" if starts[start] > 1 else ""))
        for (start, title), record in versions.items()
    ]


def _with_key(record: Record, key: str) -> Record:
    """The record with its key, kept short, and the id that follows from it."""
    if len(key) > LONGEST_KEY:
        key = f"{key[:LONGEST_KEY]}…{blake2b(key.encode(), digest_size=16).hexdigest()}"
    return altered(record, key=key, id=record_id(record.source, key))


def _key(record: Record, home_groups: Mapping[str, str]) -> str:
    """What identifies a record among those of its source, if its source does it right."""
    if record.original is not None:
        return f"{_identifier(record, home_groups)}#{_stamp(record.original)}"
    return _identifier(record, home_groups)


def _identifier(record: Record, home_groups: Mapping[str, str]) -> str:
    """The source's own name for an event, or title and start when it has none."""
    if page := wechange_page(record.uid):
        host, group, slug = page
        # A renamed group changes all its addresses; slugs of other groups' events may be the same.
        return f"wechange:{host}/{slug}" if home_groups.get(f"{host}/{slug}", group) == group else f"uid:{record.uid}"
    for name, value in (("uid", record.uid), ("guid", record.guid), ("link", record.link)):
        if value:
            return f"{name}:{value}"
    return f"title:{word_key(record.stated_title)}@{_stamp(record.start)}"


def _home_groups(records: Iterable[Record]) -> Mapping[str, str]:
    """For each slug that several WECHANGE groups of one feed use: the group that may keep the short key.

    It is the feed's own group, to which more than half of the events belong; if there is none, no group
    keeps it (the empty string equals no group).
    """
    pages = {page for record in records if (page := wechange_page(record.uid))}
    sizes = Counter((host, group) for host, group, _ in pages)
    groups: dict[str, set[str]] = defaultdict(set)
    for host, group, slug in pages:
        groups[f"{host}/{slug}"].add(group)
    own = {group for (_, group), size in sizes.items() if 2 * size > len(pages)}
    return {slug: next(iter(own & sharing), "") for slug, sharing in groups.items() if len(sharing) > 1}


def wechange_page(uid: str) -> tuple[str, str, str] | None:
    """Host, group (with its type) and event slug of a WECHANGE page address; None for any other."""
    if not uid.startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(uid)
    except ValueError:
        return None
    found = WECHANGE_PATH.match(parts.path)
    return (parts.netloc.lower(), f"{found['kind']}/{found['group']}", found["slug"]) if found else None


def _stamp(time: EventTime | None) -> str:
    """A moment as it stands in keys: a date, or the instant in UTC."""
    if time is None:
        return "-"
    return f"{time.wall:%Y%m%d}" if time.is_date else f"{time.instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
