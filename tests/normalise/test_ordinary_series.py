"""Arithmetic and library agree value for value on every series that arithmetic does not decline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aggregator.model.records import Record, Recurrence, Status
from aggregator.model.times import EventTime, TimeKind, Window
from aggregator.normalise.judging import judge
from aggregator.normalise.ordinary_series import ordinary_dates
from aggregator.normalise.recurrence import by_library, spans_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("Europe/Berlin", "America/New_York", "UTC")
KINDS = (TimeKind.ZONED, TimeKind.ZONED, TimeKind.FLOATING, TimeKind.DATE)
# Around the nights on which clocks are turned, and some years of which the 29th of February is one.
WALLS = st.one_of(
    st.datetimes(datetime(2019, 1, 1), datetime(2028, 1, 1)),
    st.datetimes(datetime(2027, 3, 20, 1), datetime(2027, 3, 29)),
    st.datetimes(datetime(2026, 10, 20), datetime(2026, 10, 27)),
    st.sampled_from((datetime(2024, 2, 29, 19), datetime(2026, 1, 31, 2, 30), datetime(2027, 3, 28, 2, 30))),
).map(lambda wall: wall.replace(second=0, microsecond=0))
DAYS = st.lists(
    st.builds("{}{}".format, st.sampled_from(("", "", "1", "+2", "-1", "5")), st.sampled_from(WEEKDAYS)),
    min_size=1,
    max_size=3,
).map(",".join)
NUMBERS = st.lists(st.sampled_from((1, 2, 12, 29, 30, 31, -1, -31)), min_size=1, max_size=3)
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"))},
    optional={
        "INTERVAL": st.sampled_from(("1", "2", "3", "7")),
        "COUNT": st.sampled_from(("1", "3", "10", "500")),
        "UNTIL": st.sampled_from(("20261231", "20261231T235959Z", "20260401T120000", "20200101")),
        "BYDAY": DAYS,
        "BYMONTHDAY": NUMBERS.map(lambda days: ",".join(map(str, days))),
        "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=3).map(lambda days: ",".join(map(str, days))),
        "BYSETPOS": st.sampled_from(("1", "-1")),
        "WKST": st.sampled_from(WEEKDAYS),
    },
)
RULES = PARTS.map(lambda parts: ";".join(f"{name}={value}" for name, value in parts.items()))
LENGTHS = st.sampled_from(
    (None, timedelta(), timedelta(hours=2), timedelta(hours=30), timedelta(days=1), -timedelta(1))
)
WINDOWS = st.builds(
    lambda first, days: Window(first, first + timedelta(days=days)),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.integers(1, 500),
)
TIMES = st.lists(st.builds(timedelta, st.integers(-3, 60), st.sampled_from((0, 0, 0, 3600)))).map(tuple)


def later(time: EventTime, distance: timedelta) -> EventTime:
    """A time that much later; a date stays a date."""
    return time.shifted(timedelta(days=distance.days) if time.is_date else distance)


def record(start: EventTime, length: timedelta | None, **more: object) -> Record:
    end = None if length is None else start.shifted(length)
    made = Record("s.1", "k", "s", "vevent", "t", "t", "", uid="u", start=start, end=end)
    return replace(made, **more)  # type: ignore[arg-type]


@st.composite
def series(draw: st.DrawFn) -> tuple[Record, tuple[Record, ...]]:
    """A series as the gate lets it through, with overrides of it."""
    kind, wall = draw(st.sampled_from(KINDS)), draw(WALLS)
    start = EventTime(
        datetime.combine(wall, datetime.min.time()) if kind is TimeKind.DATE else wall,
        draw(st.sampled_from(ZONES)),
        kind,
    )
    rules = draw(st.lists(RULES, max_size=2))
    assume(all(judge(rule) is None for rule in rules))
    dates, exceptions, moved = (tuple(later(start, distance) for distance in draw(TIMES)) for _ in range(3))
    recurrence = Recurrence(tuple(rules), dates, exceptions)
    assume(rules or dates)
    overrides = tuple(
        record(
            draw(st.sampled_from((original, later(original, timedelta(hours=2)), start, EventTime(wall, "UTC")))),
            draw(LENGTHS),
            id=f"s.o{number}",
            series="s.1",
            original=original,
            status=draw(st.sampled_from((Status.CONFIRMED, Status.CANCELLED))),
            this_and_future=draw(st.integers(0, 9)) == 0,
        )
        for number, original in enumerate(moved[:3])
    )
    return record(start, draw(LENGTHS), recurrence=recurrence), overrides


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(series(), WINDOWS)
def test_arithmetic_finds_the_dates_that_the_library_finds_or_declines(
    of: tuple[Record, tuple[Record, ...]], window: Window
) -> None:
    found = ordinary_dates(*of, spans_of(of[0], window), 1_000)
    assume(found is not None)
    assert found == by_library(*of, window)


def test_an_ordinary_weekly_series_is_not_declined() -> None:
    start = EventTime(datetime(2026, 9, 1, 19), "Europe/Berlin")
    weekly = record(start, timedelta(hours=2), recurrence=Recurrence(("FREQ=WEEKLY;BYDAY=TU;COUNT=3",)))
    found = ordinary_dates(weekly, (), ((date(2026, 9, 1), date(2026, 12, 1)),), 1_000)
    assert found is not None
    assert [each.start.wall.day for each in found] == [1, 8, 15]
