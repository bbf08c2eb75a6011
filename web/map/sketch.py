"""A sketch of where things are: rings around the centre, numbered pins that do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

from aggregator.model.places import distance_km

WIDTH, HEIGHT, MARGIN = 480, 400, 24
MIDDLE = (WIDTH / 2, HEIGHT / 2)
OUTER_RING = 168.0
PIN_DISTANCE = 38.0
ROUNDS = 80
# Half of the room that a town's name takes.
NAME_HALF = 60
RADII_KM = (0.5, 1, 2, 4, 10, 20, 40, 100)
MOST_INSIDE = 0.8
KM_PER_DEGREE = 111.195

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle around the centre, `distance` as people say it; lengths in units of the drawing."""

    radius: float
    distance: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered pin; a line leads to its true place (`at_x`, `at_y`) when it had to move aside.

    One whose place lies off the drawing is at its edge; `distance` says how far that is from the centre.
    """

    number: int
    x: float
    y: float
    at_x: float
    at_y: float
    has_moved: bool
    is_outside: bool
    distance: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The drawing: `dots` are places without a number; the town's name stands at the height `name_y`."""

    width: int
    height: int
    middle: tuple[float, float]
    rings: tuple[Ring, ...]
    pins: tuple[Pin, ...]
    dots: tuple[tuple[float, float], ...]
    name_y: float


def sketch(places: Sequence[Position], pinned: int, centre: Position | None, decimal: str) -> Sketch | None:
    """The drawing of places (degrees), of which the first `pinned` get a number; None for no place at all.

    `centre` is that of the region, else the middle of the places; `decimal` is the language's sign in numbers.
    """
    if not places:
        return None
    middle = centre or mean(places)
    reach = reach_of(places, middle)
    points = [projected(place, middle, reach) for place in places]
    distances = [distance_km(*middle, *place) for place in places]
    inside = [clamped(point) for point in points]
    spread = apart(inside[:pinned])
    pins = tuple(
        pin(number, points[number - 1], spread[number - 1], distance_words(distance, decimal))
        for number, distance in enumerate(distances[:pinned], 1)
    )
    dots = tuple(rounded(dot) for dot in inside[pinned:])
    return Sketch(WIDTH, HEIGHT, MIDDLE, rings(reach, decimal), pins, dots, name_height(pins))


def name_height(pins: Sequence[Pin]) -> float:
    """Where the town's name stands: below the cross, or above it if fewer pins would cover it there."""

    def covered(height: float) -> int:
        return sum(
            abs(one.x - MIDDLE[0]) < NAME_HALF and abs(one.y - height + 6) < PIN_DISTANCE / 2 + 6 for one in pins
        )

    return min((MIDDLE[1] + 26, MIDDLE[1] - 14), key=covered)


def mean(places: Sequence[Position]) -> Position:
    """The middle of some places."""
    return sum(place[0] for place in places) / len(places), sum(place[1] for place in places) / len(places)


def reach_of(places: Sequence[Position], middle: Position) -> float:
    """The smallest of the usual radii that takes in most places: one village far off must not shrink the town."""
    distances = sorted(distance_km(*middle, *place) for place in places)
    needed = distances[int(MOST_INSIDE * (len(distances) - 1))]
    return next((radius for radius in RADII_KM if radius >= needed), RADII_KM[-1])


def projected(place: Position, middle: Position, reach: float) -> tuple[float, float]:
    """A place on the drawing: north is up, the outer ring is `reach` kilometres (flat earth, exact enough here)."""
    east = (place[1] - middle[1]) * KM_PER_DEGREE * cos(radians(middle[0]))
    north = (place[0] - middle[0]) * KM_PER_DEGREE
    return MIDDLE[0] + east / reach * OUTER_RING, MIDDLE[1] - north / reach * OUTER_RING


def clamped(point: tuple[float, float]) -> tuple[float, float]:
    """The point itself, or where the way to it leaves the drawing."""
    across, down = point[0] - MIDDLE[0], point[1] - MIDDLE[1]
    shrink = max(1.0, abs(across) / (MIDDLE[0] - MARGIN), abs(down) / (MIDDLE[1] - MARGIN))
    return MIDDLE[0] + across / shrink, MIDDLE[1] + down / shrink


def apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points pushed from each other until no pin covers another, as near as possible to where they are."""
    places = [list(point) for point in points]
    for _ in range(ROUNDS):
        moved = False
        for first in range(len(places)):
            for second in range(first + 1, len(places)):
                moved = pushed(places[first], places[second], first + second) or moved
        for place in places:
            place[0] = min(max(place[0], MARGIN), WIDTH - MARGIN)
            place[1] = min(max(place[1], MARGIN), HEIGHT - MARGIN)
        if not moved:
            break
    return [(place[0], place[1]) for place in places]


def pushed(one: list[float], other: list[float], turn: int) -> bool:
    """Push two points apart if they are too near; equal ones part in a direction of their own."""
    across, down = other[0] - one[0], other[1] - one[1]
    distance = hypot(across, down)
    if distance >= PIN_DISTANCE - 0.1:
        return False
    if distance < 0.01:
        across, down, distance = cos(turn * pi / 5), sin(turn * pi / 5), 1.0
        step = PIN_DISTANCE / 2
    else:
        step = (PIN_DISTANCE - distance) / 2
    for sign, point in ((-1, one), (1, other)):
        point[0] += sign * across / distance * step
        point[1] += sign * down / distance * step
    return True


def pin(number: int, point: tuple[float, float], place: tuple[float, float], distance: str) -> Pin:
    """The pin, with a line to its place when it stands further off than half its size."""
    at = rounded(clamped(point))
    x, y = rounded(place)
    has_moved = hypot(x - at[0], y - at[1]) > PIN_DISTANCE / 2
    return Pin(number, x, y, *at, has_moved, clamped(point) != point, distance)


def rings(reach: float, decimal: str) -> tuple[Ring, ...]:
    """The outer ring and one of half its radius."""
    return tuple(
        Ring(radius, distance_words(kilometres, decimal), round(MIDDLE[1] - radius - 6, 1))
        for radius, kilometres in ((OUTER_RING / 2, reach / 2), (OUTER_RING, reach))
    )


def distance_words(kilometres: float, decimal: str) -> str:
    """ "250 m", "2 km"."""
    if kilometres < 1:
        return f"{round(kilometres * 1000, -1):g} m"
    return f"{round(kilometres, 1 if kilometres < 10 else None):g} km".replace(".", decimal)


def rounded(point: tuple[float, float]) -> tuple[float, float]:
    """A point as it is written into the drawing."""
    return round(point[0], 1), round(point[1], 1)
