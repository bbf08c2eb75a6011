"""Beside a question stands, if asked for, what the public would read after a yes."""

from __future__ import annotations

import re

import pytest

from aggregator.model.jobs import JobKind, MergedFound
from aggregator.store import jobs, queries
from tests.web import town
from tests.web.admin.test_rooms import make_busy


@pytest.fixture
def asked(anna, town_store):
    """An operator who wants to see the first question's pair together; the address that answers."""
    _, (left, right) = make_busy(town_store)
    assert "<kbd>V</kbd>" in anna.get("/admin/review").text
    return anna.post("/admin/review/together", "/admin/review", left=left, right=right, n="0").location


def finish(store, address, event):
    job = re.search(r"job=([0-9a-f]{32})", address)[1]
    with store.writing() as connection:
        assert jobs.claim(connection).kind is JobKind.MERGED
        jobs.finish(connection, job, MergedFound(event), town.NOW)


def test_the_page_waits_for_the_worker_and_then_says_who_tells_what(anna, asked, town_store):
    waiting = anna.get(asked)
    assert waiting.headers["Refresh"] == "1"
    assert "Wird gerade ausgerechnet" in waiting.text
    with town_store.reading() as connection:
        event = queries.published(connection, "podium").event
    finish(town_store, asked, event)
    page = anna.get(asked)
    assert "Refresh" not in page.headers
    assert "Zusammen sähe es so aus" in page.text
    assert "Podium:" in page.text and "Angekündigt von" in page.text


def test_what_makes_no_event_is_not_shown(anna, asked, town_store):
    finish(town_store, asked, None)
    assert "Zusammen sähe es so aus" not in anna.get(asked).text
