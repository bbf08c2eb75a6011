"""What is said of an event's taking place: by its title's words and by STATUS or eventStatus (rule 5)."""

from __future__ import annotations

import re

from aggregator.model.records import Status
from aggregator.normalise.phrases import letters

# "Nicht abgesagt", "fast ausgebucht", "not sold out" say the contrary, or not yet.
DENIED = r"(?<!nicht )(?<!nicht mehr )(?<!fast )(?<!beinahe )(?<!not )(?<!almost )(?<!nearly )"
OPENING = r"^[^\w(\[]*[(\[]?\s*"
CLOSING = r"\s*(?:[)\]:!–—|]|-\s|$)"
BRACKET = r"[(\[]\s*(?:leider|heute|wird|ist|neu)?\s*"

WORDS: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (
        Status.CANCELLED,
        (
            DENIED + r"\babgesagt\b",
            OPENING + r"absage\s*[:!]",
            r"\bentf(?:ä|ae)llt\b(?!\s+nicht\b)",
            # "fällt leider krankheitsbedingt aus"; but "fällt nicht aus", "fällt aus dem Rahmen".
            r"\bf(?:ä|ae)llt(?:\s+(?!(?:nicht|nie|kein\w*)\b)[^\s:;!?]+){0,4}?\s+aus\b(?!\s+(?:de[mnr]|allen)\b)",
            DENIED + r"\bcancell?ed\b",
        ),
    ),
    (
        Status.MOVED,
        (
            DENIED + r"\bverschoben\b",
            DENIED + r"\bpostponed\b",
            # "verlegt" alone is ambiguous (Stolpersteine werden verlegt): it counts as a mark, not in a sentence.
            OPENING + r"(?:verlegt|rescheduled)" + CLOSING,
            BRACKET + r"(?:verlegt|rescheduled)\b",
            r"(?:[–—:|!]|\s-)\s*(?:verlegt|rescheduled)\b",
            r"(?<!werden )(?<!nicht )\b(?:verlegt|rescheduled)\s+(?:auf|vom|to|from)\b(?!\s+dem\b)",
        ),
    ),
    (
        Status.SOLD_OUT,
        (
            DENIED + r"\bausgebucht\b",
            DENIED + r"\bausverkauft\b",
            DENIED + r"\bsold[ -]out\b",
        ),
    ),
)
TITLE_WORDS = tuple((status, re.compile("|".join(patterns), re.I)) for status, patterns in WORDS)

# One of these stands in all that `WORDS` finds, and in all marks that `titles` takes out.
PARTS_OF_WORDS = (
    *("absage", "abgesagt", "entfällt", "entfaellt", "fällt", "faellt", "verschoben", "verlegt", "ausgebucht"),
    *("ausverkauft", "cancel", "postponed", "rescheduled", "sold"),
)

STATED: dict[str, Status] = {
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "eventcancelled": Status.CANCELLED,
    "tentative": Status.TENTATIVE,
    "eventpostponed": Status.MOVED,
    "eventrescheduled": Status.MOVED,
    "soldout": Status.SOLD_OUT,
}


def status_of(title: str, stated: str) -> Status:
    """The status of an event from its title (tidy, as written) and its STATUS or schema.org eventStatus.

    A stated cancellation wins; else the title's words do, the gravest first: most platforms cannot
    say "cancelled" in any other way.
    """
    formal = STATED.get(stated.strip().rstrip("/").rsplit("/", 1)[-1].casefold(), Status.CONFIRMED)
    if formal is Status.CANCELLED:
        return formal
    if not may_tell(title):
        return formal
    return next((status for status, words in TITLE_WORDS if words.search(title)), formal)


def may_tell(title: str) -> bool:
    """Whether a title has the letters without which none of its words tells a status; most have not."""
    lowered = letters(title)
    return any(part in lowered for part in PARTS_OF_WORDS)
