"""Each golden file in tests/data/export holds the fragment of one event that shows one thing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar, Event

from aggregator.export.characters import one_line, printable
from aggregator.export.ics import assemble, render_event, render_expanded
from aggregator.model.events import Statement
from aggregator.model.linkage import Relation
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.times import TimeKind

GOLDEN = Path(__file__).parent.parent / "data" / "export"


@pytest.fixture(scope="session")
def rendered(site, initiatives, topics):
    return lambda published, **more: render_event(published, site, initiatives, topics, **more)


@pytest.fixture(scope="session")
def read(site):
    """Parse fragments back as a client does; the calendar."""
    return lambda *fragments: Calendar.from_ical(assemble(fragments, site, "Stadt"))


@pytest.fixture(scope="session")
def read_one(rendered, read):
    """The single VEVENT of a published event, parsed back."""
    return lambda published, **more: read(rendered(published, **more)).events[0]


@pytest.fixture(scope="session")
def town_events(publish, moment, at):
    """The events behind the golden files, by file name."""
    glockenhaus = Place("Glockenhaus", "Glockenstraße 9", 53.2487, 10.4078)
    told_twice = (
        Statement("r1", "blog", "repair", "Fest", moment("2026-12-05"), link="https://repair.example.org/fest"),
        Statement("r2", "mail", "klima", "Fest", moment("2026-12-05"), link="javascript:alert(1)"),
    )
    return {
        "evening": publish(
            "2026-12-05T18:30", "2026-12-05T21:00", description="Mit Suppe.", place=glockenhaus, topics=("klima",)
        ),
        "days": publish("2026-06-12", "2026-06-15", title="Fest", statements=told_twice),
        "zero_length": publish("2026-12-05T18:30", "2026-12-05T18:30"),
        "utc_single": publish("2026-12-05T17:30", "2026-12-05T18:30", zone="UTC"),
        "utc_series": publish("2026-12-05T17:30", "2026-12-05T18:30", zone="UTC", rules=("FREQ=WEEKLY;COUNT=3",)),
        "weekly": publish(
            "2026-10-20T18:00",
            "2026-10-20T20:00",
            rules=("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270430",),
            dates=(moment("2026-10-22T17:00", "UTC"),),
            exceptions=(moment("2026-11-10T17:00", "UTC"), moment("2026-11-17")),
            deviations=(
                at("2026-11-04T19:00", "2026-11-04T21:00", "2026-11-03T18:00", status=Status.MOVED),
                at("2026-12-01T18:00", "2026-12-01T20:00", status=Status.CANCELLED),
            ),
        ),
        "day_series": publish(
            "2027-03-19", "2027-03-22", rules=("FREQ=WEEKLY;COUNT=4",), exceptions=(moment("2027-04-09"),)
        ),
        "withdrawn": publish("2026-12-05T18:30", status=Status.WITHDRAWN),
    }


@pytest.mark.parametrize(
    "name", ["evening", "days", "zero_length", "utc_single", "utc_series", "weekly", "day_series", "withdrawn"]
)
def test_events_are_written_as_their_golden_files_say(name, town_events, rendered):
    assert rendered(town_events[name]) == (GOLDEN / f"{name}.ics").read_bytes()


def test_the_same_event_gives_the_same_bytes(town_events, rendered):
    assert rendered(town_events["weekly"]) == rendered(town_events["weekly"])


@pytest.mark.parametrize(
    ("status", "stated", "title"),
    [
        pytest.param(Status.CONFIRMED, "CONFIRMED", "Plenum", id="taking place"),
        pytest.param(Status.TENTATIVE, "TENTATIVE", "Plenum", id="perhaps"),
        pytest.param(Status.CANCELLED, "CANCELLED", "Abgesagt: Plenum", id="cancelled"),
        pytest.param(Status.MOVED, "CONFIRMED", "Verlegt: Plenum", id="moved"),
        pytest.param(Status.SOLD_OUT, "CONFIRMED", "Ausgebucht: Plenum", id="sold out"),
        pytest.param(Status.WITHDRAWN, "CANCELLED", "Plenum", id="gone from its source"),
    ],
)
def test_the_status_stands_in_the_property_and_before_the_title(status, stated, title, publish, read_one):
    event = read_one(publish("2026-12-05T18:30", status=status))
    assert event["STATUS"] == stated
    assert event["SUMMARY"] == title


def test_a_cancelled_series_cancels_its_deviations(publish, at, rendered, read):
    deviations = (at("2026-12-13T18:00", original="2026-12-12T18:00"),)
    series = publish("2026-12-05T18:00", rules=("FREQ=WEEKLY",), status=Status.CANCELLED, deviations=deviations)
    assert [event["STATUS"] for event in read(rendered(series)).events] == ["CANCELLED", "CANCELLED"]


def test_english_calendars_speak_english(publish, read_one):
    event = read_one(publish("2026-12-05T18:30", status=Status.CANCELLED, topics=("klima",)), language="en")
    assert event["SUMMARY"] == "Cancelled: Plenum"
    assert event.categories == ["Climate"]
    assert "Source: Repair-Café" in event["DESCRIPTION"]


def test_floating_time_is_written_in_the_zone_of_its_source(publish, moment, read_one):
    start = moment("2026-12-05T18:30", kind=TimeKind.FLOATING)
    assert read_one(publish("2026-12-05T18:30", exactly=start)).to_ical().count(b"DTSTART;TZID=Europe/Berlin:") == 1


def test_the_second_half_past_two_of_the_autumn_night_is_written_in_utc(publish, moment, read_one):
    second = moment("2026-10-25T02:30", fold=1)
    assert read_one(publish("2026-10-25T02:30", exactly=second)).start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_end_before_the_start_or_of_another_kind_is_left_out(publish, moment, read_one):
    assert "DTEND" not in read_one(publish("2026-12-05T18:30", "2026-12-05T17:30"))
    assert "DTEND" not in read_one(publish("2026-12-05T18:30", "2026-12-06"))


@pytest.mark.parametrize(
    ("start", "rule", "written"),
    [
        pytest.param("2026-12-05T18:00", "UNTIL=20270105", "UNTIL=20270105T225959Z", id="a day includes its evening"),
        pytest.param("2026-12-05T18:00", "UNTIL=20270105T180000", "UNTIL=20270105T170000Z", id="local time"),
        pytest.param("2026-12-05T18:00", "UNTIL=20270105T170000Z", "UNTIL=20270105T170000Z", id="UTC"),
        pytest.param("2026-12-05", "UNTIL=20270105T230000Z", "UNTIL=20270106", id="a series of days ends on a day"),
        pytest.param("2026-12-05T18:00", "UNTIL=99991231T235959Z", None, id="the end of all days is no end"),
    ],
)
def test_a_rule_ends_in_the_form_that_its_start_demands(start, rule, written, publish, read_one):
    until = read_one(publish(start, rules=(f"FREQ=WEEKLY;{rule}",)))["RRULE"].to_ical().decode().split(";")[1:]
    assert until == ([written] if written else [])


def test_an_announcement_of_one_date_is_named_there_and_only_there(publish, moment, at, rendered, read):
    special = at("2026-12-12T18:00", title="Plenum mit Gast")
    statements = (
        Statement("r1", "blog", "repair", "Plenum", moment("2026-12-05T18:00"), link="https://repair.example.org/"),
        Statement(
            "r2",
            "klima",
            "klima",
            "Plenum mit Gast",
            special.start,
            link="https://klima.example.org/gast",
            relation=Relation.INSTANCE_OF,
            occurrence=special.original.iso(),
        ),
    )
    series = publish("2026-12-05T18:00", rules=("FREQ=WEEKLY",), deviations=(special,), statements=statements)
    whole, override = (str(event["DESCRIPTION"]) for event in read(rendered(series)).events)
    assert "gast" not in whole
    assert "https://repair.example.org/" in override
    assert "https://klima.example.org/gast" in override


def test_a_calendar_says_what_it_is_and_when_to_come_again(site):
    calendar = assemble([], site, "Stadt, im Kalender", refresh=timedelta(minutes=90)).decode().split("\r\n")
    assert calendar[0] == "BEGIN:VCALENDAR"
    assert calendar[2].startswith("PRODID:-//Buendel//")
    assert "METHOD:PUBLISH" in calendar
    assert "X-WR-CALNAME:Stadt\\, im Kalender" in calendar
    assert "NAME:Stadt\\, im Kalender" in calendar
    assert "X-WR-TIMEZONE:Europe/Berlin" in calendar
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H30M" in calendar
    assert "X-PUBLISHED-TTL:PT1H30M" in calendar
    assert calendar[-2:] == ["END:VCALENDAR", ""]


def test_an_empty_calendar_still_holds_a_component(site):
    assert [zone["TZID"] for zone in Calendar.from_ical(assemble([], site, "Leer")).timezones] == ["Europe/Berlin"]


def test_a_calendar_defines_exactly_the_zones_that_its_events_name(publish, rendered, read):
    london = rendered(publish("2026-12-05T18:30", zone="Europe/London", description="\nDTSTART;TZID=Mars/Olympus:1"))
    assert [zone["TZID"] for zone in read(london).timezones] == ["Europe/Berlin", "Europe/London"]


def test_nobodys_mail_address_is_written(town_events, rendered):
    text = b"".join(rendered(published) for published in town_events.values())
    assert b"ORGANIZER" not in text
    assert b"ATTENDEE" not in text
    assert b"mailto" not in text


# Expansion: what we write means to a client what the merged event says.


def starts(calendar: Calendar) -> list[tuple[str, str]]:
    """Local start and title of all that a client shows from October 2026 to May 2027."""
    found = recurring_ical_events.of(calendar).between(date(2026, 10, 1), date(2027, 5, 1))
    return sorted((f"{event.start:%Y-%m-%d %H:%M}", str(event["SUMMARY"])) for event in found)


def test_a_series_over_a_clock_change_keeps_its_local_time(publish, rendered, read):
    series = publish("2026-10-20T18:00", "2026-10-20T20:00", rules=("FREQ=WEEKLY;COUNT=3",))
    expected = [("2026-10-20 18:00", "Plenum"), ("2026-10-27 18:00", "Plenum"), ("2026-11-03 18:00", "Plenum")]
    assert starts(read(rendered(series))) == expected


def test_a_series_in_utc_follows_the_sun(publish, rendered, read):
    series = publish("2026-10-20T16:00", zone="UTC", rules=("FREQ=WEEKLY;COUNT=2",))
    zone = read().timezones[0].to_tz()
    events = recurring_ical_events.of(read(rendered(series))).between(date(2026, 10, 1), date(2027, 5, 1))
    assert [event.start.astimezone(zone).hour for event in events] == [18, 17]


def test_extra_moved_cancelled_and_excepted_dates_are_the_same_to_a_client(town_events, rendered, read):
    seen = starts(read(rendered(town_events["weekly"])))
    assert ("2026-10-22 19:00", "Plenum") in seen
    assert ("2026-11-04 19:00", "Verlegt: Plenum") in seen
    assert ("2026-12-01 18:00", "Abgesagt: Plenum") in seen
    assert {"2026-11-03 18:00", "2026-11-10 18:00", "2026-11-17 18:00"}.isdisjoint(start for start, _ in seen)
    assert seen[-1] == ("2027-04-27 18:00", "Plenum")


@pytest.fixture(scope="session")
def expanded(site, initiatives, topics):
    return lambda published: render_expanded(published, site, initiatives, topics)


def test_an_expanded_series_is_single_events_with_uids_of_their_own(publish, at, expanded, read):
    days = (at("2026-10-20T18:00"), at("2026-10-28T19:00", original="2026-10-27T18:00"))
    events = read(expanded(publish("2026-10-20T18:00", rules=("FREQ=WEEKLY;COUNT=2",), occurrences=days))).events
    assert [event["UID"] for event in events] == [
        "ab12-20261020T180000@kalender.example.org",
        "ab12-20261027T180000@kalender.example.org",
    ]
    assert [event.start.hour for event in events] == [18, 19]
    assert not any("RRULE" in event or "RECURRENCE-ID" in event for event in events)


def test_expanded_whole_days_are_named_by_their_day(publish, at, expanded, read):
    series = publish("2026-10-20", rules=("FREQ=WEEKLY;COUNT=1",), occurrences=(at("2026-10-20"),))
    assert read(expanded(series)).events[0]["UID"] == "ab12-20261020@kalender.example.org"


def test_a_single_event_is_the_same_when_expanded(town_events, rendered, expanded):
    assert expanded(town_events["evening"]) == rendered(town_events["evening"])


# Whatever people write, the calendar stays whole.

TEXTS = some.text() | some.sampled_from(
    ["Zeile\r\nEND:VEVENT\r\nBEGIN:VEVENT", 'a,b;c\\n:"d"^n', "👩🏽‍🔧" * 40, "\x00\x0b\x1f\x7f\x85\u2028", "ü" * 200]
)


def as_read(text: str) -> str:
    """icalendar takes a backslash before a capital N for a line break already when it writes."""
    return text.replace("\\N", "\n")


@given(title=TEXTS, description=TEXTS, place=TEXTS)
def test_any_text_survives_and_harms_no_line(title, description, place, publish, rendered, read):
    hostile = publish("2026-12-05T18:30", title=title, description=description, place=Place(place), statements=())
    body = rendered(hostile)
    assert all(len(line) <= 75 and line.decode() is not None for line in body.split(b"\r\n"))
    assert not body.replace(b"\r\n", b"").count(b"\n")
    first, second = read(body, rendered(publish("2026-12-06T10:00"))).events
    assert isinstance(first, Event)
    assert first["SUMMARY"] == as_read(one_line(title) or "Ohne Titel")
    assert first.get("DESCRIPTION", "") == as_read(printable(description).strip())
    assert first.get("LOCATION", "") == as_read(one_line(place))
    assert second["SUMMARY"] == "Plenum"
