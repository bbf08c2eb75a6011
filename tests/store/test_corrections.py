from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from aggregator.model.corrections import Correction, stated
from aggregator.model.linkage import Decision, Verdict
from aggregator.store import corrections, feed_counts, held, questions, texts


def test_a_later_correction_of_the_same_field_holds(store, now):
    first = Correction("abc", "title", "Konzert", "anna", now, stated="KONZERT")
    second = replace(first, value="Adventskonzert", at=now + timedelta(hours=1))
    with store.writing() as connection:
        for one in (first, second, replace(first, field="url", value="https://example.org")):
            corrections.add(connection, one)
        assert corrections.of_event(connection, "abc")[0] == second
        assert len(corrections.load(connection)) == 2


def test_a_correction_is_taken_back_once(store, now):
    with store.writing() as connection:
        corrections.add(connection, Correction("abc", "title", "Konzert", "anna", now))
        assert corrections.undo(connection, "abc", "title", now)
        assert not corrections.undo(connection, "abc", "title", now)
        assert corrections.load(connection) == ()


def test_questions_are_those_of_the_last_relink_whichever_way_round_they_are_answered(store):
    one, two = (Decision("a", right, Verdict.REVIEW, score=score) for right, score in (("b", 1.0), ("c", 2.0)))
    with store.writing() as connection:
        questions.replace_all(connection, (one, two))
        assert not questions.differ(connection, (two, one))
        assert questions.load(connection) == (two, one)
        questions.drop(connection, "c", "a")
        assert questions.load(connection) == (one,)
        questions.replace_all(connection, (two,))
        assert questions.load(connection) == (two,)
        assert questions.count(connection) == 1


def test_a_verdict_on_a_held_answer_outlives_the_next_look_and_ends_with_it(store, now):
    with store.writing() as connection:
        held.note(connection, "kino", ("a", "b"), now)
        held.judge(connection, "kino", held.KEEP, "anna")
        held.note(connection, "kino", ("a",), now + timedelta(hours=1))
        assert held.load(connection) == (held.HeldAnswer("kino", ("a",), held.KEEP, "anna", now),)
        held.forget(connection, "kino")
        assert held.of_source(connection, "kino") is None


def test_feeds_are_counted_by_day(store):
    with store.writing() as connection:
        feed_counts.add(connection, date(2026, 11, 22), {"ics": 2})
        feed_counts.add(connection, date(2026, 11, 22), {"ics": 3, "rss": 1})
        feed_counts.add(connection, date(2026, 11, 1), {"ics": 9})
        assert feed_counts.since(connection, date(2026, 11, 20)) == {"ics": 5, "rss": 1}
        feed_counts.forget(connection, date(2026, 11, 20))
        assert feed_counts.since(connection, date(2026, 1, 1)) == {"ics": 5, "rss": 1}


def test_an_emptied_text_brings_the_draft_back(store, now):
    with store.writing() as connection:
        texts.save(connection, ("imprint", "de"), "Verein e. V.", "anna", now)
        assert texts.load(connection, "imprint", "de") == "Verein e. V."
        assert texts.load(connection, "imprint", "en") is None
        texts.save(connection, ("imprint", "de"), "", "anna", now)
        assert texts.load(connection, "imprint", "de") is None


def test_a_record_states_its_fields_in_the_form_of_corrections(make_record):
    record = make_record("a", title="Treffen", link="https://example.org/a", topics=("klima", "kultur"))
    found = {field: stated(record, field) for field in ("title", "start", "end", "topics", "free", "place_point")}
    assert found == {
        "title": "Treffen",
        "start": "2026-12-05T18:30",
        "end": "",
        "topics": "klima,kultur",
        "free": "",
        "place_point": "",
    }
