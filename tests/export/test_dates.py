from __future__ import annotations

from datetime import date, datetime, time

import pytest

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.records import Recurrence
from aggregator.model.times import EventTime

BERLIN = "Europe/Berlin"
TODAY = date(2026, 11, 24)


def moment(text: str, zone: str = BERLIN) -> EventTime:
    if len(text) == 10:
        return EventTime.of_date(date.fromisoformat(text), zone)
    return EventTime(datetime.fromisoformat(text), zone)


def occurrence(start: str, end: str = "") -> EventOccurrence:
    return EventOccurrence(moment(start), moment(start), moment(end) if end else None)


def series(rule: str, start: str = "2026-12-01T18:00") -> MergedEvent:
    return MergedEvent("Plenum", moment(start), (), (), (), recurrence=Recurrence((rule,)))


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        pytest.param(date(2026, 11, 24), "heute", "today", id="the same day"),
        pytest.param(date(2026, 11, 25), "morgen", "tomorrow", id="the next day"),
        pytest.param(date(2026, 12, 19), "in 25 Tagen", "in 25 days", id="weeks ahead"),
        pytest.param(date(2026, 11, 23), "", "", id="a day that is gone"),
    ],
)
def test_the_distance_to_a_day_is_said_in_words(day, german, english):
    assert dates.day_words(day, TODAY, "de") == german
    assert dates.day_words(day, TODAY, "en") == english


def test_days_are_named_in_both_languages():
    day = date(2026, 12, 5)
    assert dates.long_day(day, "de") == "Samstag, 5. Dezember 2026"
    assert dates.long_day(day, "en", with_year=False) == "Saturday, 5 December"
    assert dates.short_day(day, "de") == "Sa, 5. Dezember"
    assert dates.short_day(day, "en", with_year=True) == "Sat, 5 December 2026"


def test_times_of_day_leave_out_what_nobody_says():
    assert dates.clock(time(9, 5), "de") == "09:05"
    assert dates.clock_words(time(19), "de") == "19 Uhr"
    assert dates.clock_words(time(18, 30), "de") == "18:30 Uhr"
    assert dates.clock_words(time(19), "en") == "19:00"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param("2026-06-12", "2026-06-12", "12. Juni", id="one day"),
        pytest.param("2026-06-12", "2026-06-14", "12. bis 14. Juni", id="within a month"),
        pytest.param("2026-05-30", "2026-06-02", "30. Mai bis 2. Juni", id="over a month's end"),
        pytest.param("2026-12-28", "2027-01-02", "28. Dezember 2026 bis 2. Januar 2027", id="over New Year"),
        pytest.param("2026-06-12", "2027-06-14", "12. Juni 2026 bis 14. Juni 2027", id="the same month a year later"),
    ],
)
def test_spans_of_days_say_month_and_year_once(first, last, words):
    assert dates.day_span(date.fromisoformat(first), date.fromisoformat(last), "de") == words


@pytest.mark.parametrize(
    ("start", "end", "german", "english"),
    [
        pytest.param(
            "2026-12-19T14:00",
            "2026-12-19T17:00",
            "Samstag, 19. Dezember 2026, 14 bis 17 Uhr",
            "Saturday, 19 December 2026, 14:00 to 17:00",
            id="an afternoon",
        ),
        pytest.param(
            "2026-12-19T18:30",
            "",
            "Samstag, 19. Dezember 2026, 18:30 Uhr",
            "Saturday, 19 December 2026, 18:30",
            id="no end known",
        ),
        pytest.param(
            "2026-12-19T18:30",
            "2026-12-19T18:30",
            "Samstag, 19. Dezember 2026, 18:30 Uhr",
            "Saturday, 19 December 2026, 18:30",
            id="zero length",
        ),
        pytest.param(
            "2026-12-19T18:00",
            "2026-12-20T00:00",
            "Samstag, 19. Dezember 2026, 18 bis 24 Uhr",
            "Saturday, 19 December 2026, 18:00 to midnight",
            id="until midnight",
        ),
        pytest.param(
            "2026-12-19T22:00",
            "2026-12-20T04:30",
            "Samstag, 19. Dezember 2026, 22 bis 4:30 Uhr",
            "Saturday, 19 December 2026, 22:00 to 4:30",
            id="a night belongs to its evening",
        ),
        pytest.param(
            "2026-06-12T18:00",
            "2026-06-15T05:00",
            "Freitag, 12. Juni 2026, 18 Uhr bis Montag, 15. Juni 2026, 5 Uhr",
            "Friday, 12 June 2026, 18:00 to Monday, 15 June 2026, 5:00",
            id="a weekend that ends on Monday morning",
        ),
        pytest.param(
            "2026-06-12T18:00",
            "2026-06-15T00:00",
            "Freitag, 12. Juni 2026, 18 Uhr bis Sonntag, 14. Juni 2026, 24 Uhr",
            "Friday, 12 June 2026, 18:00 to Sunday, 14 June 2026, midnight",
            id="a weekend until midnight",
        ),
        pytest.param("2026-12-19", "", "Samstag, 19. Dezember 2026", "Saturday, 19 December 2026", id="one whole day"),
        pytest.param("2026-06-12", "2026-06-15", "12. bis 14. Juni 2026", "12 to 14 June 2026", id="three whole days"),
    ],
)
def test_an_occurrence_is_told_in_full(start, end, german, english):
    assert dates.span(occurrence(start, end), BERLIN, "de") == german
    assert dates.span(occurrence(start, end), BERLIN, "en") == english


