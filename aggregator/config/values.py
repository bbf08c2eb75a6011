"""How single values of sources.yaml are read: text in, value out, ValueError with a plain sentence otherwise."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from aggregator.config.spelling import quoted, suggestion
from aggregator.model.holidays import STATES
from aggregator.model.mail import mail_address
from aggregator.model.sources import FORMATS, Priority

Value = TypeVar("Value")

ID_SHAPE = re.compile(r"\w[\w.-]{0,79}")
DURATION_SHAPE = re.compile(r"(\d{1,6})\s*([a-z]*)")
RADIUS_SHAPE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*(?:km)?")
ORIGIN_SHAPE = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\]):(\d{1,5})")
HOST_SHAPE = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
CONTACT_SHAPE = re.compile(r"https?://[!-~]+|[!-~]+@[!-~]+")

SHORTEST_INTERVAL = timedelta(minutes=15)
LONGEST_INTERVAL = timedelta(hours=24)
UNITS = (
    (60, ("", "m", "min", "mins", "minute", "minutes", "minuten")),
    (3600, ("h", "hour", "hours", "std", "stunde", "stunden")),
    (86400, ("d", "day", "days", "tag", "tage")),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PRIORITIES = {
    "own": Priority.OWN,
    "platform": Priority.PLATFORM,
    "re-publisher": Priority.REPUBLISHER,
    "press": Priority.PRESS,
}
PAGE_LANGUAGES = ("de", "en")
FEED_SCHEMES = ("https", "http", "webcal", "webcals", "file")


def text_of(text: str) -> str:
    """Any text that is not empty and holds no control characters but line breaks."""
    if not text:
        raise ValueError("this value is empty; fill it in, or delete the key")
    if any(ord(character) < 32 and character not in "\n\t" or ord(character) == 127 for character in text):
        raise ValueError("this text holds unreadable control characters")
    return text


def line_of(text: str) -> str:
    """A text on one line, single blanks between words."""
    return " ".join(text_of(text).split())


def id_of(text: str) -> str:
    """A name for addresses and filters: letters, digits, dot, dash, underscore, at most 80."""
    if not ID_SHAPE.fullmatch(text):
        raise ValueError(f'{quoted(text)} cannot be an id; use letters, digits, "-", "_" and "." (at most 80)')
    return text


def flag_of(text: str) -> bool:
    """A yes or no."""
    answers = {"true": True, "yes": True, "false": False, "no": False}
    if text.lower() not in answers:
        raise ValueError(f"{quoted(text)} is neither true nor false")
    return answers[text.lower()]


def choice_of(known: tuple[str, ...]) -> Callable[[str], str]:
    """A reader for one of a few words."""

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"{quoted(text)} is not possible; {suggestion(text, known)}")
        return text

    return read


format_of = choice_of(FORMATS)
page_language_of = choice_of(PAGE_LANGUAGES)


def priority_of(text: str) -> Priority:
    """How near a source is to the origin, by name."""
    return PRIORITIES[choice_of(tuple(PRIORITIES))(text)]


def weekday_of(text: str) -> int:
    """A day of the week by its English name; Monday is 0."""
    return WEEKDAYS.index(choice_of(WEEKDAYS)(text.lower()))


def language_of(text: str) -> str:
    """A language code such as de or en."""
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError(f'{quoted(text)} is not a language code like "de" or "en"')
    return text


@lru_cache(maxsize=1)
def known_zones() -> tuple[str, ...]:
    """The names of all time zones; found once, since the files are searched for them."""
    return tuple(sorted(available_timezones()))


def zone_of(text: str) -> str:
    """An IANA time zone name."""
    if text in known_zones():
        return text
    near = suggestion(text, known_zones())
    advice = near if near.startswith("did you mean") else 'write it like "Europe/Berlin"'
    raise ValueError(f"{quoted(text)} is not a known time zone; {advice}")


def interval_of(text: str) -> timedelta:
    """How often a source is asked: minutes, or a number with a unit; 15 minutes to 24 hours."""
    matched = DURATION_SHAPE.fullmatch(text.lower())
    seconds = next((seconds for seconds, names in UNITS if matched and matched[2] in names), 0)
    if not matched or not seconds:
        raise ValueError(f'{quoted(text)} is not an interval; write it like "60 min" or "2 h"')
    interval = timedelta(seconds=int(matched[1]) * seconds)
    if not SHORTEST_INTERVAL <= interval <= LONGEST_INTERVAL:
        raise ValueError(f"{quoted(text)} is not possible; choose from 15 min to 24 h")
    return interval


def moment_of(text: str) -> datetime:
    """A date (its midnight) or an ISO time; naive unless an offset was written."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'{quoted(text)} is not a date like "2026-11-22" or "2026-11-22T12:00"') from None
    if not 1970 <= moment.year <= 2200:
        raise ValueError(f"{quoted(text)} is not possible; choose a year from 1970 to 2200")
    return moment


