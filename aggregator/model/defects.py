"""What is wrong with one event of a feed: said in plain words, never a reason to lose its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DefectKind(StrEnum):
    """The kinds of defect; `SENTENCES` tells each in plain words."""

    NO_START = "no_start"
    BAD_START = "bad_start"
    BAD_END = "bad_end"
    END_BEFORE_START = "end_before_start"
    UNKNOWN_ZONE = "unknown_zone"
    BAD_RECURRENCE = "bad_recurrence"
    RECURRENCE_LIMIT = "recurrence_limit"
    ORPHAN_OVERRIDE = "orphan_override"
    NO_TITLE = "no_title"
    NO_UID = "no_uid"
    REPEATED_UID = "repeated_uid"
    UNSTABLE_UID = "unstable_uid"
    PRIVATE = "private"
    TOO_LONG = "too_long"
    BAD_LINE = "bad_line"
    BAD_PROPERTY = "bad_property"
    NOT_WELL_FORMED = "not_well_formed"
    UNREADABLE = "unreadable"
    OUTSIDE_REGION = "outside_region"
    TOO_MANY = "too_many"
    TAKEN_OVER = "taken_over"
    UNREAD_EXCEPTION = "unread_exception"
    HELD_APART = "held_apart"


# Left out because somebody wants it so, not because anything is wrong.
LEFT_OUT_ON_PURPOSE = frozenset({DefectKind.PRIVATE, DefectKind.OUTSIDE_REGION, DefectKind.TAKEN_OVER})
# The event is shown, but not all that its source says of when it takes place.
SHOWN_IN_PART = frozenset(
    {
        DefectKind.BAD_END,
        DefectKind.END_BEFORE_START,
        DefectKind.UNKNOWN_ZONE,
        DefectKind.BAD_RECURRENCE,
        DefectKind.RECURRENCE_LIMIT,
    }
)


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong, with its place and whether it cost us the event.

    `uid` names the event as its source does (UID, GUID or link; empty for the feed as a whole);
    `line` is 1-based. `detail` completes the sentence and is shortened by whoever makes it.
    """

    kind: DefectKind
    uid: str = ""
    line: int | None = None
    detail: str = ""
    skipped: bool = False

    @property
    def is_loss(self) -> bool:
        """Whether it cost an event, or a part of when it takes place, that its source wants to be seen."""
        return self.kind in SHOWN_IN_PART or (self.skipped and self.kind not in LEFT_OUT_ON_PURPOSE)

    def sentence(self, language: str = "de") -> str:
        """What is wrong and what we did about it, in German or English."""
        german, english = SENTENCES[self.kind]
        text = english if language == "en" else german
        return text.format(detail=self.detail) if self.detail else text.replace(" ({detail})", "")


