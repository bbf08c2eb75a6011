"""How sure a reading is; the scale is told at `aggregator.model.prose.BAR`."""

from __future__ import annotations

from datetime import date

from aggregator.normalise.prose.cues import LOOKING_BACK, OPEN_HOURS, SHOWN_LATER
from aggregator.normalise.prose.ranges import Together
from aggregator.normalise.prose.resolving import Check, Resolved
from aggregator.normalise.prose.statements import Item, Statement, confirmed_by_weekday
from aggregator.normalise.prose.timing import Timing

A_DAY = 0.70
WEEKDAY_AGREES = 0.15
WEEKDAY_ELSEWHERE = 0.08
HOLIDAY = 0.08
A_TIME = 0.10
A_FAR_TIME = 0.06
A_YEAR = 0.05
PROMINENT = 0.08
A_SPAN = 0.05
SAID_TWICE = 0.05
WEAK = -0.12
BEGINS_ONLY = -0.22
BARE = -0.05
NOT_FIRM = -0.06
VAGUE_TIME = -0.10
CONFLICT = 0.4
IN_THE_PAST = 0.5
EITHER_OR = 0.5
LOOKS_BACK = 0.75
SUREST = 0.99


def confidence_of(item: Item, statement: Statement, resolved: Resolved, timing: Timing) -> float:
    """How sure it is that the event is on this day, from 0 to 0.99."""
    weights = _for_the_day(item, statement, resolved) + _for_the_time(timing)
    weights += HOLIDAY if timing.start is not None and _is_holiday(statement) else 0
    weights += PROMINENT if statement.prominent else 0
    weights += A_SPAN if statement.is_range else 0
    weights += _against(statement, resolved, timing)
    return round(min(A_DAY + weights, SUREST) * _doubt(item, statement, resolved, timing), 2)


def _for_the_day(item: Item, statement: Statement, resolved: Resolved) -> float:
    """What weekday, holiday, year and repetition speak for the day."""
    weight = A_YEAR if resolved.year_written else 0.0
    if resolved.check is Check.AGREES:
        weight += WEEKDAY_AGREES
    elif resolved.check is Check.SILENT and confirmed_by_weekday(item, resolved.day):
        weight += WEEKDAY_ELSEWHERE
    same = [other for other in item.events() if resolved.day in (each.day for each in other.days)]
    return weight + (SAID_TWICE if len(same) > 1 else 0)


def _for_the_time(timing: Timing) -> float:
    if timing.start is None:
        return 0.0
    return (A_TIME if timing.is_near else A_FAR_TIME) + (VAGUE_TIME if timing.is_vague else 0)


def _against(statement: Statement, resolved: Resolved, timing: Timing) -> float:
    """What speaks against: a name more than a day, a shape that is often something else."""
    weight = 0.0
    untimed = timing.start is None and not statement.is_range
    bare = untimed and resolved.check is not Check.AGREES
    if untimed and statement.begins_only:
        weight += BEGINS_ONLY
    elif bare and statement.weak:
        weight += WEAK
    elif bare and not _is_introduced(statement):
        weight += BARE
    if any(not day.firm for day in statement.dates.days):
        weight += NOT_FIRM
    return weight


def _is_introduced(statement: Statement) -> bool:
    """Whether "am" or the like leads the date, or it begins its line."""
    words, first = statement.passage.words, statement.mention.first
    if statement.dates.together is Together.MOVED:
        return False
    if _is_holiday(statement):
        return words.low(first - 1) in ("am", "an", "on")
    return statement.leads or words.low(first - 1) in ("am", "an", "on", "vom", "dem", "den", "le", ":", ",", "(", "–")


def _is_holiday(statement: Statement) -> bool:
    """Whether a day is told by its name only."""
    return any(day.named and day.month is None for day in statement.dates.days)


def _doubt(item: Item, statement: Statement, resolved: Resolved, timing: Timing) -> float:
    """The factor by which doubts shrink a confidence."""
    factor = CONFLICT if resolved.check is Check.CONFLICTS else 1.0
    if any(each.check is Check.CONFLICTS for each in statement.days) and statement.is_range:
        factor = CONFLICT
    last = statement.days[-1].day if statement.is_range else resolved.day
    # "vom 12. bis 5. Mai": a slip of the pen.
    factor *= CONFLICT if last < resolved.day else 1.0
    factor *= IN_THE_PAST if is_over(item, last) else 1.0
    factor *= EITHER_OR if statement.dates.together is Together.CHOICE or timing.is_choice else 1.0
    invites = _invites(item, statement, resolved, timing)
    opens = invites and statement.mention.sentence == statement.passage.words.sentences[statement.passage.words.lead]
    reports = looks_back(item, invites) and not opens
    return factor * (LOOKS_BACK if reports or is_about_hours(item) else 1.0)


def _invites(item: Item, statement: Statement, resolved: Resolved, timing: Timing) -> bool:
    """Whether a text names a coming day, checked by its weekday, and its hour: that is no report."""
    is_coming = item.published is not None and resolved.day > item.published and resolved.check is Check.AGREES
    is_full = timing.start is not None and timing.is_near
    return is_coming and is_full and statement.prominent and not statement.passage.is_title


def is_over(item: Item, day: date) -> bool:
    """Whether a day lies before the item's own date: then the item reports, it does not invite."""
    return item.published is not None and day < item.published


def looks_back(item: Item, invites: bool) -> bool:
    """Whether the title says that the item tells of what has been; a text that `invites` needs a plainer word."""
    titles = [passage for passage in item.passages if passage.is_title]
    said = LOOKING_BACK if invites else LOOKING_BACK | SHOWN_LATER
    return any(token.low in said for passage in titles for token in passage.words.tokens)


def is_about_hours(item: Item) -> bool:
    """Whether the title says that the item tells when something is open."""
    titles = [passage for passage in item.passages if passage.is_title]
    return any(token.low.startswith(OPEN_HOURS) for passage in titles for token in passage.words.tokens)
