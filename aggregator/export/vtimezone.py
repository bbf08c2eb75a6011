"""A compact VTIMEZONE for any zone of the time zone database (RFC 5545 section 3.6.5).

`icalendar` itself would write every change since 1970 as a list (2.4 KB for Berlin). The rules that hold
now say the same in two RRULEs; they are read off the changes of a whole cycle of weekdays.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from aggregator.model.times import zone_info

# Long enough for a date such as "last Sunday" to fall on each of its seven days, leap years included.
FIRST_YEAR, LAST_YEAR = 2025, 2037
RULE_STARTS_IN = 1970
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of the clocks: at `wall` (as the old offset shows it) from one offset to another."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        """Transitions of one kind make one part of a VTIMEZONE."""
        return self.before, self.after, self.name


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """A weekday within seven days of a month; `ordinal` is its number there, -1 for the last, 0 for neither."""

    month: int
    weekday: int
    first_day: int
    ordinal: int

    @property
    def recur(self) -> dict[str, object]:
        """The rule as the parts of an RRULE."""
        day = WEEKDAYS[self.weekday]
        if self.ordinal:
            return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": f"{self.ordinal}{day}"}
        days = list(range(self.first_day, self.first_day + 7))
        return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": day, "BYMONTHDAY": days}


Part = TimezoneStandard | TimezoneDaylight


@lru_cache(maxsize=64)
def vtimezone(zone: str) -> bytes:
    """The VTIMEZONE of a checked IANA name, as bytes with CRLF."""
    timezone = Timezone()
    timezone.add("tzid", zone)
    by_kind = groupby(sorted(transitions(zone), key=lambda each: each.kind), key=lambda each: each.kind)
    groups = [tuple(group) for _, group in by_kind]
    rules = [yearly_rule(group) for group in groups]
    # All by rule or all by list: a rule counts from 1970, and beside a list that starts later it would never end.
    known = [rule for rule in rules if rule]
    if groups and len(known) == len(groups):
        parts = [ruled(group[0], rule) for group, rule in zip(groups, known, strict=True)]
    else:
        parts = [base(zone), *map(listed, groups)]
    for part in sorted(parts, key=lambda each: each.to_ical()):
        timezone.add_component(part)
    return bytes(timezone.to_ical())


def transitions(zone: str) -> list[Transition]:
    """Every change of offset in the years looked at, in order."""
    place = zone_info(zone)
    found = []
    moment = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    while moment.year <= LAST_YEAR:
        later = moment + timedelta(days=1)
        before, after = moment.astimezone(place).utcoffset(), later.astimezone(place).utcoffset()
        if before is not None and after is not None and before != after:
            change = first_moment_after(moment, later, zone)
            name = change.astimezone(place).tzname() or zone
            found.append(Transition((change + before).replace(tzinfo=None), before, after, name))
        moment = later
    return found


def first_moment_after(before: datetime, after: datetime, zone: str) -> datetime:
    """The first second with the offset of `after`, found by halving."""
    place = zone_info(zone)
    wanted = after.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == wanted:
            after = middle
        else:
            before = middle
    return after


def ruled(change: Transition, rule: YearlyRule) -> Part:
    """One part of a zone whose clocks change on the same weekday of a month every year."""
    part = empty_part(change)
    part.add("dtstart", start_of(rule, change.wall))
    part.add("rrule", vRecur(rule.recur))
    return part


def listed(changes: Sequence[Transition]) -> Part:
    """One part of a zone whose changes follow no such rule, for instance the moon."""
    part = empty_part(changes[0])
    part.add("dtstart", changes[0].wall)
    for change in changes[1:]:
        part.add("rdate", change.wall)
    return part


def empty_part(change: Transition) -> Part:
    """A part with the offsets of a change, DAYLIGHT when the clocks go forward."""
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    return part


def base(zone: str) -> TimezoneStandard:
    """What holds before the first listed change, and always where the clocks are never changed."""
    moment = datetime(FIRST_YEAR, 1, 1, tzinfo=zone_info(zone))
    part = TimezoneStandard()
    part.add("dtstart", datetime(RULE_STARTS_IN, 1, 1))
    part.add("tzoffsetfrom", moment.utcoffset())
    part.add("tzoffsetto", moment.utcoffset())
    part.add("tzname", moment.tzname() or zone)
    return part


def yearly_rule(changes: Sequence[Transition]) -> YearlyRule | None:
    """The rule that gives exactly these changes, one in every year; None if there is none."""
    walls = [change.wall for change in changes]
    shapes = {(wall.month, wall.weekday(), wall.time()) for wall in walls}
    days = [wall.day for wall in walls]
    if [wall.year for wall in walls] != list(range(FIRST_YEAR, LAST_YEAR + 1)) or len(shapes) > 1:
        return None
    if max(days) - min(days) != 6:
        return None
    return YearlyRule(walls[0].month, walls[0].weekday(), min(days), ordinal_of(min(days), walls[0]))


def ordinal_of(first_day: int, wall: datetime) -> int:
    """Which weekday of its month a week of days starting at `first_day` means; 0 for a week in between."""
    if first_day + 6 == monthrange(wall.year, wall.month)[1]:
        return -1
    return (first_day + 6) // 7 if first_day % 7 == 1 else 0


def start_of(rule: YearlyRule, wall: datetime) -> datetime:
    """The first moment that the rule gives, in the year from which calendars customarily count."""
    day = date(RULE_STARTS_IN, rule.month, rule.first_day)
    return datetime.combine(day + timedelta(days=(rule.weekday - day.weekday()) % 7), wall.time())