SENTENCES: dict[DefectKind, tuple[str, str]] = {
    DefectKind.NO_START: (
        "Der Termin hat keinen Beginn; wir können ihn nicht einordnen.",
        "The event has no start; we cannot place it.",
    ),
    DefectKind.BAD_START: (
        "Den Beginn können wir nicht lesen ({detail}).",
        "We cannot read the start ({detail}).",
    ),
    DefectKind.BAD_END: (
        "Das Ende können wir nicht lesen ({detail}); wir zeigen den Termin ohne Ende.",
        "We cannot read the end ({detail}); we show the event without one.",
    ),
    DefectKind.END_BEFORE_START: (
        "Das Ende liegt vor dem Beginn ({detail}); wir zeigen den Termin ohne Ende.",
        "The end lies before the start ({detail}); we show the event without one.",
    ),
    DefectKind.UNKNOWN_ZONE: (
        "Die Zeitzone kennen wir nicht ({detail}); wir nehmen die der Quelle.",
        "We do not know the time zone ({detail}); we take the source's.",
    ),
    DefectKind.BAD_RECURRENCE: (
        "Die Wiederholungsregel können wir nicht lesen ({detail}); wir zeigen nur den ersten Termin.",
        "We cannot read the repetition rule ({detail}); we show the first date only.",
    ),
    DefectKind.RECURRENCE_LIMIT: (
        "Die Wiederholung ergibt zu viele Termine ({detail}); wir zeigen nicht alle.",
        "The repetition yields too many dates ({detail}); we do not show all of them.",
    ),
    DefectKind.ORPHAN_OVERRIDE: (
        "Die Änderung gehört zu einer Reihe, die im Kalender fehlt; wir zeigen sie als einzelnen Termin.",
        "The change belongs to a series that the calendar does not hold; we show it as a single event.",
    ),
    DefectKind.NO_TITLE: (
        "Der Termin hat keinen Titel.",
        "The event has no title.",
    ),
    DefectKind.NO_UID: (
        "Der Termin hat keine Kennung (UID); wir erkennen ihn an Titel und Beginn wieder.",
        "The event has no identifier (UID); we recognise it by title and start.",
    ),
    DefectKind.REPEATED_UID: (
        "Mehrere Termine tragen dieselbe Kennung (UID); wir zeigen alle.",
        "Several events carry the same identifier (UID); we show all of them.",
    ),
    DefectKind.UNSTABLE_UID: (
        "Der Kalender vergibt bei jedem Abruf neue Kennungen (UID);"
        " wir erkennen die Termine an Adresse oder Titel und Beginn.",
        "The calendar gives out new identifiers (UID) at every visit;"
        " we recognise its events by address or title and start.",
    ),
    DefectKind.PRIVATE: (
        "Der Termin ist als privat oder vertraulich gekennzeichnet; wir zeigen ihn nicht.",
        "The event is marked private or confidential; we do not show it.",
    ),
    DefectKind.TOO_LONG: (
        "Ein Text ist länger als erlaubt ({detail}); wir haben ihn gekürzt.",
        "A text is longer than allowed ({detail}); we shortened it.",
    ),
    DefectKind.BAD_LINE: (
        "Eine Zeile gehört nicht in einen Kalender ({detail}); wir haben sie übersprungen.",
        "A line does not belong in a calendar ({detail}); we skipped it.",
    ),
    DefectKind.BAD_PROPERTY: (
        "Eine Angabe können wir nicht lesen ({detail}); der Termin bleibt ohne sie.",
        "We cannot read one statement ({detail}); the event stays without it.",
    ),
    DefectKind.NOT_WELL_FORMED: (
        "Die Datei hält sich nicht an die Regeln von XML; wir haben gelesen, was zu lesen war.",
        "The file does not keep to the rules of XML; we read what could be read.",
    ),
    DefectKind.UNREADABLE: (
        "Diesen Termin können wir nicht lesen ({detail}).",
        "We cannot read this event ({detail}).",
    ),
    DefectKind.OUTSIDE_REGION: (
        "Der Termin liegt außerhalb des Umkreises dieser Quelle.",
        "The event lies outside this source's radius.",
    ),
    DefectKind.TOO_MANY: (
        "Der Kalender hat mehr Termine, als wir von einer Quelle aufnehmen ({detail}).",
        "The calendar holds more events than we take from one source ({detail}).",
    ),
    DefectKind.UNREAD_EXCEPTION: (
        "Die Reihe lässt Tage aus, die wir nicht kennen ({detail}); wir zeigen auch diese.",
        "The series leaves out days that we do not know ({detail}); we show these too.",
    ),
    DefectKind.HELD_APART: (
        "Sehr viele Einträge gleichen einander, und aus ihnen wäre ein einziger Termin geworden;"
        " wir zeigen einige davon getrennt ({detail}). Wiederholt der Kalender Einträge?",
        "Very many entries are alike and would have become one single event; we show some of them apart ({detail})."
        " Does the calendar repeat entries?",
    ),
    DefectKind.TAKEN_OVER: (
        "Den Termin hat dieser Kalender selbst von einem anderen Bündel; wir nehmen ihn nur von dort.",
        "This calendar has the event from another Bündel itself; we take it from there only.",
    ),
}
