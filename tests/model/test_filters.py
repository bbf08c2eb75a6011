"""The filter language: what is read comes back as it was, in one canonical form."""

from __future__ import annotations

from datetime import date, time
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import FilterError
from aggregator.model.filters import PARAMETERS, EventFilter, parse_filter

HOURS = st.none() | st.times().map(lambda moment: time(moment.hour, moment.minute))
FILTERS = st.builds(
    EventFilter,
    first=st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    last=st.none() | st.dates(date(2026, 6, 1), date(2026, 12, 1)),
    weekdays=st.sets(st.integers(0, 6), max_size=6).map(lambda days: tuple(sorted(days))),
    after=HOURS,
    before=HOURS,
    free=st.booleans(),
    accessible=st.booleans(),
    children=st.booleans(),
    online=st.sampled_from([None, True, False]),
    languages=st.sets(st.sampled_from(["de", "en", "gsg"])).map(lambda codes: tuple(sorted(codes))),
).filter(lambda wanted: not (wanted.after and wanted.before) or wanted.after < wanted.before)


def read(query: str) -> EventFilter:
    return parse_filter(parse_qsl(query))


@given(FILTERS)
def test_a_filter_survives_its_own_query(wanted: EventFilter) -> None:
    assert read(wanted.query()) == wanted


def test_every_word_of_a_query_is_a_known_parameter() -> None:
    query = "from=2026-12-01&weekday=sa&after=18:00&free=1&accessible=1&children=1&online=no&language=en&q=x"
    assert {name for name, _ in parse_qsl(read(query).query())} <= set(PARAMETERS)
    assert len(parse_qsl(read(query).query())) == 9


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        pytest.param("weekday=su,MO,sa", "weekday=mo,sa,su", id="weekdays from Monday on"),
        pytest.param("weekday=mo,tu,we,th,fr&weekday=sa,su", "", id="all weekdays are no condition"),
        pytest.param("language=EN&language=de", "language=de,en", id="languages in small letters"),
        pytest.param("after=00:00", "after=00:00", id="midnight is an hour"),
        pytest.param("before=09:30&free=1", "before=09:30&free=1", id="colons stay as they are"),
        pytest.param("free=&online=", "", id="nothing said"),
    ],
)
def test_equal_filters_give_equal_queries(query: str, canonical: str) -> None:
    assert read(query).query() == canonical


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param("after=6:00", "This is not a time of the form 18:00 (after).", id="one digit"),
        pytest.param("before=١٢:٠٠", "This is not a time of the form 18:00 (before).", id="other digits"),
        pytest.param("after=20:00&before=20:00", "This time is not later than the first (before).", id="no span"),
        pytest.param("children=ja", "Only 1 is possible here (children).", id="a word for a mark"),
        pytest.param("free=1&free=0", "This value may be given only once (free).", id="twice"),
        pytest.param("online=maybe", "Only yes or no is possible here (online).", id="neither"),
        pytest.param("weekday=xx", "Weekdays are mo, tu, we, th, fr, sa, su (weekday).", id="no weekday"),
        pytest.param("language=d", "A language is two letters here, such as en (language).", id="one letter"),
    ],
)
def test_what_nobody_can_mean_is_refused(query: str, sentence: str) -> None:
    with pytest.raises(FilterError) as error:
        read(query)
    assert error.value.sentences["en"] == sentence


@pytest.mark.parametrize("query", ["from=2026-12-01", "to=2026-12-01", "weekday=sa", "after=18:00", "before=00:00"])
def test_days_and_hours_pick_dates_of_an_event(query: str) -> None:
    assert read(query).asks_for_dates
    assert not read("free=1&q=chor").asks_for_dates
