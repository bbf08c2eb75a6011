"""What a page shows of a window: which occurrences, in which order, and how many of what."""

from datetime import date, datetime, timedelta

import pytest

from aggregator.model.filters import EventFilter
from aggregator.model.places import Circle, Place
from aggregator.model.times import Window
from aggregator.store import calendar

DECEMBER = Window(date(2026, 12, 1), date(2027, 1, 1))
EVERYTHING = EventFilter()


@pytest.fixture
def connection(town):
    with town.reading() as connection:
        yield connection


@pytest.fixture
def found(publish, make_event, connection):
    """Publish one event with the given fields; tell whether a filter finds it in December."""

    def ask(wanted, *starts, days=1, window=DECEMBER, **fields):
        publish(make_event("e1", *starts, days=days, **fields))
        return bool(calendar.listings(connection, window, wanted))

    return ask


@pytest.mark.parametrize(
    ("first", "days", "shown"),
    [
        pytest.param(date(2026, 11, 30), 1, False, id="the day before"),
        pytest.param(date(2026, 11, 30), 2, True, id="reaching in"),
        pytest.param(date(2026, 12, 1), 1, True, id="the first day"),
        pytest.param(date(2026, 12, 31), 1, True, id="the last day"),
        pytest.param(date(2026, 12, 31), 9, True, id="reaching out"),
        pytest.param(date(2026, 9, 1), 200, True, id="a run of months all around"),
        pytest.param(date(2027, 1, 1), 1, False, id="the day after"),
    ],
)
def test_an_occurrence_is_listed_if_it_overlaps_the_window(found, first, days, shown):
    assert found(EVERYTHING, first, days=days) is shown


def test_listings_come_in_the_order_of_a_page(publish, make_event, connection):
    publish(
        make_event("second-day", date(2026, 12, 2)),
        make_event("late", datetime(2026, 12, 1, 20)),
        make_event("early-b", datetime(2026, 12, 1, 9), title="Übung"),
        make_event("early-a", datetime(2026, 12, 1, 9), title="Zuhören"),
        make_event("all-day", date(2026, 12, 1)),
        make_event("since-october", date(2026, 10, 1), days=80),
    )
    order = [listing.published.identity.id for listing in calendar.listings(connection, DECEMBER, EVERYTHING)]
    assert order == ["since-october", "all-day", "early-b", "early-a", "late", "second-day"]


def test_a_listing_knows_its_day_inside_the_window_and_its_last_day(publish, make_event, connection):
    written = make_event("e1", date(2026, 10, 1), date(2026, 11, 29), days=4)
    publish(written)
    (listing,) = calendar.listings(connection, DECEMBER, EVERYTHING)
    assert listing.published == written.published
    assert listing.occurrence == written.published.event.occurrences[1]
    assert (listing.day, listing.last_day) == (date(2026, 12, 1), date(2026, 12, 2))


def test_no_more_are_listed_than_asked_for(publish, make_event, connection):
    publish(make_event("e1", *(date(2026, 12, day) for day in range(1, 20))))
    days = [listing.day.day for listing in calendar.listings(connection, DECEMBER, EVERYTHING, limit=3)]
    assert days == [1, 2, 3]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        pytest.param(EventFilter(first=date(2026, 12, 24)), True, id="from its day"),
        pytest.param(EventFilter(first=date(2026, 12, 25)), False, id="from after"),
        pytest.param(EventFilter(last=date(2026, 12, 24)), True, id="to its day"),
        pytest.param(EventFilter(last=date(2026, 12, 23)), False, id="to before"),
        pytest.param(EventFilter(first=date(2027, 2, 1)), False, id="from after the window"),
        pytest.param(EventFilter(last=date.max), True, id="to the last day there is"),
    ],
)
def test_the_dates_of_the_filter_narrow_the_window(found, wanted, shown):
    assert found(wanted, date(2026, 12, 24)) is shown


def test_a_filter_that_leaves_no_day_of_the_window_shows_no_long_run_either(found):
    assert not found(EventFilter(last=date(2026, 11, 1)), date(2026, 9, 1), days=200)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Lüneburg", True, id="umlaut"),
        pytest.param("LUENEBURG", True, id="umlaut written out"),
        pytest.param("wandel", True, id="part of a compound"),
        pytest.param("wandel lüneburg", True, id="words of different fields"),
        pytest.param("wandel hamburg", False, id="one word missing"),
        pytest.param("grüne", True, id="who announces it"),
        pytest.param("gruppe rathaus", True, id="who and where"),
        pytest.param("kino", False, id="who does not announce it"),
        pytest.param("100%", True, id="a word with a sign"),
        pytest.param("%", False, id="no word at all"),
        pytest.param("_\\_", False, id="nothing but signs"),
    ],
)
def test_a_text_finds_words_wherever_they_stand(found, text, shown):
    fields = {"title": "Klimawandel: 100%", "description": "In Lüneburg", "place": Place("Rathaus", "Am Markt 1")}
    assert found(EventFilter(text=text), initiatives=("umwelt",), **fields) is shown


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        pytest.param(("Café Größenwahn",), True, id="as written"),
        pytest.param(("CAFE GROESSENWAHN",), True, id="other spelling"),
        pytest.param(("größenwahn, Am Sande",), True, id="name and address"),
        pytest.param(("Glockenhaus", "Sande"), True, id="one of two"),
        pytest.param(("Glockenhaus",), False, id="another"),
        pytest.param(("%",), False, id="wildcard"),
        pytest.param(("_",), False, id="one-letter wildcard"),
    ],
)
def test_a_place_is_found_by_part_of_its_name_or_address(found, places, shown):
    assert found(EventFilter(places=places), place=Place("Café Größenwahn", "Am Sande 5")) is shown


