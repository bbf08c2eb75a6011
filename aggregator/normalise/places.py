"""Places as stated to places with a name and an address apart."""

from __future__ import annotations

import re
from functools import lru_cache

from aggregator.model.components import StatedPlace
from aggregator.model.places import Place
from aggregator.normalise.text import tidy, web_link

LONGEST_PLACE = 500
ONLINE_NAME = "Online"
ONLINE = re.compile(
    r"\b(?:online|zoom|jitsi|big ?blue ?button|webex|(?:ms|microsoft) teams|google meet"
    r"|videokonferenz|webinar|livestream)\b",
    re.I,
)
# A street with its number ("Katzenstraße 1", "Am Sande 5a") or a postcode with its town begins an address.
# A bare word with a number does not: "Café 9", "Gebäude 9", "C 12".
STREET = re.compile(
    r"(?:(?:str(?:aße|asse|\.)|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee)"
    r"|^(?:am|an|auf|bei|beim|hinter|im|in|unter|vor|zum|zur)\s[^\d]{2,60})\s*\d{1,4}\s?[a-z]?(?:[-–/]\d{1,4}\s?[a-z]?)?$",
    re.I,
)
STREET_ALONE = re.compile(r"(?:straße|strasse|str\.|allee|gasse)$", re.I)
POSTCODE = re.compile(r"(?:D-)?\d{5}\b", re.I)
DASH = re.compile(r"\s+[-–—|]\s+")


def place_of(stated: StatedPlace, default_place: str) -> Place:
    """The place that a source means; its default place when it names none.

    A text in one line is split only where an address plainly begins; else all of it is the name.
    An event that takes place at a web address is online.
    """
    latitude, longitude = _coordinates(stated)
    default = default_place if latitude is None else ""
    name, address, online = _named((stated.name, stated.address, stated.text), stated.online, default)
    return Place(name or (ONLINE_NAME if online and not address else ""), address, latitude, longitude, online)


# The events of a feed take place at a handful of places.
@lru_cache(maxsize=1024)
def _named(stated: tuple[str, str, str], online: bool, default_place: str) -> tuple[str, str, bool]:
    """Name, address, and whether it is online, of a stated name, address and text."""
    name, address = tidy(stated[0])[:LONGEST_PLACE], tidy(stated[1])[:LONGEST_PLACE]
    if not (name or address):
        name, address = _split(tidy(stated[2])[:LONGEST_PLACE])
    is_address = bool(web_link(name) or web_link(address))
    online = online or is_address or bool(ONLINE.search(f"{name} {address}"))
    if is_address:
        name, address = ONLINE_NAME, ""
    if not (name or address or online):
        name, address = _split(tidy(default_place))
    return name, address, online


def link_of(stated: StatedPlace) -> str:
    """The web address that stands where the place should, empty if none."""
    return next((link for text in (stated.text, stated.name, stated.address) if (link := web_link(text))), "")


def _split(text: str) -> tuple[str, str]:
    """Name and address of a place written on one line."""
    parts = [part.strip() for part in text.split(",")]
    begin = next((i for i, part in enumerate(parts) if _begins_address(part)), None)
    if begin == 0 and (halves := DASH.split(parts[0], maxsplit=1))[1:] and _begins_address(halves[1]):
        return halves[0], ", ".join([halves[1], *parts[1:]])
    if begin is None:
        return text, ""
    return ", ".join(parts[:begin]), ", ".join(parts[begin:])


def _begins_address(part: str) -> bool:
    """Whether a piece of text is a street with a number, or a postcode with a town."""
    return bool(POSTCODE.match(part) or STREET_ALONE.search(part) or STREET.search(part))


def _coordinates(stated: StatedPlace) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, or neither: half a pair, an impossible one and 0,0 are none."""
    latitude, longitude = stated.latitude, stated.longitude
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, None
    return (None, None) if latitude == longitude == 0 else (latitude, longitude)
