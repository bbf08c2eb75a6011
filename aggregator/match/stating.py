"""A stated place taken apart: names, address, rooms and towns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from aggregator.match.houses import NOWHERE, ONLINE, ROOM_ENDINGS, ROOMS
from aggregator.match.lexicon import STOP
from aggregator.match.sentences import in_german
from aggregator.model.places import Place
from aggregator.model.text import key

PIECES = re.compile(r"[,;()|/]|\s[-–—@]\s|\s[-–—]|[:]\s")
HOUSE_NUMBER = re.compile(r"^(?P<street>.*\D)\s*\b(?P<number>\d{1,4}\s?[a-z]?)$")
STREET = re.compile(
    r"(?:strasse|str|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee|graben|wall|hof|berg|street|road|avenue)$"
    r"|^(?:am|an|auf|bei|beim|hinter|im|in|unter|vor|zum|zur)\s"
)
# "St. Anna" is the St.-Anna-Kirche.
CHURCH = "kirche"
BARE_STREET = "strasse"
STREET_OPENINGS = frozenset(
    """am an auf bei der dem den zur zum im in alte alten neue neuen grosse grossen kleine kleinen obere untere
    lange""".split()
)
POSTCODE = re.compile(r"^(?:d\s)?(\d{5})\b\s*(.*)$")
# A room is called by one word or two: "Schalterhalle", "Blauer Salon".
ROOM_WORDS = 2
# "Raum Nord" is one, a "Raum für alle" may be a house.
NAMED_ROOM = re.compile(r"(?:raum|zimmer) \w+$")
COUNTRIES = frozenset(
    """deutschland germany baden wuerttemberg bayern berlin brandenburg bremen hamburg hessen mecklenburg vorpommern
    niedersachsen nordrhein westfalen rheinland pfalz saarland sachsen anhalt schleswig holstein thueringen""".split()
)
# "Treffpunkt Rathaus" is the Rathaus; "Am Sande" keeps its preposition, which is part of a street's name.
MEETING = frozenset("treffpunkt treff treffen start startpunkt ziel ab ort venue location".split())
OPENINGS = MEETING.union("beim bei im in der die das vor am".split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A place taken apart: names, one address ("weg 4", "" if none), rooms and towns, all in normal form.

    `towns` stand beside a postcode; `tail` is what stands alone behind the address, mostly the town as well.
    """

    names: tuple[str, ...] = ()
    address: str = ""
    street: str = ""
    rooms: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    tail: str = ""


@lru_cache(maxsize=4096)
def apart(place: Place) -> Stated:
    """A stated place taken apart."""
    names: list[str] = []
    rooms, towns = set(), set()
    address = street = number = tail = last = ""
    pieces = [without_opening(in_german(key(piece))) for piece in PIECES.split(f"{place.name}, {place.address}")]
    for text, following in zip(pieces, [*pieces[1:], ""], strict=True):
        if not text or text in NOWHERE or set(text.split()) <= COUNTRIES | ONLINE | OPENINGS:
            continue
        code = POSTCODE.match(text)
        if code:
            towns.add(code[2] or last)
        elif text.isdigit():
            number = text
        elif found := spelled(text):
            name, bare = before_street(found)
            address = address or bare
            names += [name] if name else []
        elif names and POSTCODE.match(following) and is_numbered(text):
            # A street by any name ("Pilgrimstein 14"): the postcode behind it tells.
            address = address or text
        elif all(map(is_room_word, text.split())) or NAMED_ROOM.match(text):
            rooms.add(text)
        elif STREET.search(text) and names:
            street = street or stretched(text)
        else:
            names.append(text)
            tail = text if address else ""
        last = text
    if not address and street and number:
        address = f"{street} {number}"
    return Stated(tuple(names), address, street, frozenset(rooms), frozenset(filter(None, towns)), tail)


def in_town(stated: Stated, towns: frozenset[str], rooms: frozenset[str], halls: frozenset[str]) -> Stated:
    """The stated place once a town's names are known: towns are no houses, and beside a house a room is a room.

    `halls` are houses that are called as rooms are; beside another house such a name is a room all the same.
    """
    names = tuple(name for name in stated.names if name not in towns)
    if not names:
        names = tuple(sorted(stated.rooms & halls))
        stated = replace(stated, rooms=stated.rooms - halls)
    houses = tuple(name for name in names if name not in rooms) or names
    return replace(stated, names=houses, rooms=stated.rooms.union(names).difference(houses))


def is_room_like(name: str) -> bool:
    """Whether a name may be that of a room: "Sortierraum". It may as well be a house's; what is beside it tells."""
    return len(name.split()) <= ROOM_WORDS and name.endswith(ROOM_ENDINGS)


def spelled(text: str) -> str:
    """The address in its one spelling if the text is a street with a house number, else ""."""
    found = HOUSE_NUMBER.match(key(text))
    if not found or not STREET.search(found["street"].strip()):
        return ""
    return f"{stretched(found['street'].strip())} {found['number'].replace(' ', '')}"


def is_numbered(text: str) -> bool:
    """Whether a piece of a place is a name with a number behind it, as streets have, and no numbered room."""
    found = HOUSE_NUMBER.match(text)
    return found is not None and not all(map(is_room_word, found["street"].split()))


def before_street(address: str) -> tuple[str, str]:
    """A name that stands before an address without any comma, and the address: "vhs | bergstrasse 4"."""
    *front, street, number = address.split(" ")
    complete = len(street) > len(BARE_STREET) and street.endswith(BARE_STREET)
    if not front or not complete or front[-1] in STREET_OPENINGS:
        return "", address
    return " ".join(front), f"{street} {number}"


def stretched(street: str) -> str:
    """A street with its "str." written out."""
    return re.sub(r"str$", "strasse", street)


def without_opening(text: str) -> str:
    """The words of a place without "Treffpunkt:", "Start:", "ab"."""
    words = text.split()
    openings = MEETING if STREET.search(text) else OPENINGS
    while len(words) > 1 and words[0] in openings:
        words = words[1:]
    return " ".join(words)


def is_room_word(word: str) -> bool:
    """Whether a word of a place means a room: "Saal", "Seminarraum", "C", "40.606"."""
    return word in ROOMS or word in STOP or len(word) <= 1 or word[0].isdigit()
