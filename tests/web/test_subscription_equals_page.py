"""Whatever is asked for: the subscription, the feeds and the API hold exactly the events that the page shows."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from aggregator.model.filters import EventFilter
from aggregator.model.places import Circle
from tests.web import town

TODAY = date(2026, 11, 24)
DAYS = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=number))
HOURS = st.sampled_from([None, None, time(12), time(18)])
TOPICS, NAMES = [topic.id for topic in town.TOPICS], [one.id for one in town.INITIATIVES]


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """None of them in most cases, else one or two."""
    return st.just(()) | st.sets(st.sampled_from(values), min_size=1, max_size=2).map(lambda few: tuple(sorted(few)))


FILTERS = st.builds(
    EventFilter,
    first=DAYS,
    last=st.none() | DAYS,
    topics=some(TOPICS),
    initiatives=some(NAMES),
    umbrellas=st.sampled_from([(), (), ("mosaique",)]),
    places=st.sampled_from([(), (), ("saal",), ("mosaique", "utopia")]),
    near=st.sampled_from([None, None, None, Circle(53.2487, 10.4078, 1.0)]),
    text=st.sampled_from(["", "", "cafe", "fahrrad", "lüneburg"]),
    weekdays=st.sampled_from([(), (), (5, 6), (1,), (0, 3)]),
    after=HOURS,
    before=st.sampled_from([None, None, time(22)]),
    free=st.sampled_from([False, False, True]),
    accessible=st.sampled_from([False, False, False, True]),
    children=st.sampled_from([False, False, False, True]),
    online=st.sampled_from([None, None, True, False]),
    languages=st.sampled_from([(), (), (), ("gsg",), ("de", "en")]),
).filter(lambda wanted: wanted.last is None or wanted.first <= wanted.last)


def on_the_page(client: FlaskClient, query: str) -> set[str]:
    """The ids of all events in the list of a filter."""
    page = client.get(f"/list?{query}")
    assert page.status_code == 200
    listed = page.text.split('<aside class="rail"')[0]
    return set(re.findall(r'href="/event/([\w-]+)', listed))


def in_the_calendar(client: FlaskClient, query: str) -> set[str]:
    """The ids in the UIDs of a subscription; expanded ones have the date behind the id."""
    calendar = Calendar.from_ical(client.get(f"/calendar.ics?{query}").data)
    return {str(event["uid"]).partition("@")[0].partition("-")[0] for event in calendar.walk("VEVENT")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS)
def test_page_subscription_feed_and_api_hold_the_same_events(client: FlaskClient, wanted: EventFilter) -> None:
    query = wanted.query()
    shown = on_the_page(client, query)
    assert in_the_calendar(client, query) == shown
    assert in_the_calendar(client, f"{query}&expand=1") == shown
    items = client.get(f"/calendar.json?{query}").get_json()["items"]
    assert {item["id"].rpartition("/")[2] for item in items} == shown
    assert {event["id"] for event in client.get(f"/api/v1/events?{query}&limit=500").get_json()["events"]} == shown


def test_an_expanded_subscription_holds_only_the_dates_that_fit(client: FlaskClient) -> None:
    calendar = Calendar.from_ical(client.get("/calendar.ics?q=repair&weekday=sa&from=2026-12-01&expand=1").data)
    assert [event.decoded("dtstart").date() for event in calendar.walk("VEVENT")] == [
        date(2026, 12, 19),
        date(2027, 1, 9),
    ]


def test_the_random_filters_find_something(sqlite_client: FlaskClient) -> None:
    found = [on_the_page(sqlite_client, query) for query in ("free=1", "weekday=sa,su", "after=18:00", "online=yes")]
    assert min(map(len, found)) >= 1
