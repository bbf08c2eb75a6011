"""Titles for people: what the status says is not said again in the title."""

from __future__ import annotations

import html
import re

from aggregator.normalise.status import may_tell
from aggregator.normalise.text import tidy

LONGEST_TITLE = 300
WORDS_OF_FALLBACK = 8

MARK = (
    r"(?:leider\s+)?(?:abgesagt|absage|entf(?:ä|ae)llt(?:\s+leider)?|f(?:ä|ae)llt\s+(?:leider\s+|heute\s+)?aus"
    r"|verschoben|verlegt|ausgebucht|ausverkauft|cancell?ed|postponed|rescheduled|sold[ -]out)"
)
PREDICATE = (
    r"(?:abgesagt|entf(?:ä|ae)llt(?:\s+leider)?|f(?:ä|ae)llt\s+(?:leider\s+|heute\s+)?aus|verschoben|ausgebucht"
    r"|ausverkauft|cancell?ed|sold[ -]out)"
)
EMPHASIS = r"[!*+#\s]*"
# "ABGESAGT: …", "[abgesagt] …", "!!! Abgesagt !!! – …", and "ABGESAGT Tagestour" (capitals need no colon).
OPENING = re.compile(rf"^[^\w(\[]*(?:[(\[]\s*{MARK}\s*!*\s*[)\]]|{MARK}\s*(?:[:!–—|]|-\s))[\s:!*+#–—|-]*", re.I)
SHOUTED = re.compile(
    r"^(?:ABGESAGT|ABSAGE|ENTFÄLLT|FÄLLT AUS|VERSCHOBEN|VERLEGT|AUSGEBUCHT|AUSVERKAUFT"
    r"|CANCELL?ED|POSTPONED|SOLD OUT)\s+"
)
# "… (ausgebucht)", "… (verlegt vom 12.12.!)", "… – fällt leider aus".
BRACKET = re.compile(rf"\s*[(\[]\s*(?:ist |wird )?{MARK}\b[^()\[\]]{{0,80}}[)\]]", re.I)
CLOSING = re.compile(rf"\s*(?:[:!–—|,]|\s-)\s*{MARK}{EMPHASIS}$", re.I)
# "Plenum entfällt", "Konzert ist abgesagt"; never "Konzert ist nicht abgesagt".
SENTENCE = re.compile(
    rf"(?<!nicht)(?<!mehr)(?<!fast)(?<!not)(?<!almost)\s+(?:ist\s+|wird\s+|leider\s+)*{PREDICATE}{EMPHASIS}$", re.I
)


def clean_title(stated: str) -> str:
    """The title without status words at its ends or in brackets; as stated when nothing else would be left.

    Words in the middle of a sentence stay: what they say is known to the status already.
    """
    title = stated.strip()
    if not may_tell(title):
        return title or stated
    for pattern in (OPENING, SHOUTED, BRACKET, CLOSING, SENTENCE):
        title = pattern.sub("", title).strip()
    return title or stated


def stated_title(text: str) -> str:
    """The title as the source wrote it, on one line, without entities, at most 300 characters."""
    title = tidy(html.unescape(text))
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def fallback_title(description: str) -> str:
    """The first words of the description, for an event that has no title."""
    words = description.split()
    shown = " ".join(words[:WORDS_OF_FALLBACK])[:LONGEST_TITLE]
    return shown + ("…" if len(words) > WORDS_OF_FALLBACK else "")
