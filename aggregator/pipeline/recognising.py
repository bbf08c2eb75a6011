"""Which fresh record is which stored one, so that an event keeps its id (rule 1 of docs/design.md).

By its key inside the source; under a new key by start and address or title, and for a source that gives out
new UIDs at every visit also by its page alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.model.events import EventOccurrence
from aggregator.model.records import Occurrence, Record, StoredRecord
from aggregator.model.text import key

Signature = tuple[str, ...]
Likeness = Callable[[Record], Signature]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The fresh records under their stored ids; `unstable` when their keys were of no use."""

    records: tuple[Record, ...]
    unstable: bool = False


def recognise(stored: Sequence[StoredRecord], fresh: Sequence[Record], now: datetime) -> Recognised:
    """Give each fresh record the id of the stored record that it restates, or a new one.

    A newcomer that begins when a record begins that is not listed any more, at the same address or under the same
    title, is that record under a new key. Of several fresh records with one key the first counts.
    """
    distinct = list({record.key: record for record in reversed(fresh)}.values())[::-1]
    by_key = {known.record.key: known.record.id for known in stored}
    homes = {record.id: by_key[record.key] for record in distinct if record.key in by_key}
    newcomers = [record for record in distinct if record.id not in homes]
    settled = set(homes.values())
    strangers = [known for known in stored if known.record.id not in settled]
    alike = pairs_alike(newcomers, strangers, now, (*SURE_LIKENESSES, by_page))
    unstable = 2 * len(newcomers) > len(distinct) and 2 * len(alike) > len(newcomers)
    homes |= alike if unstable else pairs_alike(newcomers, strangers, now, SURE_LIKENESSES)
    return Recognised(under_stored_ids(distinct, homes, {known.record.id for known in stored}), unstable)


def pairs_alike(
    newcomers: Sequence[Record], strangers: Sequence[StoredRecord], now: datetime, likenesses: Sequence[Likeness]
) -> dict[str, str]:
    """Fresh id → stored id of records that are alike and unlike all others, the surest likeness first."""
    homes: dict[str, str] = {}
    for signature in likenesses:
        # Next month's meeting often has last month's page and title.
        only_coming = signature is by_page
        waiting = [record for record in newcomers if record.id not in homes]
        free = [
            known
            for known in strangers
            if known.record.id not in homes.values() and not (only_coming and is_over(known.record, now))
        ]
        if not waiting or not free:
            continue
        gone = unique(signature, (known.record for known in free if known.withdrawn_at))
        live = unique(signature, (known.record for known in free if not known.withdrawn_at))
        at_home = gone | live
        homes |= {fresh: at_home[sign] for sign, fresh in unique(signature, waiting).items() if sign in at_home}
    return homes


def unique(signature: Likeness, records: Iterable[Record]) -> dict[Signature, str]:
    """Record ids by signature, without those that several records or an empty part make ambiguous."""
    signs = [(signature(record), record.id) for record in records]
    count = Counter(sign for sign, _ in signs)
    return {sign: record for sign, record in signs if count[sign] == 1 and all(sign)}


def by_address(record: Record) -> Signature:
    """The page and the start."""
    return record.link, date_sign(record)


def by_place(record: Record) -> Signature:
    """Title, start and place."""
    return key(record.title), date_sign(record), key(record.place.text)


def by_title(record: Record) -> Signature:
    """Title and start."""
    return key(record.title), date_sign(record)


def by_page(record: Record) -> Signature:
    """The page and the title: an event that was moved, if the source renews its keys."""
    return record.link, key(record.title), "series" if record.is_series else "override" if record.series else "single"


SURE_LIKENESSES: tuple[Likeness, ...] = (by_address, by_place, by_title)


def date_sign(record: Record) -> str:
    """The start, with the replaced start of an override; "notice" for what has none."""
    times = [time.iso() for time in (record.start, record.original) if time]
    return " for ".join(times) or "notice"


def is_over(record: Record, now: datetime) -> bool:
    """Whether all dates of a record have ended; a notice never does."""
    if record.start is None:
        return False
    dates = record.occurrences or (Occurrence(record.start, record.start, record.end),)
    return all(EventOccurrence(date.original, date.start, date.end).ends_at <= now for date in dates)


def under_stored_ids(fresh: Sequence[Record], homes: Mapping[str, str], taken: Iterable[str]) -> tuple[Record, ...]:
    """The fresh records under the ids of `homes`, references to one another included.

    A newcomer whose own id is taken by another (which has since changed its key) gets the next free one.
    """
    used = set(taken)
    ids = dict(homes)
    for record in fresh:
        if record.id not in ids:
            ids[record.id] = free_id(record.id, used)
            used.add(ids[record.id])
    return tuple(renamed(record, ids) for record in fresh)


def free_id(wanted: str, used: set[str]) -> str:
    """The id itself, or with the first number that makes it free."""
    number, candidate = 1, wanted
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def renamed(record: Record, ids: Mapping[str, str]) -> Record:
    """The record with every record id in it exchanged; itself where none is another."""
    named = {record.id, record.series, *(date.record for date in record.occurrences)}
    if all(ids.get(one, one) == one for one in named):
        return record
    dates = tuple(replace(date, record=ids.get(date.record, date.record)) for date in record.occurrences)
    return replace(record, id=ids[record.id], series=ids.get(record.series, record.series), occurrences=dates)