def day_of(text: str) -> date:
    """A date without hour."""
    moment = moment_of(text)
    if len(text) != len("2026-11-22"):
        raise ValueError(f'{quoted(text)} is more than a date like "2026-11-22"')
    return moment.date()


def state_of(text: str) -> str:
    """A German state by its code."""
    if text.upper() not in STATES:
        raise ValueError(f"{quoted(text)} is not a German state; {suggestion(text.upper(), STATES)}")
    return text.upper()


def radius_of(text: str) -> float:
    """A radius in kilometres above 0, with or without its unit."""
    matched = RADIUS_SHAPE.fullmatch(text)
    if not matched or not 0 < float(matched[1]) <= 1000:
        raise ValueError(f'{quoted(text)} is not a radius in kilometres; write it like "15 km"')
    return float(matched[1])


def number_between(least: float, most: float) -> Callable[[str], float]:
    """A reader for a number inside the bounds, both included."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            raise ValueError(f"{quoted(text)} is not a number") from None
        if not (math.isfinite(number) and least <= number <= most):
            raise ValueError(f"{quoted(text)} is not possible; choose from {least:g} to {most:g}")
        return number

    return read


def count_between(least: int, most: int) -> Callable[[str], int]:
    """A reader for a whole number inside the bounds, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d[\d_]{0,17}", text):
            raise ValueError(f"{quoted(text)} is not a whole number")
        number = int(text.replace("_", ""))
        if not least <= number <= most:
            raise ValueError(f"{quoted(text)} is not possible; choose from {least} to {most}")
        return number

    return read


def web_address_of(text: str) -> str:
    """A complete http(s) address without a fragment."""
    return address_of(text, ("https", "http"))


def tile_address_of(text: str) -> str:
    """The address of map tiles: https, one fixed host, and {z}, {x} and {y} behind it."""
    address = address_of(text, ("https",))
    host, _, path = address.removeprefix("https://").partition("/")
    if sorted(re.findall(r"\{(.*?)\}", path)) != ["x", "y", "z"] or not re.fullmatch(r"[a-z0-9.:-]+", host):
        raise ValueError('tiles are written like "https://tiles.example.org/{z}/{x}/{y}.png", with one fixed host')
    return address


def base_address_of(text: str) -> str:
    """The address under which the calendar is served, without the slash at its end."""
    address = web_address_of(text)
    if not address.isascii():
        raise ValueError("letters like ä are written another way in a base address: as browsers send them (xn--…)")
    if urlsplit(address).query:
        raise ValueError("the base address must end before any question mark")
    return address.rstrip("/")


def feed_address_of(text: str) -> str:
    """The address of a feed: on the web, or `file:` and a path."""
    if text.lower().startswith("file:"):
        if not local_path(text):
            raise ValueError('behind "file:" belongs the path of a file on this machine')
        return "file:" + local_path(text)
    return address_of(text, FEED_SCHEMES)


def local_path(address: str) -> str:
    """The path behind `file:` as it stands, or percent-decoded behind `file://` (RFC 8089); empty if there is none."""
    rest = address[len("file:") :]
    if not rest.startswith("//"):
        return rest
    return unquote(rest[2:]) if rest.startswith("///") else ""


def address_of(text: str, schemes: tuple[str, ...]) -> str:
    """A complete address with one of the schemes; its text is never repeated, since it may hold a secret."""
    named = [f"{scheme}:" if scheme == "file" else f"{scheme}://" for scheme in schemes]
    wanted = f"{', '.join(named[:-1])} or {named[-1]}"
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValueError("this address has a blank in it; copy it again from the address bar")
    try:
        parts = urlsplit(text)
        complete = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        complete, parts = False, urlsplit("")
    if parts.scheme and parts.scheme not in schemes:
        raise ValueError(f'addresses that begin with "{parts.scheme}:" cannot be read here; use {wanted}')
    if not complete:
        raise ValueError(f"this is not a complete address; it begins with {wanted}, then comes the name of the website")
    return text.split("#", 1)[0]


def origin_of(text: str) -> str:
    """An exact host:port, in lower case."""
    matched = ORIGIN_SHAPE.fullmatch(text.lower())
    if not matched or not 0 < int(matched[1]) < 65536:
        raise ValueError(f'{quoted(text)} is not an exact host and port like "127.0.0.1:8081"')
    return text.lower()


def contact_of(text: str) -> str:
    """A mail or web address, in plain ASCII so that it may stand in a request's header."""
    if not CONTACT_SHAPE.fullmatch(text):
        raise ValueError(f"{quoted(text)} is neither a mail address nor a web address")
    return text


def mail_of(text: str) -> str:
    """A mail address that mail can be sent to."""
    address = mail_address(text)
    if not address:
        raise ValueError(f"{quoted(text)} is not a mail address")
    return address


def host(text: str) -> str:
    """The name of a host, in lower case."""
    name = text.strip().lower().strip(".")
    if not HOST_SHAPE.fullmatch(name):
        raise ValueError(f"{quoted(text)} is not the name of a host, such as community.wechange.de")
    return name
