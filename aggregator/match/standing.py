"""Who stands how to an event that several announce: its organiser, anybody, or a guest who only goes there.

Rule 11 of docs/design.md lets an initiative's own source speak first. But a group that says "Wir gehen gemeinsam zum
Podium" in its own calendar is not who holds it, a house enters from when to when a room is taken, and one that
contradicts all others about the hour was not told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import IntEnum

from aggregator.match.naming import Naming
from aggregator.model.records import Record

# A title (text) of somebody who takes part.
GUEST_TITLE = re.compile(
    r"\b(?:wir (?:gehen|fahren|radeln|laufen|sind (?:mit )?dabei|machen mit|helfen|unterst(?:ü|ue)tzen|öffnen)"
    r"|gemeinsam (?:zu[mr]?|nach)|ausflug|unser(?:en)? stand|stand (?:auf|bei|beim|am)|infostand|mit stand|auftritt"
    r"|umrahmung|tipp|fahrt zu[mr]?|tour zu[mr]|(?:kind|rad) zu[mr]|gesucht|zu gast|join us|we(?: a|')re going)\b",
    re.I,
)
GUEST_TEXT = re.compile(
    r"\b(?:wir (?:gehen|fahren|radeln|laufen|treffen uns)\b.{0,40}\b(?:gemeinsam|zusammen|davor|vorher)"
    r"|wir haben einen stand)",
    re.I,
)
# A house's own notes: the room, what has to be carried, when the doors open.
NOTE = re.compile(
    r"\((?:[^)]*(?:saal|raum|zimmer|küche|haus|bühne|foyer|transport|aufbau|intern|mensa|einlass|hof)[^)]*)\)|\b(?:einlass|doors)\b",
    re.I,
)
BOOKED = timedelta(minutes=150)
# A name behind one of these is where, not who.
WHERE = re.compile(r"\b(?i:im|ins|in der|in die|in den|am|vorm|vor dem|at the|in the)\s+\S+(?:\s+[A-ZÄÖÜ]\S*)?")


class Standing(IntEnum):
    """How near somebody is to an event, the nearest first."""

    ORGANISER = 0
    ANYBODY = 1
    GUEST = 2


def standings(records: Sequence[Record], initiatives: Mapping[str, str], naming: Naming) -> dict[str, Standing]:
    """The standing of each record among all that announce an event, by record id.

    `initiatives` are those of the records' sources by source id.
    """
    agreed, named = agreed_start(records), namings(records, initiatives, naming)
    organisers = {initiative for initiative, count in named.items() if count == max(named.values())}
    found = {}
    for record in records:
        others = [other for other in records if other.source != record.source]
        # The first dates of two series may lie weeks apart and mean the same.
        doubtful = not record.is_series and (is_booking(record, others) or contradicts(record, others, agreed))
        if is_guest(record) or doubtful:
            found[record.id] = Standing.GUEST
        else:
            is_organiser = initiatives.get(record.source, "") in organisers
            found[record.id] = Standing.ORGANISER if is_organiser else Standing.ANYBODY
    return found


def namings(records: Sequence[Record], initiatives: Mapping[str, str], naming: Naming) -> Counter[str]:
    """How often each initiative is named as who does it, by others than itself; a title counts twice."""
    counts: Counter[str] = Counter()
    for record in records:
        own = initiatives.get(record.source, "")
        in_title = naming.named_in_title(WHERE.sub(" ", record.title))
        in_text = naming.named_in(WHERE.sub(" ", f"{record.description}\n{record.organizer}"))
        counts.update({each: 2 for each in in_title if each != own})
        counts.update({each: 1 for each in in_text - in_title if each != own})
    return counts


def is_guest(record: Record) -> bool:
    """Whether an announcer says that it only takes part."""
    return bool(GUEST_TITLE.search(record.stated_title) or GUEST_TEXT.search(record.description))


def is_booking(record: Record, others: Sequence[Record]) -> bool:
    """Whether an entry takes in the time before another begins, and says less or notes what the house needs."""
    is_note = bool(NOTE.search(record.stated_title))
    return any(
        takes_in(record, other) and (is_note or (record.end and len(record.description) < len(other.description)))
        for other in others
    )


def takes_in(record: Record, other: Record) -> bool:
    """Whether an entry begins a little before another and does not end before it."""
    if record.start is None or other.start is None or record.start.is_date or other.start.is_date:
        return False
    if record.end and other.end and record.end.instant < other.end.instant:
        return False
    return timedelta() < other.start.instant - record.start.instant <= BOOKED


def contradicts(record: Record, others: Sequence[Record], agreed: str) -> bool:
    """Whether a record alone tells another start than the others agree on, and is not known to be the newest."""
    if not agreed or record.start is None or start_key(record) == agreed:
        return False
    stated = [other.updated for other in others if start_key(other) == agreed]
    newest = max((at for at in stated if at), default=None)
    return not (record.updated and newest and all(stated) and record.updated > newest)


def agreed_start(records: Sequence[Record]) -> str:
    """The start that at least two sources tell and nobody else's as many, "" if there is none."""
    told = Counter(key for key, _ in {(start_key(record), record.source) for record in records if record.start})
    best = told.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] == best[0][1]):
        return ""
    return best[0][0]


def start_key(record: Record) -> str:
    """The start of a record as a key of its instant."""
    return record.start.instant.isoformat() if record.start else ""