def test_times_are_told_in_the_zone_of_the_reader():
    london = EventOccurrence(
        moment("2026-12-19T18:00", "Europe/London"),
        moment("2026-12-19T18:00", "Europe/London"),
        moment("2026-12-19T20:00", "Europe/London"),
    )
    assert dates.times(london, BERLIN, "de") == "19 bis 21 Uhr"
    assert dates.times(occurrence("2026-12-19"), BERLIN, "de") == "ganztägig"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param("2026-12-05T18:30", "2026-12-05T20:00", "Sa, 5. Dezember 2026, 18:30", id="an evening"),
        pytest.param("2026-12-05", "", "Sa, 5. Dezember 2026", id="a whole day"),
        pytest.param("2026-12-05", "2026-12-07", "5. bis 6. Dezember 2026", id="two whole days"),
    ],
)
def test_a_feed_title_gets_the_date_in_short(start, end, words):
    assert dates.announcement(occurrence(start, end), BERLIN, "de") == words


@pytest.mark.parametrize(
    ("rule", "german", "english"),
    [
        pytest.param("FREQ=WEEKLY", "jeden Dienstag", "every Tuesday", id="weekly on the day of its start"),
        pytest.param("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270622T130000Z", "jeden Dienstag", "every Tuesday", id="weekly"),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=FR,MO,WE",
            "jeden Montag, Mittwoch und Freitag",
            "every Monday, Wednesday and Friday",
            id="on three days of the week",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=MO",
            "alle zwei Wochen montags",
            "every two weeks on Mondays",
            id="every other week",
        ),
        pytest.param("FREQ=WEEKLY;INTERVAL=10", "alle 10 Wochen dienstags", "every 10 weeks on Tuesdays", id="rare"),
        pytest.param("FREQ=DAILY;COUNT=5", "jeden Tag", "every day", id="daily"),
        pytest.param("FREQ=DAILY;INTERVAL=3", "alle drei Tage", "every three days", id="every third day"),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=2SA",
            "am zweiten Samstag im Monat",
            "on the second Saturday of the month",
            id="monthly on a weekday",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,3",
            "am ersten und dritten Dienstag im Monat",
            "on the first and third Tuesday of the month",
            id="twice a month by position",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2",
            "alle zwei Monate am letzten Freitag",
            "every two months on the last Friday",
            id="every other month",
        ),
        pytest.param("FREQ=MONTHLY", "am 1. jedes Monats", "on day 1 of every month", id="monthly on a date"),
    ],
)
def test_common_rules_are_said_in_words(rule, german, english):
    assert dates.recurrence_words(series(rule), "de") == german
    assert dates.recurrence_words(series(rule), "en") == english


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;BYMONTH=5",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=2SA,2SU",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=9SA",
        "FREQ=HOURLY;COUNT=3",
        "nonsense",
    ],
)
def test_uncommon_rules_are_left_to_the_list_of_dates(rule):
    assert dates.recurrence_words(series(rule), "de") == ""


def test_a_rule_whose_local_days_differ_says_no_weekday():
    late = MergedEvent("Funk", moment("2026-12-01T23:30", "UTC"), (), (), (), recurrence=Recurrence(("FREQ=WEEKLY",)))
    assert dates.recurrence_words(late, "de", BERLIN) == ""
    assert dates.recurrence_words(late, "de", "UTC") == "jeden Dienstag"


def test_a_single_event_does_not_repeat():
    assert dates.recurrence_words(MergedEvent("Fest", moment("2026-12-01T18:00"), (), (), ()), "de") == ""
