"""Owners hear of their source, in their language, once; nobody else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model.fetching import SourceState
from aggregator.pipeline.telling import tell_owners
from aggregator.store import mails, owners, sources
from tests.web import town

SETTINGS = replace(town.settings(), contacts={"museum": "haus@museum.example.org", "klima": "k@example.org"})


@pytest.fixture
def tell(sqlite_store):
    """What is queued so many days later."""
    town.publish(sqlite_store, SETTINGS)

    def later(days=0.0):
        tell_owners(sqlite_store, SETTINGS, town.NOW + timedelta(days=days))
        with sqlite_store.reading() as connection:
            return [queued.mail for queued in mails.unsent(connection)]

    return later


def test_the_owner_of_a_broken_source_is_told_once_with_its_page(tell):
    [mail] = tell()
    assert mail.to == "haus@museum.example.org"
    assert mail.subject.startswith("Euer Kalender ist seit Samstag, 21. November nicht zu lesen")
    assert "https://kalender.example.org/sources/museum-ics" in mail.text
    assert "secret-path" not in mail.text and "hunter2" not in mail.text
    assert len(tell(1)) == len(tell(30)) == 1


def test_and_again_when_it_works(tell, sqlite_store):
    tell()
    with sqlite_store.writing() as connection:
        sources.save_state(connection, "museum-ics", SourceState(last_success_at=town.NOW + timedelta(days=1)))
    assert [mail.purpose for mail in tell(1)] == ["broken", "healed"]
    assert len(tell(2)) == 2


def test_who_registered_is_told_in_their_language_and_asked_once_a_year(tell, sqlite_store):
    with sqlite_store.writing() as connection:
        owners.add(connection, "freiraum", "board@example.org", "en", town.NOW)
    held = [mail for mail in tell() if mail.to == "board@example.org"]
    assert [(mail.purpose, "Many events are suddenly missing" in mail.text) for mail in held] == [("held", True)]
    later = [mail.purpose for mail in tell(370) if mail.to == "board@example.org"]
    assert later == ["held", "yearly"]


def test_a_source_whose_owner_nobody_knows_stays_the_operators_matter(tell):
    assert {mail.to for mail in tell()} == {"haus@museum.example.org"}
