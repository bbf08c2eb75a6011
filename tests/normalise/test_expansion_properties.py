"""Whatever rule the gate lets through, expansion ends, does not raise, and stays in its window."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aggregator.model.components import StatedRecurrence, StatedTime
from aggregator.model.records import Record
from aggregator.model.times import EventTime, TimeKind, Window
from aggregator.normalise.judging import judge
from aggregator.normalise.recurrence import MOST_OCCURRENCES, expand
from aggregator.normalise.repetition import judged
from aggregator.normalise.timezones import Zones

BERLIN = "Europe/Berlin"
WINDOW = Window(date(2026, 1, 1), date(2027, 4, 1))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def numbers(smallest: int, largest: int) -> st.SearchStrategy[str]:
    listed = st.lists(st.integers(smallest, largest), min_size=1, max_size=4)
    return listed.map(lambda values: ",".join(map(str, values)))


DAYS = st.lists(
    st.builds("{}{}".format, st.sampled_from(("", "", "1", "2", "-1", "5")), st.sampled_from(WEEKDAYS)),
    min_size=1,
    max_size=4,
).map(",".join)
OPTIONAL = {
    "INTERVAL": st.integers(0, 30).map(str),
    "COUNT": st.integers(0, 200).map(str),
    "UNTIL": st.sampled_from(("20261231", "20261231T235959Z", "20260401T120000", "20200101", "99991231")),
    "BYDAY": DAYS,
    "BYMONTH": numbers(1, 12),
    "BYMONTHDAY": numbers(-31, 31),
    "BYHOUR": numbers(0, 23),
    "BYMINUTE": numbers(0, 59),
    "BYSETPOS": numbers(-3, 3),
    "BYWEEKNO": numbers(1, 53),
    "BYYEARDAY": numbers(1, 366),
    "WKST": st.sampled_from(WEEKDAYS),
}
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(("MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"))}, optional=OPTIONAL
)
RULES = PARTS.map(lambda parts: ";".join(f"{name}={value}" for name, value in parts.items()))
STARTS = st.builds(
    EventTime,
    st.datetimes(datetime(2015, 1, 1), datetime(2028, 1, 1)).map(lambda wall: wall.replace(microsecond=0)),
    st.sampled_from((BERLIN, "America/New_York", "UTC")),
    st.sampled_from((TimeKind.ZONED, TimeKind.FLOATING)),
)


def record_of(rule: str, start: EventTime) -> Record:
    zones = Zones(home=BERLIN, floating=BERLIN)
    stated = StatedRecurrence((rule,), exceptions=(StatedTime("20260606"),))
    recurrence = judged(stated, start, zones).recurrence
    return Record("s.1", "k", "s", "vevent-series", "t", "t", "", start=start, recurrence=recurrence)


@pytest.mark.filterwarnings("error")
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(rule=RULES, start=STARTS)
def test_an_accepted_rule_expands_inside_its_window(rule: str, start: EventTime) -> None:
    assume(judge(rule) is None)
    series = record_of(rule, start)
    found = expand(series, (), WINDOW)
    if found.defects:
        assert len(found.occurrences) in (1, MOST_OCCURRENCES)
        return
    moments = [occurrence.start.instant for occurrence in found.occurrences]
    assert moments == sorted(set(moments))
    # A day of grace on either side: a gap or a zone may carry the first or last hour over midnight.
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (WINDOW.first, WINDOW.last))
    assert all(first - timedelta(days=1) <= moment <= last + timedelta(days=1) for moment in moments)


@given(rule=st.one_of(RULES, st.text(max_size=60)))
def test_the_gate_judges_every_text_without_raising(rule: str) -> None:
    refusal = judge(rule)
    assert refusal is None or len(refusal.part) <= 80
