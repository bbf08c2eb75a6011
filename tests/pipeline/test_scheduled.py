"""What the scheduler does beside the ticks: no step stops another, and what was promised is forgotten hourly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.model.digests import Digest
from aggregator.model.jobs import JobKind, PreviewWish
from aggregator.model.mail import Mail
from aggregator.pipeline import scheduler
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.refresh import Round
from aggregator.store import digests, jobs, mails
from tests.letterbox import open_letterbox
from tests.web import town


@pytest.fixture
def at_work(sqlite_store):
    """The round and postbox of a scheduler at a moment."""

    def make(hours=0.0, server=None):
        now = town.NOW + timedelta(hours=hours)
        settings = town.settings()
        return Round(sqlite_store, settings, lambda: now, lambda: 0.0), Postbox(sqlite_store, lambda: now, server)

    return make


def test_what_is_due_leaves_though_another_step_fails(at_work, sqlite_store, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("no owners today")

    monkeypatch.setattr(scheduler, "tell_owners", broken)
    with sqlite_store.writing() as connection:
        mails.queue(connection, Mail("anna@example.org", "x", "y", "test"), town.NOW)
    with open_letterbox() as letterbox:
        scheduler.deliver(*at_work(server=letterbox.server))
        assert len(letterbox.to("anna@example.org")) == 1
    assert "telling owners failed" in caplog.text


def test_what_nobody_confirmed_and_what_was_pasted_is_forgotten(at_work, sqlite_store):
    with sqlite_store.writing() as connection:
        wish = digests.ask(connection, Digest("", "anna@example.org", "", "Alles", "de", town.NOW))
        pasted = jobs.enqueue(connection, JobKind.PREVIEW, PreviewWish("https://chor.example.org"), town.NOW, 1)
    scheduler.tidy(at_work(hours=49)[1])
    with sqlite_store.reading() as connection:
        assert digests.by_token(connection, wish.token) is None
        assert jobs.load(connection, pasted) is None
