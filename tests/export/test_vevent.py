"""Series of which hundreds of dates are announced or deviate: what they cost, counted, and what is said of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from aggregator.export.ics import assemble, render, render_event
from aggregator.export.reader_options import Cancelled, ReaderOptions
from aggregator.export.vevent import Rendering
from aggregator.model.events import EventOccurrence, Statement
from aggregator.model.records import Status


@pytest.fixture
def often_told(publish, moment):
    """A daily series whose first days deviate, with announcements of single days and of the whole."""

    def make(dates, of_days=0, of_all=0, status=Status.CONFIRMED):
        days = [moment("2026-12-01T18:00").shifted(timedelta(days=number)) for number in range(max(dates, of_days))]
        told = [Statement(f"d{n}", "blog", "repair", "", day, occurrence=day.iso()) for n, day in enumerate(days)]
        whole = [Statement(f"w{n}", "b", "repair", "", days[0], link=f"https://b.example/{n}") for n in range(of_all)]
        deviations = tuple(Counted(day, day, title="Gast", status=status) for day in days[:dates])
        statements = (*told[:of_days], *whole)
        return publish("2026-12-01T18:00", rules=("FREQ=DAILY",), deviations=deviations, statements=statements)

    return make


class Counted(EventOccurrence):
    """An occurrence that counts how often one is compared with another."""

    compared = 0
    __hash__ = EventOccurrence.__hash__

    def __eq__(self, other):
        Counted.compared += 1
        return self is other


class Asked(dict):
    """Initiatives that count how often one is looked up, which is once for each announcement that is read."""

    times = 0

    def get(self, *arguments):
        self.times += 1
        return super().get(*arguments)


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({"of_days": 300}, id="each deviating date is announced"),
        pytest.param({"of_days": 600}, id="other dates are announced too"),
        pytest.param({"of_all": 300}, id="the whole is announced as often"),
    ],
)
def test_each_announcement_is_read_once_however_many_dates_deviate(numbers, often_told, site, initiatives):
    """What is quadratic in them took minutes and megabytes, in which no other source was shown."""
    asked = Asked(initiatives)
    fragment = render_event(often_told(300, **numbers), site, asked, ())
    assert fragment.count(b"RECURRENCE-ID") == 300
    assert asked.times <= 2 * sum(numbers.values())
    assert len(fragment) < 300 * 2500


def test_dates_that_are_hidden_are_not_compared_with_each_other(often_told, site, initiatives):
    event = often_told(300, status=Status.CANCELLED)
    Counted.compared = 0
    render(Rendering(event, site, initiatives, (), "de", ReaderOptions(cancelled=Cancelled.HIDE)))
    assert Counted.compared == 0


def test_who_announces_an_event_too_often_to_read_is_left_to_its_page(often_told, site, initiatives):
    fragment = render_event(often_told(1, of_all=25), site, initiatives, ())
    lines = str(Calendar.from_ical(assemble([fragment], site, "Stadt")).events[0]["DESCRIPTION"]).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "Weitere Quellen auf der Seite der Veranstaltung."
