"""Words are found by an index where the database has one, and found just so where it has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, text

from aggregator.model.filters import EventFilter
from aggregator.store import events, queries
from aggregator.store.filtering import matched
from aggregator.store.searching import INDEX, IS_INDEXED

WORDS = ("sommer", "fest", "rt", "ü", "märchen", "konzert", "konzerte", "🎺", "fest sommer", "50%", "é", "ssenta")
TITLES = (
    "Sommerfest",
    "Konzert im Großen Saal",
    "Märchen für Kinder",
    "Straßentango",
    "Café é 50 %",
    "A_B",
    "Konzerte 🎺",
    "",
)


@pytest.fixture
def found(town):
    """The ids that a search finds, by the index and without it."""

    def ask(words):
        with town.reading() as connection:
            return list(connection.scalars(matched(EventFilter(text=words)).order_by("id")))

    def both(words):
        known = getattr(town.engine.dialect, IS_INDEXED, False)
        by_index = ask(words)
        setattr(town.engine.dialect, IS_INDEXED, False)
        town.engine.clear_compiled_cache()
        plain = ask(words)
        setattr(town.engine.dialect, IS_INDEXED, known)
        town.engine.clear_compiled_cache()
        assert by_index == plain
        return by_index

    return both


def titled(make_event, *titles):
    return [make_event(f"e{number}", title=title) for number, title in enumerate(titles)]


def test_every_word_is_found_as_without_the_index(publish, make_event, found):
    publish(*titled(make_event, *TITLES))
    assert {words: found(words) for words in WORDS} == {
        "sommer": ["e0"],
        "fest": ["e0"],
        "rt": ["e1", "e6"],
        "ü": ["e2"],
        "märchen": ["e2"],
        "konzert": ["e1", "e6"],
        "konzerte": ["e1", "e6"],
        "🎺": [],
        "fest sommer": ["e0"],
        "50%": ["e4"],
        "é": found("e"),
        "ssenta": ["e3"],
    }


def test_the_index_follows_what_is_written(publish, make_event, found, town):
    publish(*titled(make_event, "Sommerfest", "Winterfest"))
    publish(make_event("e0", title="Herbsttanz"))
    assert [found(words) for words in ("sommer", "herbst", "fest")] == [[], ["e0"], ["e1"]]
    publish(make_event("e0", title="Herbsttanz"), make_event("e2", title="Herbstfest"), removed=("e1",))
    assert [found(words) for words in ("herbst", "fest", "winter")] == [["e0", "e2"], ["e2"], []]
    with town.writing() as connection:
        events.drop_derived(connection)
    assert found("herbst") == []
    publish(make_event("e1", title="Winterfest"))
    assert found("winter") == ["e1"]


def test_a_change_that_is_undone_leaves_the_index_as_it_was(publish, make_event, found, town):
    publish(make_event("e0", title="Sommerfest"))
    with pytest.raises(ZeroDivisionError), town.writing() as connection:
        connection.execute(text("UPDATE events SET search_text = 'herbsttanz'"))
        raise ZeroDivisionError
    assert [found(words) for words in ("sommer", "herbst")] == [["e0"], []]


def test_no_text_is_read_that_cannot_hold_the_word(town, publish, make_event):
    if town.engine.dialect.name == "postgresql":
        # It chooses its plan by how much there is; the index is there to be chosen.
        with town.reading() as connection:
            names = connection.scalars(text("SELECT indexname FROM pg_indexes WHERE tablename = 'events'"))
            assert "ix_events_search_text_groups" in set(names)
        return
    publish(*titled(make_event, *TITLES))
    asked = []
    event.listen(town.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    with town.reading() as connection:
        assert queries.feed_events(connection, EventFilter(text="sommer"))
        statement, values = asked[-1]
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any(f"SCAN {INDEX} VIRTUAL TABLE" in step for step in plan)
    assert not any(step.startswith(("SCAN texts", "SCAN events")) for step in plan)


def test_an_announcer_is_found_by_name(publish, make_event, found):
    one = make_event("e0", title="Treffen", initiatives=("umwelt",))
    publish(one, replace(make_event("e1", title="Kino"), members=()))
    assert found("grüne") == ["e0"]
