"""A person is asked, answers, and takes the answer back; it survives everything the feeds do."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Keyboard

# Every line here is a process of its own.
pytestmark = pytest.mark.prove

ENTRY = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{}\nSUMMARY:Sternenlicht\nDTSTART:{}\n{}END:VEVENT\nEND:VCALENDAR\n"


def announced(keyboard: Keyboard, hour: str, place: str) -> list[str]:
    """The choir announces an evening at five, the paper at `hour` and `place`; the ids of both records."""
    for source, told in (
        ("chor", ("1@chor", "20261213T160000Z", "LOCATION:Teehaus\n")),
        ("zeitung", ("1@z", hour, place)),
    ):
        (keyboard.folder / f"{source}.ics").write_text(ENTRY.format(*told), "utf-8")
    keyboard.type("refresh")
    return [line["id"] for line in keyboard.lines("records", "--json")]


def doubtful(keyboard: Keyboard) -> list[str]:
    """The paper tells another hour and no place: evidence does not suffice."""
    return announced(keyboard, "20261213T170000Z", "")


def events_of(keyboard: Keyboard, records: list[str]) -> set[str]:
    return {line["event"] for line in keyboard.lines("records", "--json") if line["id"] in records}


def test_review_asks_and_a_verdict_answers(keyboard: Keyboard) -> None:
    pair = doubtful(keyboard)
    assert len(events_of(keyboard, pair)) == 2
    assert pair[0] in keyboard.type("review").stdout
    assert keyboard.type("verdict", "same", *pair, "--by", "Ada", "--why", "gleiches Plakat").returncode == 0
    assert len(events_of(keyboard, pair)) == 1
    assert pair[0] not in keyboard.type("review").stdout


def test_an_answer_survives_the_next_reading_and_can_be_taken_back(keyboard: Keyboard) -> None:
    pair = doubtful(keyboard)
    keyboard.type("verdict", "same", *pair, "--by", "Ada")
    keyboard.type("replay")
    assert len(events_of(keyboard, pair)) == 1
    assert "a person said so" in keyboard.type("explain", *pair).stdout
    keyboard.type("undo", *pair)
    assert len(events_of(keyboard, pair)) == 2


def test_different_parts_what_evidence_joined(keyboard: Keyboard) -> None:
    pair = announced(keyboard, "20261213T160000Z", "LOCATION:Teehaus\n")
    assert len(events_of(keyboard, pair)) == 1
    keyboard.type("verdict", "different", *pair, "--by", "Ada")
    assert len(events_of(keyboard, pair)) == 2


def test_explain_tells_the_evidence_in_words(keyboard: Keyboard) -> None:
    answer = keyboard.type("explain", *doubtful(keyboard)).stdout
    assert "Perhaps the same event" in answer
    assert "they begin within an hour" in answer
    assert "in all (merged from +0.5, asked from -2.0)" in answer


def test_mistakes_are_one_sentence(keyboard: Keyboard) -> None:
    pair = doubtful(keyboard)
    assert "Nobody has said anything" in keyboard.type("undo", *pair).stderr
    assert "name two" in keyboard.type("verdict", "same", pair[0], pair[0], "--by", "Ada").stderr


def test_a_word_against_an_earlier_word_says_so(keyboard: Keyboard) -> None:
    pair = doubtful(keyboard)
    assert "Say who" in keyboard.type("verdict", "same", *pair, "--by", " ").stderr
    keyboard.type("verdict", "different", *pair, "--by", "Ada", "--why", "zwei Abende")
    assert "Said by Ada: zwei Abende" in keyboard.type("explain", *pair).stdout
    answer = keyboard.type("verdict", "same", *pair, "--by", "Bert").stdout
    assert "are one event. " in answer
    assert "shown apart" not in answer
