"""One VEVENT to one component (RFC 5545 section 3.6.1)."""

from __future__ import annotations

from dataclasses import replace

from aggregator.model.components import Component, StatedPlace, StatedRecurrence
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.values import dataclass
from aggregator.parse import values
from aggregator.parse.content_lines import RawComponent
from aggregator.parse.hashes import hash_of_lines
from aggregator.parse.properties import Properties, Stated
from aggregator.parse.values import Property

# All that is ever read of an event. What names or reaches people (ATTENDEE, CONTACT), fetches something (ATTACH,
# IMAGE), opens a private room (CONFERENCE) or is a vendor's own (X-) is left where it is.
KEPT = frozenset(
    {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "CATEGORIES", "ORGANIZER", "STATUS", "CLASS"}
    | {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
    | {"SEQUENCE", "CREATED", "LAST-MODIFIED"}
)
PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
NO_POINT: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """What one VEVENT gave: a component, or none, and what was wrong."""

    component: Component | None
    defects: tuple[Defect, ...] = ()


def read_event(raw: RawComponent, method: str) -> ReadEvent:
    """The component of a VEVENT; `method` is the METHOD of its calendar (RFC 5546).

    An event marked private, or without DTSTART, is skipped with a defect; any other property that cannot be
    read is left out with a defect.
    """
    if raw.read is not None:
        return ReadEvent(replace(raw.read, status="CANCELLED") if method == "CANCEL" else raw.read)
    stated = Properties(raw.lines, KEPT)
    uid = stated.one("UID", values.line_of_text, "")
    if stated.one("CLASS", values.token, "") in PRIVATE:
        return _skipped(DefectKind.PRIVATE, uid, raw)
    if stated.one("DTSTART", values.time, None) is None:
        return _skipped(DefectKind.NO_START, uid, raw)
    component = component_of(stated, method, hash_of_lines(raw.lines), raw.line)
    return ReadEvent(component, tuple(replace(defect, uid=uid) for defect in dict.fromkeys(stated.defects)))


def _skipped(kind: DefectKind, uid: str, raw: RawComponent) -> ReadEvent:
    return ReadEvent(None, (Defect(kind, uid, raw.line, skipped=True),))


def component_of(stated: Stated, method: str, content_hash: str, line: int) -> Component:
    """The component of an event's properties."""
    return Component(
        kind="vevent",
        uid=stated.one("UID", values.line_of_text, ""),
        link=stated.one("URL", values.link, ""),
        title=stated.one("SUMMARY", values.line_of_text, ""),
        description=stated.one("DESCRIPTION", values.text, ""),
        start=stated.one("DTSTART", values.time, None),
        end=stated.one("DTEND", values.time, None),
        duration=stated.one("DURATION", values.duration, None),
        recurrence=_recurrence(stated),
        recurrence_id=stated.one("RECURRENCE-ID", values.time, None),
        this_and_future=stated.one("RECURRENCE-ID", _is_this_and_future, False),
        place=_place(stated),
        organizer=stated.one("ORGANIZER", values.organizer, ""),
        categories=stated.joined("CATEGORIES", values.categories),
        # A calendar published with METHOD:CANCEL cancels all it holds (RFC 5546 section 3.2.5).
        status="CANCELLED" if method == "CANCEL" else stated.one("STATUS", values.token, ""),
        sequence=stated.one("SEQUENCE", values.whole_number, 0),
        published=stated.one("CREATED", values.moment, None),
        updated=stated.one("LAST-MODIFIED", values.moment, None),
        language=stated.one("SUMMARY", _language, ""),
        content_hash=content_hash,
        line=line,
    )


def _recurrence(stated: Stated) -> StatedRecurrence:
    return StatedRecurrence(
        rules=stated.every("RRULE", values.rule),
        dates=stated.joined("RDATE", values.times),
        exceptions=stated.joined("EXDATE", values.times),
    )


def _place(stated: Stated) -> StatedPlace:
    latitude, longitude = stated.one("GEO", values.coordinates, NO_POINT)
    return StatedPlace(stated.one("LOCATION", values.line_of_text, ""), latitude=latitude, longitude=longitude)


def _is_this_and_future(found: Property) -> bool:
    return found.parameters.get("RANGE", "").upper() == "THISANDFUTURE"


def _language(found: Property) -> str:
    return found.parameters.get("LANGUAGE", "")[:2].lower()
