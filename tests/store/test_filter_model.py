"""Any filter on any small calendar finds what its plain words say, on both databases."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.filters import EventFilter
from aggregator.model.places import Circle, Place
from aggregator.model.stems import stems_of, wanted_stem
from aggregator.model.text import key
from aggregator.model.times import Window
from aggregator.store import calendar, queries
from aggregator.store import events as event_store

ZONE = "Europe/Berlin"
DAYS = st.dates(date(2026, 11, 28), date(2026, 12, 6))
NAMES = {"umwelt": "Grüne Gruppe", "kino": "Kino am Markt"}
UNDER = {"umwelt": {"umwelt", "kino"}, "kino": {"kino"}}
TOPICS, PLACES, WORDS = (
    ["klima", "kultur"],
    ["Hof", "Hof-Café", "Café", ""],
    ["Fest", "Sommerfest", "Grün", "Film", "markt"],
)
POINTS = [(None, None), (53.25, 10.41), (53.26, 10.41), (53.25, 10.60)]
FEW = {"max_size": 2, "unique": True}
HOURS = [None, time(9, 30), time(18), time(22)]
FACT = st.sampled_from([Fact(), Fact(Reply.YES), Fact(Reply.NO)])
FACTS = st.builds(
    Facts,
    free=FACT,
    accessible=FACT,
    children=FACT,
    online=FACT,
    languages=st.lists(st.sampled_from(["de", "en"]), **FEW).map(tuple),
)

EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "starts": st.lists(DAYS, min_size=1, max_size=3, unique=True).map(sorted),
            "hour": st.sampled_from(HOURS),
            "days": st.integers(1, 5),
            "facts": FACTS,
            "title": st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
            "topics": st.lists(st.sampled_from(TOPICS), **FEW).map(tuple),
            "initiatives": st.lists(st.sampled_from(sorted(NAMES)), **FEW).map(tuple),
            "place": st.builds(
                lambda name, point: Place(name, "", *point), st.sampled_from(PLACES), st.sampled_from(POINTS)
            ),
        }
    ),
    max_size=4,
)
FILTERS = st.builds(
    EventFilter,
    first=st.none() | DAYS,
    last=st.none() | DAYS,
    topics=st.lists(st.sampled_from(TOPICS), **FEW).map(tuple),
    initiatives=st.lists(st.sampled_from(sorted(NAMES)), **FEW).map(tuple),
    umbrellas=st.lists(st.sampled_from(sorted(NAMES)), **FEW).map(tuple),
    places=st.lists(st.sampled_from(["hof", "CAFE", "Hof Café", "%"]), **FEW).map(tuple),
    weekdays=st.lists(st.integers(0, 6), **FEW).map(tuple),
    after=st.sampled_from(HOURS),
    before=st.sampled_from(HOURS),
    free=st.booleans(),
    accessible=st.booleans(),
    children=st.booleans(),
    online=st.sampled_from([None, None, True, False]),
    languages=st.lists(st.sampled_from(["de", "en"]), **FEW).map(tuple),
    near=st.none() | st.builds(Circle, st.just(53.25), st.just(10.41), st.sampled_from([0.5, 5.0, 50.0])),
    text=st.lists(st.sampled_from([*WORDS, "fest", "gruen", "Feste", "Märkte", "%"]), max_size=2).map(" ".join),
)
OWN = ("starts", "hour")
WINDOWS = st.builds(lambda first, days: Window(first, first + timedelta(days=days)), DAYS, st.integers(1, 6))


def wanted_by_words(event, wanted):
    """The filter's promise without its dates, in plain Python."""
    searched = key(" ".join([event.title, event.place.text, *(NAMES[name] for name in event.initiatives)]))
    stems = stems_of(key(f"{event.title} {event.place.text}"))
    place, words = key(event.place.text), key(wanted.text).split()
    return (
        (not wanted.topics or bool(set(wanted.topics) & set(event.topics)))
        and (not wanted.initiatives or bool(set(wanted.initiatives) & set(event.initiatives)))
        and (not wanted.umbrellas or any(UNDER[name] & set(event.initiatives) for name in wanted.umbrellas))
        and (not wanted.places or any(key(name) and key(name) in place for name in wanted.places))
        and (not wanted.text or bool(words) and all(is_found(word, searched, stems) for word in words))
        and (wanted.near is None or near(event.place, wanted.near))
        and facts_fit(event, wanted)
    )


