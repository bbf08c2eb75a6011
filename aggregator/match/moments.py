"""How two starts and two ends relate: levels of the features "start" and "end" (see weights.py)."""

from __future__ import annotations

from datetime import timedelta

from aggregator.match.standardising import Face
from aggregator.model.records import Status
from aggregator.model.times import EventTime

# Minutes between two stated starts.
DOORS, NEAR, SETTING_UP, TOLD, HOURS = 30, 60, 120, 90, 180
ZONE_FAULTS = (60, 120)
ENDS_APART = 60
BOOKED, BOOKED_LONG = 150, 300
# Nothing is moved by more days.
MOVED_BY = 35
SET_UP = frozenset(("aufbau", "abbau"))
# What lasts for days, though a calendar tells no more of it than when it begins.
SEVERAL_DAYS = ("wochenende", "camp", "freizeit", "zeltlager", "ferienlager", "tagung", "retreat", "weekend", "klausur")
# Two series keep one rhythm if most of the dates in their common time are the same.
SAME_RHYTHM, FEWEST_DATES = 0.6, 2


def start_level(left: Face, right: Face) -> str:
    """How the starts of two faces relate."""
    if left.rhythm is not None and right.rhythm is not None:
        return rhythm_level(left, right)
    if left.moments & right.moments:
        return "same_days" if last_together(left, right) else "equal"
    one, other = nearest(left, right)
    if one.is_date or other.is_date:
        return date_level(left, right)
    if abs(minutes(one, other)) >= 12 * 60 and one.wall.date() != other.wall.date():
        return other_day_level(left, right)
    return minutes_level(left, right)


def last_together(left: Face, right: Face) -> bool:
    """Whether two faces tell the same days, several of them."""
    if not (left.times[0].is_date and right.times[0].is_date):
        return False
    first, last = days_of(left)
    return first < last and (first, last) == days_of(right)


def nearest(left: Face, right: Face) -> tuple[EventTime, EventTime]:
    """Of the moments that either may be announced for, the two that are nearest."""
    pairs = [(one, other) for one in left.times for other in right.times]
    return min(pairs, key=lambda pair: (abs(minutes(*pair)), pair[0].iso(), pair[1].iso()))


def minutes(one: EventTime, other: EventTime) -> int:
    """The minutes from one moment to another."""
    return round((other.instant - one.instant).total_seconds() / 60)


def minutes_level(left: Face, right: Face) -> str:
    """Two times of one day that are not the same."""
    one, other = nearest(left, right)
    apart = abs(minutes(one, other))
    if apart in ZONE_FAULTS and left.end and right.end and minutes(left.end, right.end) == minutes(one, other):
        return "shifted"
    if apart <= TOLD and names_hour(left, other) | names_hour(right, one):
        return "told"
    if apart <= DOORS:
        return "doors"
    if is_booking(left, right) or is_booking(right, left):
        return "booked"
    if apart <= SETTING_UP and left.end and right.end and left.end.instant == right.end.instant:
        return "same_end"
    if apart <= NEAR:
        return "near"
    return "hours" if apart <= HOURS else "apart"


def is_booking(booking: Face, event: Face) -> bool:
    """Whether a house enters in its own calendar from when to when a room is taken, set-up included."""
    with_set_up = not SET_UP.isdisjoint(booking.wording.text)
    if not ((booking.spot.at_home or with_set_up) and booking.end) or event.spot.at_home:
        return False
    taken, begins = booking.times[0], event.times[0]
    longest = BOOKED_LONG if with_set_up or names_hour(booking, begins) else BOOKED
    if not 0 < minutes(taken, begins) <= longest or minutes(begins, booking.end) <= 0:
        return False
    return event.end is None or minutes(event.end, booking.end) >= 0


def names_hour(face: Face, time: EventTime) -> bool:
    """Whether a face's text names another's hour ("Einlass 19 Uhr"), and not as its own end."""
    minute = time.wall.hour * 60 + time.wall.minute
    ends = face.end is not None and (face.end.wall.hour * 60 + face.end.wall.minute) == minute
    return minute in face.wording.hours and not ends


def date_level(left: Face, right: Face) -> str:
    """At least one side tells a day only."""
    (first, last), (other_first, other_last) = days_of(left), days_of(right)
    if (first, last) == (other_first, other_last):
        return "all_day" if first == last else "same_days"
    if last < other_first or other_last < first:
        return other_day_level(left, right)
    if (
        first == other_first
        and min(last - first, other_last - other_first) == timedelta()
        and max(last - first, other_last - other_first) <= timedelta(days=1)
    ):
        return "all_day"
    return "first_day" if first == other_first and are_several_days(left, right) else "inside"


def are_several_days(left: Face, right: Face) -> bool:
    """Whether the title of who tells an hour names something of several days, where the other tells all of them."""
    timed = left if right.times[0].is_date else right
    return any(word.endswith(SEVERAL_DAYS) for word in timed.title_key.split())


def days_of(face: Face) -> tuple[timedelta, timedelta]:
    """The first and last day of a face, as days since year one; a night belongs to its evening."""
    start, end = face.times[0], face.end
    first = timedelta(days=start.wall.toordinal())
    if end is None:
        return first, first
    last = end.wall - (timedelta(days=1) if end.is_date else timedelta(hours=6))
    return first, max(first, timedelta(days=last.toordinal()))


def other_day_level(left: Face, right: Face) -> str:
    """Two days; unless one was moved and its text names the other's day."""
    moved = Status.MOVED in (left.status, right.status)
    sides = ((left, right), (right, left))
    named = any(names_day(one, time) for one, other in sides for time in other.times if is_near(one, time))
    return "moved" if moved and named else "other_day"


def is_near(face: Face, time: EventTime) -> bool:
    """Whether a time is so near that a face may have been moved from there: "am 19. statt am 12." is of one month."""
    return any(abs((own.wall.date() - time.wall.date()).days) <= MOVED_BY for own in face.times)


def names_day(face: Face, time: EventTime) -> bool:
    """Whether a face's text names a day, with or without its month."""
    return bool({(time.wall.day, time.wall.month), (time.wall.day, 0)} & face.wording.days)


def end_level(left: Face, right: Face) -> str:
    """How the ends of two faces relate that begin together."""
    if left.end is None or right.end is None or left.end.is_date or right.end.is_date:
        return "unknown"
    if is_booking(left, right) or is_booking(right, left):
        return "unknown"
    apart = abs(minutes(left.end, right.end))
    return "equal" if apart == 0 else "differs" if apart > ENDS_APART else "unknown"


def rhythm_level(left: Face, right: Face) -> str:
    """How two series relate: the share of common dates in their common time, and the hours on those."""
    one, other = left.rhythm or {}, right.rhythm or {}
    if not one or not other:
        return "other_day"
    first, last = max(min(one), min(other)), min(max(one), max(other))
    fewer = min(sum(first <= day <= last for day in days) for days in (one, other))
    common = sorted(one.keys() & other.keys())
    if len(common) < min(FEWEST_DATES, len(one), len(other)) or len(common) < SAME_RHYTHM * fewer:
        return "other_day"
    apart = sorted(abs(minutes(one[day], other[day])) for day in common)[len(common) // 2]
    return "one_rhythm" if apart == 0 else "near_rhythm" if apart <= DOORS else "near" if apart <= NEAR else "apart"