@pytest.mark.parametrize(
    ("metres", "shown"),
    [pytest.param(111, False, id="just outside"), pytest.param(112, True, id="just inside")],
)
def test_near_is_exact(found, metres, shown):
    """A thousandth of a degree of latitude is 111.2 metres."""
    circle = Circle(53.25, 10.41, metres / 1000)
    assert found(EventFilter(near=circle), place=Place(latitude=53.251, longitude=10.41)) is shown


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place("Rathaus"), id="no coordinates"),
        pytest.param(Place(latitude=float("nan"), longitude=10.0), id="no number"),
        pytest.param(Place(latitude=float("inf"), longitude=10.0), id="no end"),
    ],
)
def test_an_event_that_cannot_be_put_on_a_map_is_near_nothing(found, place):
    assert not found(EventFilter(near=Circle(53.25, 10.41, 1000)), place=place)


def test_a_long_run_counts_on_each_of_its_days_in_the_window(publish, make_event, connection):
    publish(make_event("e1", date(2026, 11, 1), days=32), make_event("e2", date(2026, 12, 2)), make_event("e3"))
    publish(make_event("e4", date(2026, 12, 31), days=9))
    assert calendar.counts_by_day(connection, DECEMBER, EVERYTHING) == {
        date(2026, 12, 1): 1,
        date(2026, 12, 2): 2,
        date(2026, 12, 5): 1,
        date(2026, 12, 31): 1,
    }


def test_topics_initiatives_and_places_count_each_event_once(publish, make_event, connection):
    saal, hof = Place("Saal", "Am Markt"), Place("Hof")
    weekly = [date(2026, 12, day) for day in (1, 8, 15)]
    publish(
        make_event("e1", *weekly, topics=("klima", "kultur"), initiatives=("umwelt", "kino"), place=saal),
        make_event("e2", topics=("klima",), initiatives=("umwelt",), place=hof),
        make_event("e3", topics=("klima",), place=saal),
        make_event("e4", topics=(), place=Place(online=True)),
        make_event("e5", date(2027, 3, 1), topics=("klima",), initiatives=("kino",), place=hof),
    )
    assert calendar.topic_counts(connection, DECEMBER, EVERYTHING) == {"klima": 3, "kultur": 1}
    assert calendar.initiative_counts(connection, DECEMBER, EVERYTHING) == {"kino": 1, "umwelt": 2}
    assert calendar.place_counts(connection, DECEMBER, EVERYTHING) == {"Saal": 2, "Hof": 1}
    assert calendar.topic_counts(connection, DECEMBER, EventFilter(initiatives=("kino",))) == {"klima": 1, "kultur": 1}


def test_an_umbrella_brings_what_it_and_its_members_announce(publish, make_event, connection):
    publish(
        make_event("e1", initiatives=("umwelt", "kino")),
        make_event("e2", initiatives=("kino",)),
        make_event("e3", initiatives=("chor",)),
    )
    assert calendar.umbrella_counts(connection, DECEMBER, EVERYTHING, ("umwelt", "kino")) == {"umwelt": 2, "kino": 2}
    assert calendar.umbrella_counts(connection, DECEMBER, EventFilter(text="nichts"), ("umwelt",)) == {}


def test_the_spellings_of_one_place_count_together_under_the_most_common(publish, make_event, connection):
    names = ["Café Süd", "Café Süd", "CAFE SUED", "Nord"]
    publish(*(make_event(f"e{number}", place=Place(name)) for number, name in enumerate(names)))
    assert calendar.place_counts(connection, DECEMBER, EVERYTHING) == {"Café Süd": 3, "Nord": 1}


def test_the_first_of_a_long_window_are_those_of_the_whole(publish, make_event, town):
    first = date(2026, 12, 1)
    days = [timedelta(days=number) for number in (-3, 0, 2, 2, 9, 20, 50, 51, 90)]
    publish(
        *(make_event(f"e{number}", first + day, days=1 + number % 3) for number, day in enumerate(days)),
        make_event("series", *(first + timedelta(days=14 * number) for number in range(5))),
        make_event("run", first - timedelta(days=40), days=90),
    )
    window = Window(first, first + timedelta(days=120))
    with town.reading() as connection:
        every = calendar.listings(connection, window, EventFilter())
        for number in range(1, len(every) + 2):
            assert calendar.listings(connection, window, EventFilter(), number) == every[:number]
        once = list({one.published.identity.id: one for one in reversed(every)}.values())[::-1]
        once.sort(key=every.index)
        for number in range(1, len(once) + 2):
            for offset in (0, 2, len(once)):
                found = calendar.soonest(connection, window, EventFilter(), number, offset)
                assert list(found) == once[offset : offset + number]
