"""The gate before expansion: which RRULEs may be expanded at all.

A calendar of 0.2 kB can keep an expander busy for ever (INTERVAL=0) or fill the memory (BYxxx cross
products). Rules are judged here by their text alone; figures in reliability.md section 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from aggregator.model.defects import DefectKind
from aggregator.normalise.stated_times import read

LONGEST_RULE = 2_000
MOST_RULES = 10
MOST_DATES = 2_000
LARGEST_INTERVAL = 1_000
LARGEST_COUNT = 10_000
MOST_PER_DAY = 24
LARGEST_QUICK_COUNT = 100
"""How often something may repeat by minutes or seconds."""

FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAY = re.compile(r"^(?P<place>[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$", re.A)
NUMBER = re.compile(r"^[+-]?\d{1,6}$", re.A)
DIGITS = re.compile(r"^\d+$", re.A)
LONGEST_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}

# RFC 5545 section 3.3.10: the values each list may hold; signed lists also count from the end.
LISTS: Mapping[str, range] = {
    "BYSECOND": range(61),
    "BYMINUTE": range(60),
    "BYHOUR": range(24),
    "BYMONTHDAY": range(1, 32),
    "BYYEARDAY": range(1, 367),
    "BYWEEKNO": range(1, 54),
    "BYMONTH": range(1, 13),
    "BYSETPOS": range(1, 367),
}
SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *LISTS}

# The same section's table of what has no meaning together. Such rules may never occur, and searching
# for their first occurrence goes on to the year 9999. BYSETPOS is ours: by day or hour it hardly ever hits.
MEANINGLESS: Mapping[str, frozenset[str]] = {
    "SECONDLY": frozenset(PARTS - {"FREQ", "INTERVAL", "COUNT", "WKST"}),
    "MINUTELY": frozenset(PARTS - {"FREQ", "INTERVAL", "COUNT", "WKST"}),
    "HOURLY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS"}),
    "DAILY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYSETPOS"}),
    "WEEKLY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}),
    "MONTHLY": frozenset({"BYWEEKNO", "BYYEARDAY"}),
    "YEARLY": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a rule is not expanded: the kind of defect, and the part of the rule that is to blame."""

    kind: DefectKind
    part: str


Parts = Mapping[str, str]


def judge(rule: str) -> Refusal | None:
    """What speaks against expanding an RRULE value; None when nothing does."""
    parts = rule_parts(rule)
    if parts is None:
        return _bad(rule)
    for check in (_known, _frequency, _bounds, _lists, _days, _meaning, _amount, _possible):
        if refusal := check(parts):
            return refusal
    return None


def most_per_day(rules: Sequence[str]) -> int:
    """The most occurrences that a series with these accepted rules can have on one day."""
    return max((_per_day(parts) for rule in rules if (parts := rule_parts(rule))), default=1)


def rule_parts(rule: str) -> Parts | None:
    """The parts of an RRULE value in capitals, in their order; None when it is not made of NAME=VALUE."""
    if len(rule) > LONGEST_RULE:
        return None
    parts: dict[str, str] = {}
    for part in "".join(rule.split()).rstrip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            return None
        parts[name] = value
    return parts


def _known(parts: Parts) -> Refusal | None:
    """Every part is one of RFC 5545's (RSCALE and BYEASTER are not)."""
    return next((_bad(f"{name}={value}") for name, value in parts.items() if name not in PARTS), None)


def _frequency(parts: Parts) -> Refusal | None:
    """FREQ stands and is known; repeating by minutes or seconds needs a small COUNT."""
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        return _bad(f"FREQ={frequency}")
    quick = frequency in ("SECONDLY", "MINUTELY")
    if quick and _number(parts.get("COUNT", "")) not in range(1, LARGEST_QUICK_COUNT + 1):
        return _too_much(f"FREQ={frequency}")
    return None


def _bounds(parts: Parts) -> Refusal | None:
    """INTERVAL and COUNT are within reach, UNTIL is a time, and there is one end only."""
    for name, largest in (("INTERVAL", LARGEST_INTERVAL), ("COUNT", LARGEST_COUNT)):
        if name in parts and _number(parts[name]) not in range(1, largest + 1):
            is_large = DIGITS.match(parts[name]) and parts[name].strip("0")
            return (_too_much if is_large else _bad)(f"{name}={parts[name]}")
    if "UNTIL" in parts and ("COUNT" in parts or read(parts["UNTIL"]) is None):
        return _bad(f"UNTIL={parts['UNTIL']}")
    return None


def _lists(parts: Parts) -> Refusal | None:
    """Each BY list holds only the values of its unit, each at most once."""
    for name, allowed in LISTS.items():
        numbers = [_number(item) for item in parts[name].split(",")] if name in parts else []
        for number in numbers:
            value = abs(number) if number is not None and name in SIGNED else number
            if value not in allowed or len(numbers) > 2 * len(allowed):
                return _bad(f"{name}={parts[name]}")
    return None


def _days(parts: Parts) -> Refusal | None:
    """BYDAY and WKST name weekdays; "the second Monday" only has meaning in a month or year."""
    days = [DAY.match(day) for day in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    places = [found["place"] for found in days if found and found["place"]]
    sound = all(days) and len(days) <= 7 * 54 and all(1 <= abs(int(place)) <= 53 for place in places)
    counted = parts["FREQ"] in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts
    if not sound or (places and not counted):
        return _bad(f"BYDAY={parts['BYDAY']}")
    start = DAY.match(parts.get("WKST", "MO"))
    return None if start and not start["place"] else _bad(f"WKST={parts['WKST']}")


def _meaning(parts: Parts) -> Refusal | None:
    """No list stands with a frequency for which it has no meaning, and BYSETPOS has something to count."""
    for name in parts:
        if name in MEANINGLESS[parts["FREQ"]]:
            return _bad(f"FREQ={parts['FREQ']};{name}={parts[name]}")
    alone = "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts)
    return _bad(f"BYSETPOS={parts['BYSETPOS']}") if alone else None


def _amount(parts: Parts) -> Refusal | None:
    """At most 24 occurrences a day."""
    return _too_much("BYHOUR, BYMINUTE, BYSECOND") if _per_day(parts) > MOST_PER_DAY else None


def _per_day(parts: Parts) -> int:
    """The most occurrences that a rule can put on one day; those that need a small COUNT count as one."""
    hours, minutes, seconds = (
        len(parts[name].split(",")) if name in parts else 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")
    )
    if parts["FREQ"] == "HOURLY" and "BYHOUR" not in parts:
        hours = ceil(24 / int(parts.get("INTERVAL", "1")))
    return hours * minutes * seconds


def _possible(parts: Parts) -> Refusal | None:
    """At least one of the days exists in one of the months: there is no 30 February."""
    if "BYMONTH" not in parts or "BYMONTHDAY" not in parts:
        return None
    longest = max(LONGEST_MONTHS.get(int(month), 31) for month in parts["BYMONTH"].split(","))
    if min(abs(int(day)) for day in parts["BYMONTHDAY"].split(",")) <= longest:
        return None
    return _bad(f"BYMONTH={parts['BYMONTH']};BYMONTHDAY={parts['BYMONTHDAY']}")


def _number(text: str) -> int | None:
    """A whole number of at most six digits."""
    return int(text) if NUMBER.match(text) else None


def _bad(part: str) -> Refusal:
    return Refusal(DefectKind.BAD_RECURRENCE, part[:80])


def _too_much(part: str) -> Refusal:
    return Refusal(DefectKind.RECURRENCE_LIMIT, part[:80])
