"""The one filter language of pages, feeds, API, embed and command line: query string ⇄ EventFilter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from aggregator.errors import FilterError
from aggregator.model.places import Circle

Value = TypeVar("Value")

LONGEST_VALUE = 200
MOST_VALUES = 50
DATE_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}")
NAME_SHAPE = re.compile(r"[\w.-]{1,80}")
WIDEST_RADIUS_KM = 1000.0
TIME_SHAPE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
# Three letters are for languages without a code of two: gsg is German sign language.
LANGUAGE_SHAPE = re.compile(r"[a-z]{2,3}")
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; an empty filter wants all.

    `first` and `last` are local days, both inclusive. The values of one list are alternatives, the
    parameters together are conditions that all must hold. `umbrellas` are ids of initiatives that others
    belong to: wanted is what they or any of their members announce. `weekdays` count from Monday, 0.
    `after` and `before` bound the hour at which it begins: the first is included, the second is not.
    `free`, `accessible` and `children` want what is known to be so, `online` what is known to be one or the
    other; `languages` are codes of those spoken there.
    """

    first: date | None = None
    last: date | None = None
    topics: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    umbrellas: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    near: Circle | None = None
    text: str = ""
    weekdays: tuple[int, ...] = ()
    after: time | None = None
    before: time | None = None
    free: bool = False
    accessible: bool = False
    children: bool = False
    online: bool | None = None
    languages: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return self == EventFilter()

    @property
    def without_dates(self) -> EventFilter:
        """The same wish for all time."""
        if self.first is None and self.last is None:
            return self
        return replace(self, first=None, last=None)

    @property
    def asks_for_dates(self) -> bool:
        """Whether it picks some dates of an event and not others."""
        return bool(self.first or self.last or self.weekdays or self.after or self.before)

    def query(self) -> str:
        """The filter as a canonical query string, "" for none: equal filters give equal strings."""
        return query_of(self)

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the query string, in its order."""
        days = (("from", self.first), ("to", self.last))
        pairs = [(name, day.isoformat()) for name, day in days if day]
        weekdays = tuple(WEEKDAYS[number] for number in self.weekdays)
        lists = (
            ("topic", self.topics),
            ("initiative", self.initiatives),
            ("umbrella", self.umbrellas),
            ("weekday", weekdays),
            ("language", self.languages),
        )
        pairs.extend((name, ",".join(values)) for name, values in lists if values)
        hours = (("after", self.after), ("before", self.before))
        pairs.extend((name, f"{hour:%H:%M}") for name, hour in hours if hour is not None)
        flags = (("free", self.free), ("accessible", self.accessible), ("children", self.children))
        pairs.extend((name, "1") for name, is_wanted in flags if is_wanted)
        if self.online is not None:
            pairs.append(("online", "yes" if self.online else "no"))
        # A place may hold a comma ("Glockenhaus, Saal"), so places repeat instead of joining.
        pairs.extend(("place", place) for place in self.places)
        if self.near:
            pairs.append(("near", f"{self.near.latitude:g},{self.near.longitude:g}"))
            pairs.append(("radius", f"{self.near.radius_km:g}"))
        if self.text:
            pairs.append(("q", self.text))
        return pairs


@lru_cache(maxsize=4096)
def query_of(wanted: EventFilter) -> str:
    """The filter as a query string; a page asks for the same ones again and again."""
    return urlencode(wanted.pairs(), safe=",:")


def parse_filter(pairs: Iterable[tuple[str, str]]) -> EventFilter:
    """Read a filter from the (name, value) pairs of a query; other names belong to the caller.

    Raises FilterError with a sentence in both languages for the first value that cannot be meant.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            given.setdefault(name, []).append(checked(name, value))
    first, last = (one(given, name, day_of) for name in ("from", "to"))
    if first and last and last < first:
        raise refusal("to", "Das Ende liegt vor dem Anfang", "The end lies before the beginning")
    after, before = (one(given, name, hour_of) for name in ("after", "before"))
    if after and before and before <= after:
        raise refusal("before", "Diese Uhrzeit liegt nicht nach der ersten", "This time is not later than the first")
    return EventFilter(
        first=first,
        last=last,
        topics=names_of(given, "topic"),
        initiatives=names_of(given, "initiative"),
        umbrellas=names_of(given, "umbrella"),
        places=tuple(sorted(set(given.get("place", ())))),
        near=circle_of(given),
        text=one(given, "q", lambda _, value: " ".join(value.split())) or "",
        weekdays=weekdays_of(given),
        after=after,
        before=before,
        free=one(given, "free", mark_of) or False,
        accessible=one(given, "accessible", mark_of) or False,
        children=one(given, "children", mark_of) or False,
        online=one(given, "online", answer_of),
        languages=languages_of(given),
    )


PARAMETERS = (
    *("from", "to", "weekday", "after", "before"),
    *("topic", "initiative", "umbrella", "place", "near", "radius", "q"),
    *("free", "accessible", "children", "online", "language"),
)