def is_found(word, searched, stems):
    """The word as it stands, or its stem at the end of a word of the title or place."""
    return word in searched or bool(wanted_stem(word)) and wanted_stem(word) in stems


def facts_fit(event, wanted):
    """Only what is known counts; a named place without a word of online is on site."""
    facts = event.facts
    known = {"free": facts.free, "accessible": facts.accessible, "children": facts.children}
    online = {Reply.YES: True, Reply.NO: False}.get(facts.online.reply, False if event.place.text else None)
    return (
        all(fact.reply is Reply.YES for name, fact in known.items() if getattr(wanted, name))
        and (wanted.online is None or online is wanted.online)
        and (not wanted.languages or bool(set(wanted.languages) & set(facts.languages)))
    )


def hour_fits(occurrence, wanted):
    """Whether it goes on on one of the weekdays and begins in the hours asked for."""
    first, last = occurrence.days(ZONE)
    days = {(first + timedelta(days=number)).weekday() for number in range((last - first).days + 1)}
    hour = None if occurrence.start.is_date else occurrence.start.local(ZONE).time()
    return (
        (not wanted.weekdays or bool(days & set(wanted.weekdays)))
        and (wanted.after is None or (hour is not None and hour >= wanted.after))
        and (wanted.before is None or (hour is not None and hour < wanted.before))
    )


def near(place, circle):
    return place.has_coordinates and circle.contains(place.latitude, place.longitude)


def overlaps(occurrence, first, last):
    begins, ends = occurrence.days(ZONE)
    return begins <= last and first <= ends


def expected_days(published, window, wanted):
    """(event id, occurrence, first day in the window) of all that must be listed."""
    first = max(window.first, wanted.first or date.min)
    last = min(window.last - timedelta(days=1), wanted.last or date.max)
    return {
        (one.identity.id, occurrence.start.iso(), max(occurrence.days(ZONE)[0], first))
        for one in published
        if wanted_by_words(one.event, wanted)
        for occurrence in one.event.occurrences
        if first <= last and overlaps(occurrence, first, last) and hour_fits(occurrence, wanted)
    }


def expected_ids(published, wanted):
    found = [one for one in published if wanted_by_words(one.event, wanted)]
    if wanted.asks_for_dates:
        first, last = wanted.first or date.min, wanted.last or date.max
        found = [
            one
            for one in found
            if any(overlaps(each, first, last) and hour_fits(each, wanted) for each in one.event.occurrences)
            and first <= last
        ]
    return [one.identity.id for one in found]


def starts_of(fields):
    """The days on which it begins, at its hour if it has one."""
    hour = fields["hour"]
    return [datetime.combine(day, hour) for day in fields["starts"]] if hour else fields["starts"]


@pytest.fixture
def replace_all(town, publish, make_event):
    """Publish exactly these events; what they are as published."""

    def run(calendar_of_events):
        with town.writing() as connection:
            event_store.drop_derived(connection)
        written = [
            make_event(f"e{number}", *starts_of(fields), **{k: v for k, v in fields.items() if k not in OWN})
            for number, fields in enumerate(calendar_of_events)
        ]
        publish(*written)
        return [one.published for one in written]

    return run


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=EVENTS, window=WINDOWS, wanted=FILTERS)
def test_the_store_finds_what_the_filter_says(town, replace_all, contents, window, wanted):
    published = replace_all(contents)
    with town.reading() as connection:
        listed = calendar.listings(connection, window, wanted)
        fed = queries.feed_events(connection, wanted)
        once = calendar.soonest(connection, window, wanted, 100)
        count = calendar.event_count(connection, window, wanted)
    seen = {(one.published.identity.id, one.occurrence.start.iso(), one.day) for one in listed}
    assert seen == expected_days(published, window, wanted)
    assert len(seen) == len(listed)
    assert [one.published.identity.id for one in once] == list(
        dict.fromkeys(one.published.identity.id for one in listed)
    )
    assert count == len(once)
    assert [one.identity.id for one in fed] == expected_ids(published, wanted)
