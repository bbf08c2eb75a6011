"""One source's public page: how it is doing, in words, and never where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.health import Outcome, SourceReport
from aggregator.store import fetches
from tests.web import town
from tests.web.posting import visitor_of


@pytest.fixture
def page(sqlite_store):
    visitor = visitor_of(sqlite_store)
    with sqlite_store.writing() as connection:
        for days, failure in ((1, None), (2, Failure(ErrorClass.STATUS, "500")), (20, None)):
            report = SourceReport("klima-ics", Outcome.REJECTED if failure else Outcome.UPDATED, failure)
            fetches.log(connection, report, town.NOW - timedelta(days=days))
    return lambda path="/sources/klima-ics": visitor.client.get(path)


def test_it_says_how_the_source_is_and_not_where(page):
    text = page().text
    assert "Klimaentscheid" in text
    assert "klima.example.org" in text
    assert "secret-path" not in text
    assert "hunter2" not in text


def test_two_weeks_are_a_row_of_bricks(page):
    text = page().text
    assert (text.count('class="ok"'), text.count('class="bad"')) == (1, 1)
    assert "An 1 von 2 Tagen gelesen." in text


def test_a_source_that_is_not_there_is_404(page):
    assert page("/sources/nirgends").status_code == 404
    assert page("/sources/klima-ics?lang=en").status_code == 200
