"""Topics and the words by which sources name them: those of sources.yaml to read, our own to add and take back."""

from __future__ import annotations

from collections import Counter

from flask import Response, abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.text import key
from aggregator.store import records, topic_words
from aggregator.store.topic_words import LONGEST_WORD, named_in_file
from web.admin.access import me, note
from web.admin.asking import ask_for_relink, back_to
from web.admin.frame import admin_page, admin_scene, say
from web.forms import line
from web.services import current_services

HERE = "/admin/topics"
MOST_WORDS = 60


def topics_page() -> Response:
    """The topics with all their words, and the words that lead to none."""
    services = current_services()
    fixed = named_in_file(services.settings.topics)
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        given = topic_words.load(connection)
        loose = loose_words(connection, {one.word for one in given})
    overruled = {one.word for one in given if one.word in fixed}
    values = {"topics": services.settings.topics, "given": given, "overruled": overruled, "loose": loose}
    return admin_page("admin/topics.html", say("Themen"), 200, scene, **values)


def loose_words(connection: Connection, given: set[str]) -> tuple[tuple[str, int], ...]:
    """The sources' own categories of records without a topic, the most frequent first."""
    told = (one.record for one in records.load(connection) if not one.record.topics)
    counted = Counter(word for record in told for word in record.categories if key(word) not in given)
    return tuple(counted.most_common(MOST_WORDS))


def give() -> AnyResponse:
    """Let one more word mean a topic; where sources.yaml knows the word, it wins."""
    services = current_services()
    written, topic = line(request.form, "word")[:LONGEST_WORD], request.form.get("topic", "")
    known = {one.id for one in services.settings.topics}
    if not key(written) or topic not in known or key(written) in named_in_file(services.settings.topics):
        return back_to(HERE, "wrong")
    with services.store.writing() as connection:
        topic_words.give(connection, topic, written, me().name, services.clock())
        note(connection, "topic word", f"topic:{topic}", written)
        ask_for_relink(connection)
    return back_to(HERE, "saved")


def take_back() -> AnyResponse:
    """Let a word that was given mean nothing again."""
    word = request.form.get("word", "")
    with current_services().store.writing() as connection:
        given = next((one for one in topic_words.load(connection) if one.word == word), None) or abort(404)
        topic_words.remove(connection, given.word)
        note(connection, "topic word removed", f"topic:{given.topic}", given.written)
        ask_for_relink(connection)
    return back_to(HERE, "saved")