def refusal(parameter: str, german: str, english: str) -> FilterError:
    """The error for one parameter, its name put behind the sentence."""
    return FilterError(parameter, {"de": f"{german} ({parameter}).", "en": f"{english} ({parameter})."})


def checked(name: str, value: str, longest: int = LONGEST_VALUE) -> str:
    """The value without outer blanks, if it is of a size and kind that a person could mean."""
    if len(value) > longest:
        raise refusal(name, "Die Angabe ist zu lang", "The value is too long")
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise refusal(name, "Die Angabe enthält unlesbare Zeichen", "The value holds unreadable characters")
    return value.strip()


def one(given: dict[str, list[str]], name: str, read: Callable[[str, str], Value]) -> Value | None:
    """The single value of a parameter, or None; two different values contradict each other."""
    values = set(given.get(name, ()))
    if not values:
        return None
    if len(values) > 1:
        raise refusal(name, "Diese Angabe darf nur einmal vorkommen", "This value may be given only once")
    return read(name, values.pop())


def names_of(given: dict[str, list[str]], name: str) -> tuple[str, ...]:
    """The ids in a list given by comma or repetition, each once, sorted."""
    values = {part.strip() for value in given.get(name, ()) for part in value.split(",") if part.strip()}
    if len(values) > MOST_VALUES:
        raise refusal(name, "Das sind zu viele Angaben", "These are too many values")
    for value in values:
        if not NAME_SHAPE.fullmatch(value):
            raise refusal(name, "So sieht keine Kennung aus", "This is not the shape of an id")
    return tuple(sorted(values))


def weekdays_of(given: dict[str, list[str]]) -> tuple[int, ...]:
    """The weekdays in a list of their first two letters in English, Monday first."""
    values = {value.lower() for value in names_of(given, "weekday")}
    if not values <= set(WEEKDAYS):
        german, english = "Wochentage heißen hier mo, tu, we, th, fr, sa, su", "Weekdays are mo, tu, we, th, fr, sa, su"
        raise refusal("weekday", german, english)
    # All seven leave nothing out, so they are no condition.
    return () if len(values) == len(WEEKDAYS) else tuple(sorted(map(WEEKDAYS.index, values)))


def languages_of(given: dict[str, list[str]]) -> tuple[str, ...]:
    """The codes of languages in a list."""
    values = tuple(sorted({value.lower() for value in names_of(given, "language")}))
    if not all(LANGUAGE_SHAPE.fullmatch(value) for value in values):
        german = "Eine Sprache hat hier zwei Buchstaben, zum Beispiel en"
        raise refusal("language", german, "A language is two letters here, such as en")
    return values


def hour_of(name: str, value: str) -> time:
    """A time of day written HH:MM."""
    found = TIME_SHAPE.fullmatch(value)
    if not found:
        raise refusal(name, "Das ist keine Uhrzeit der Form 18:00", "This is not a time of the form 18:00")
    return time(int(found[1]), int(found[2]))


def mark_of(name: str, value: str) -> bool:
    """A condition that is set by 1; the opposite cannot be asked for, since most events do not tell."""
    if value != "1":
        raise refusal(name, "Hier geht nur 1", "Only 1 is possible here")
    return True


def answer_of(name: str, value: str) -> bool:
    """A yes or no."""
    if value not in ANSWERS:
        raise refusal(name, "Hier geht nur yes oder no", "Only yes or no is possible here")
    return ANSWERS[value]


def day_of(name: str, value: str) -> date:
    """A day written YYYY-MM-DD; nothing else, since "0" or "20261205" would be guesses."""
    if DATE_SHAPE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refusal(name, "Das ist kein Datum der Form 2026-12-05", "This is not a date of the form 2026-12-05")


def circle_of(given: dict[str, list[str]]) -> Circle | None:
    """The circle of `near` (degrees) and `radius` (kilometres, 5 unless given)."""
    centre = one(given, "near", point_of)
    radius = one(given, "radius", radius_of)
    if centre is None:
        if radius is not None:
            raise refusal("radius", "Zum Umkreis fehlt die Mitte (near)", "The radius needs a centre (near)")
        return None
    return Circle(*centre, 5.0 if radius is None else radius)


def point_of(name: str, value: str) -> tuple[float, float]:
    """Latitude and longitude in degrees, written 53.25,10.41."""
    if re.fullmatch(r"-?\d{1,2}(\.\d{1,10})?,\s*-?\d{1,3}(\.\d{1,10})?", value):
        latitude, longitude = (float(part) for part in value.split(","))
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    raise refusal(name, "Das ist kein Punkt der Form 53.25,10.41", "This is not a point of the form 53.25,10.41")


def radius_of(name: str, value: str) -> float:
    """A radius in kilometres above 0."""
    if re.fullmatch(r"\d{1,4}(\.\d{1,3})?", value) and 0 < float(value) <= WIDEST_RADIUS_KM:
        return float(value)
    raise refusal(name, "Das ist kein Umkreis in Kilometern", "This is not a radius in kilometres")
