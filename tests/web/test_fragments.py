"""Pieces of pages: kept while their events stay as they are, and never older than the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from aggregator.clock import fixed_clock
from aggregator.model.publishing import EventChanges
from aggregator.model.times import Window
from aggregator.store import events
from aggregator.store.database import Store
from tests.web import town
from tests.web.test_costs import calls_of, statements_of
from web.application import create_app
from web.derived import Derived
from web.fragments import OVERHEAD, Fragment, Fragments
from web.services import EXTENSION

MONTH = "/month/2026-12"


def fragment(text: str, *names: str) -> Fragment:
    return Fragment(Markup(text), frozenset(names))


def kept(*pieces: tuple[str, Fragment], most_bytes: int = 100_000) -> Fragments:
    found = Fragments(most_bytes)
    found.bring_forward(1, None)
    for key, one in pieces:
        found.put(1, key, one)
    return found


def test_a_piece_stays_while_its_events_do() -> None:
    found = kept(("a", fragment("a", "e1", "e2")), ("b", fragment("b", "e3")))
    found.bring_forward(2, {"e2", "e9"})
    assert (found.get(2, "a"), found.get(2, "b")) == (None, "b")
    assert found.kept.size == OVERHEAD + 1
    found.bring_forward(3, None)
    assert (found.get(3, "b"), found.kept.size) == (None, 0)


def test_a_page_of_another_generation_neither_gets_nor_leaves_pieces() -> None:
    found = kept(("a", fragment("new", "e1")))
    found.put(0, "a", fragment("old", "e1"))
    assert (found.get(0, "a"), found.get(1, "a"), found.get(2, "a")) == (None, "new", None)


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    found = kept(*((key, fragment("x" * 10)) for key in "abc"), most_bytes=3 * (OVERHEAD + 10))
    found.get(1, "a")
    found.put(1, "d", fragment("x" * 10))
    assert [found.get(1, key) is not None for key in "abcd"] == [True, False, True, True]
    found.put(1, "d", fragment("x" * 8))
    assert found.kept.size == 3 * OVERHEAD + 28


# --- in pages -----------------------------------------------------------------------------------------


@pytest.fixture
def app(store: Store) -> Flask:
    found = town.settings()
    town.publish(store, found)
    return fresh(store)


def fresh(store: Store) -> Flask:
    return create_app(store, town.settings(), fixed_clock(town.NOW))


def write(store: Store, *changed: Any, removed: tuple[str, ...] = ()) -> None:
    made = town.changes(changed, town.settings())
    with store.writing() as connection:
        events.write(connection, EventChanges(made.identities, made.events, removed), town.ZONE)


def in_december(number: int) -> Any:
    shown = [one for one in town.EVENTS if any(each.start.wall.month == 12 for each in one.event.occurrences)]
    return shown[number]


PATHS = (MONTH, f"{MONTH}?topic=kultur", f"{MONTH}?lang=en", "/month/2026-11", "/", "/week/2026-W49", "/today")


def test_pages_after_changes_are_those_of_a_process_that_knows_nothing_of_before(store: Store, app: Flask) -> None:
    client = app.test_client()

    def pages(asked: FlaskClient) -> list[bytes]:
        return [asked.get(path).data for path in PATHS]

    before = pages(client)
    one, other = in_december(0), in_december(1)
    write(store, replace(one, event=replace(one.event, title="Ganz anders", topics=("kultur",))))
    first = pages(client)
    assert first == pages(fresh(store).test_client())
    assert b"Ganz anders" in first[0] and first != before
    write(store, town.event("neu", "Ganz neu", "2026-12-03T19:00"), removed=(other.identity.id,))
    second = pages(client)
    assert second == pages(fresh(store).test_client())
    assert b"Ganz neu" in second[0]
    with store.writing() as connection:
        events.drop_derived(connection)
    assert pages(client) == pages(fresh(store).test_client())


def test_a_page_that_was_drawn_is_put_together_from_its_pieces(store: Store, app: Flask) -> None:
    client = app.test_client()
    app.extensions[EXTENSION].kept.replies.most_bytes = 0
    door: Any = app.wsgi_app
    app.wsgi_app = door.app  # type: ignore[method-assign]
    first = calls_of(lambda: client.get(MONTH))
    asked = statements_of(store, client, MONTH)
    # The generation, and nothing of any event; 4 700 calls today beside 26 000 the first time.
    assert len(asked) <= 3, asked
    assert calls_of(lambda: client.get(MONTH)) * 4 <= first


def test_after_a_change_only_the_weeks_with_it_are_drawn(store: Store, app: Flask) -> None:
    client, generations = app.test_client(), app.extensions[EXTENSION].generations
    client.get(MONTH)
    before, pieces = generations.derived, dict(generations.derived.fragments.kept.things)
    one = in_december(0)
    write(store, replace(one, event=replace(one.event, title="Ganz anders")))
    client.get(MONTH)
    changed = {key for key, piece in pieces.items() if one.identity.id in piece.events}
    after = generations.derived
    assert {key for key, piece in after.fragments.kept.things.items() if piece is not pieces.get(key)} == changed
    assert 0 < len(changed) < len(pieces)
    assert (after.generation, after.taken.keys()) == (before.generation + 1, before.taken.keys())


def test_censuses_of_before_count_among_what_is_kept(store: Store, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Window(date(2026, 12, 1), date(2027, 1, 1)), Window(date(2026, 11, 1), date(2026, 12, 1))
    with store.reading() as connection:
        known = Derived(1)
        known.census(first, connection)
        following = known.followed_by(2, frozenset())
        assert following.earlier.keys() == {first}
        monkeypatch.setattr("web.derived.MOST_OCCURRENCES", 0)
        following.census(second, connection)
    assert (set(following.earlier), set(following.taken)) == (set(), {second})
