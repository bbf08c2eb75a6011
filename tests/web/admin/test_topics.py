"""Topics and alliances: what sources.yaml says stands plainly there and wins, all else operators may say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from aggregator.store import alliances, audit, configuration, queries, topic_words
from aggregator.store.configuration import sync
from tests.web import town


def words(store):
    with store.reading() as connection:
        return [(one.written, one.topic) for one in topic_words.load(connection)]


def umbrella_of(store, name):
    with store.reading() as connection:
        return queries.initiatives(connection)[name].umbrella


def test_a_word_is_given_to_a_topic_and_taken_back(anna, town_store):
    anna.post("/admin/topics", "/admin/topics", word="Küfa & Co.", topic="begegnung")
    assert words(town_store) == [("Küfa & Co.", "begegnung")]
    assert anna.jobs() == ["relink"]
    page = anna.get("/admin/topics").text
    [word] = re.findall(r'name="word" value="([^"]+)"><button', page)
    anna.post("/admin/topics/remove", "/admin/topics", word=word)
    assert words(town_store) == []
    with town_store.reading() as connection:
        assert [deed.action for deed in audit.recent(connection, 2)] == ["topic word removed", "topic word"]


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        pytest.param("KULTUR und Musik", "begegnung", id="a word of the file"),
        pytest.param("kultur", "kultur", id="a word of the file, the same topic"),
        pytest.param("Küfa", "gibtesnicht", id="no topic"),
        pytest.param("…", "kultur", id="no word"),
    ],
)
def test_where_the_file_knows_a_word_it_wins(anna, town_store, word, topic):
    answer = anna.post("/admin/topics", "/admin/topics", word=word, topic=topic)
    assert "told=wrong" in answer.location
    assert words(town_store) == []


def test_a_word_that_the_file_names_later_is_said_to_count_no_more(anna, town_store, application):
    with town_store.writing() as connection:
        topic_words.give(connection, "begegnung", "Musik", "anna", town.NOW)
    assert "gilt nicht: sources.yaml nennt das Wort auch" not in anna.get("/admin/topics").text
    fixed = (town.TOPICS[0], replace(town.TOPICS[1], words=("musik",)), town.TOPICS[2])
    assert topic_words.in_force((topic_words.GivenWord("musik", "begegnung", "Musik"),), fixed) == {}


def test_the_file_stands_there_to_be_read(anna):
    page = anna.get("/admin/initiatives").text
    assert page.count("steht in sources.yaml, dort zu ändern") == 2
    assert "aus sources.yaml" in anna.get("/admin/topics").text


def test_an_initiative_of_the_file_without_alliance_is_put_under_one_and_stays(anna, town_store):
    assert anna.post("/admin/initiatives/museum", "/admin/initiatives", umbrella="mosaique").status_code == 303
    assert umbrella_of(town_store, "museum") == "mosaique"
    with town_store.writing() as connection:
        sync(connection, town.settings())
    assert umbrella_of(town_store, "museum") == "mosaique"
    anna.post("/admin/initiatives/museum", "/admin/initiatives", umbrella="")
    with town_store.writing() as connection:
        sync(connection, town.settings())
    assert umbrella_of(town_store, "museum") is None


def test_where_the_file_names_an_alliance_it_wins(anna, town_store):
    assert anna.post("/admin/initiatives/klima", "/admin/initiatives", umbrella="museum").status_code == 404
    assert umbrella_of(town_store, "klima") == "mosaique"
    anna.post("/admin/initiatives/museum", "/admin/initiatives", umbrella="mosaique")
    given = town.settings()
    named = [replace(one, umbrella="klima") if one.id == "museum" else one for one in given.initiatives]
    with town_store.writing() as connection:
        configuration.sync(connection, replace(given, initiatives=tuple(named)))
    assert umbrella_of(town_store, "museum") == "klima"
    assert anna.post("/admin/initiatives/museum", "/admin/initiatives", umbrella="").status_code == 404


def test_an_alliance_takes_in_and_lets_go_an_initiative_of_the_file(town_store):
    with town_store.writing() as connection:
        alliances.ask(connection, "mosaique", "museum", town.NOW)
        alliances.take_in(connection, "mosaique", "museum", town.NOW)
    assert umbrella_of(town_store, "museum") == "mosaique"
    with town_store.writing() as connection:
        alliances.let_go(connection, "mosaique", "museum")
        alliances.let_go(connection, "mosaique", "klima")
    assert umbrella_of(town_store, "museum") is None
    assert umbrella_of(town_store, "klima") == "mosaique"
