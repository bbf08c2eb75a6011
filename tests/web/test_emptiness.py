"""An empty page says why, and offers the next step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.clock import fixed_clock
from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import SourceState
from aggregator.store import configuration, sources
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

DOWN = SourceState(failure=Failure(ErrorClass.DNS, "example.org"), first_failure_at=town.NOW)
READ = SourceState(last_success_at=town.NOW)


def page_of(store: Store, path: str = "/") -> str:
    return create_app(store, town.settings(), fixed_clock(town.NOW)).test_client().get(path).text


def test_without_any_source_it_says_who_can_enter_one(store: Store) -> None:
    assert "Noch ist keine Quelle eingetragen." in page_of(store)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        pytest.param(DOWN, "Keine Quelle war erreichbar. Wir versuchen es weiter.", id="all fail"),
        pytest.param(SourceState(), "Die Quellen wurden noch nicht gelesen.", id="not read yet"),
        pytest.param(READ, "Die Quellen enthalten zurzeit keine Termine.", id="read and empty"),
    ],
)
def test_sources_without_events_say_why_and_lead_to_their_state(
    sqlite_store: Store, state: SourceState, sentence: str
) -> None:
    with sqlite_store.writing() as connection:
        configuration.sync(connection, town.settings())
        for source in town.settings().sources:
            sources.save_state(connection, source.id, state)
    page = page_of(sqlite_store)
    assert sentence in page
    assert '<a href="/sources"><span>Zustand der Quellen ansehen</span>' in page


@pytest.mark.parametrize(
    ("path", "offer"),
    [
        pytest.param("/?topic=kultur&place=utopia", "Ohne „Kultur und Musik“", id="drop the topic"),
        pytest.param("/?topic=kultur&place=utopia", "Ohne „utopia“", id="drop the place"),
        pytest.param("/?q=quatsch", "Alles in den nächsten Tagen", id="everything"),
        pytest.param("/?from=2026-12-02&to=2026-12-03", "Tag mit Terminen: Samstag, 5. Dezember 2026", id="later"),
        pytest.param("/month/2026-12?topic=klima-umwelt", "Zu dieser Auswahl ist nichts eingetragen.", id="month"),
    ],
)
def test_a_filter_that_leaves_nothing_offers_wider_ones(sqlite_store: Store, path: str, offer: str) -> None:
    with_plain_calendar = tuple(one for one in town.EVENTS if one.identity.id not in ("ausstellung", "naehcafe"))
    town.publish(sqlite_store, town.settings(), with_plain_calendar)
    assert offer in page_of(sqlite_store, path)


def test_only_over_today_says_that_nothing_more_comes(sqlite_store: Store) -> None:
    over = next(one for one in town.EVENTS if one.identity.id == "rueckblick")
    town.publish(sqlite_store, town.settings(), (replace(over),))
    assert "Heute kommt nichts mehr." in page_of(sqlite_store)
