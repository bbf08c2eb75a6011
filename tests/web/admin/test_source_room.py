"""A source's page for operators: its state, its last answer as it came, and what can be asked for."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from aggregator.model.fetching import Body
from aggregator.model.filters import EventFilter
from aggregator.store import audit, fetches, queries
from tests.web import town

HOSTILE = b"<script>alert(1)</script>\r\nBEGIN:VCALENDAR\xff"
PAGE = "/admin/sources/museum-ics"


def test_the_last_answer_is_shown_as_it_came_and_as_text_only(anna, town_store):
    with town_store.writing() as connection:
        fetches.save_body(connection, "museum-ics", Body(HOSTILE, "text/html", final_url="https://x.example"), town.NOW)
    answer = anna.get(f"{PAGE}/body")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text.startswith("<script>alert(1)</script>\r\nBEGIN:VCALENDAR")


def test_state_error_next_visit_and_history_stand_on_its_page(anna):
    page = anna.get(PAGE).text
    for words in ("gestört seit", "museum.example.org"):
        assert words in page
    assert "hunter2" not in page
    assert "E_" in anna.get("/admin/sources").text


@pytest.mark.parametrize("deed", ["refresh", "replay"])
def test_it_is_read_again_at_a_press(anna, town_store, deed):
    anna.jobs()
    assert anna.post(f"{PAGE}/{deed}", PAGE).headers["Location"].endswith("told=asked")
    assert anna.jobs() == [deed]
    with town_store.reading() as connection:
        assert audit.recent(connection, 1)[0].action == deed


def test_the_figures_are_those_of_the_calendar(anna, town_store):
    with town_store.reading() as connection:
        everything = queries.feed_events(connection, EventFilter())
    rows = list(csv.reader(StringIO(anna.get("/admin/figures.csv").text.lstrip("\ufeff")), delimiter=";"))
    rows = (
        rows if len(rows[0]) == 3 else list(csv.reader(StringIO(anna.get("/admin/figures.csv").text.lstrip("\ufeff"))))
    )
    told = {(table, what): int(number) for table, what, number in rows[1:]}
    assert told["Insgesamt", "Termine"] == len(everything)
    statements = [sum(1 for _ in one.event.statements) for one in everything]
    assert told["Insgesamt", "Termine, die mehrere ankündigen"] <= sum(many > 1 for many in statements)
    museum = sum("museum" in one.event.initiatives for one in everything)
    assert told["Termine je Initiative", "Museum Lüneburg"] == museum
    culture = sum("kultur" in one.event.topics for one in everything)
    assert told["Termine je Thema", "Kultur und Musik"] == culture
    months = {what: number for (table, what), number in told.items() if table == "Termine je Monat"}
    assert sum(months.values()) == sum(len(one.event.occurrences) for one in everything)
