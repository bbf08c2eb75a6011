"""What is asked, and what is remembered of the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.conditional import (
    address_to_ask,
    asks_conditionally,
    body_hash,
    next_state,
    request_headers,
    wants_full,
)
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source("s", "i", "https://old.example/x", language="en")
BODY = Body(b"BEGIN", validators=Validators('"2"'))
BUSY, GONE = Failure(ErrorClass.STATUS, "500"), Failure(ErrorClass.GONE, "410")
TROUBLED = SourceState(
    Validators('"1"'), failures=3, first_failure_at=NOW - DAY, failure=BUSY, gone_answers=2, gone_since=NOW - DAY
)


@pytest.mark.parametrize(
    ("last_full", "is_full"),
    [
        pytest.param(None, True, id="never yet"),
        pytest.param(NOW - 6 * DAY, False, id="six days ago"),
        pytest.param(NOW - 7 * DAY, True, id="seven days ago"),
    ],
)
def test_everything_is_asked_for_once_a_week(last_full, is_full):
    state = SourceState(Validators('"1"'), last_full_at=last_full)
    assert wants_full(state, NOW) is is_full
    assert asks_conditionally(state, NOW) is not is_full
    assert ("If-None-Match" in request_headers(SOURCE, state, FetchSettings(), NOW)) is not is_full


def test_a_name_with_umlauts_cannot_spoil_the_request():
    headers = request_headers(SOURCE, SourceState(), FetchSettings(user_agent="Bündel – x"), NOW)
    assert headers["User-Agent"] == "Bndel  x"
    assert headers["Accept-Language"] == "en, *;q=0.5"


def test_a_good_body_ends_all_trouble():
    after = next_state(TROUBLED, BODY, NOW)
    assert after == SourceState(
        BODY.validators, body_hash(b"BEGIN"), last_attempt_at=NOW, last_success_at=NOW, last_full_at=NOW
    )


def test_nothing_new_ends_all_trouble_and_keeps_the_validators():
    after = next_state(TROUBLED, NotModified(), NOW)
    assert after == SourceState(Validators('"1"'), last_attempt_at=NOW, last_success_at=NOW)


def test_a_failure_is_counted_and_the_last_good_answer_s_validators_stay():
    after = next_state(TROUBLED, FetchFailed(BUSY), NOW)
    assert after == replace(TROUBLED, failures=4, last_attempt_at=NOW)


def test_the_first_failure_is_remembered():
    after = next_state(SourceState(), FetchFailed(GONE), NOW)
    assert (after.first_failure_at, after.gone_answers, after.gone_since) == (NOW, 1, NOW)


def test_every_gone_is_counted_from_the_first():
    after = next_state(TROUBLED, FetchFailed(GONE), NOW)
    assert (after.gone_answers, after.gone_since) == (3, NOW - DAY)


def moved(url: str) -> Body:
    return replace(BODY, permanent_url=url)


def test_a_permanent_redirect_is_adopted_after_a_week_of_the_same_answer():
    state, asked = SourceState(), []
    for day in range(9):
        asked.append(address_to_ask(SOURCE, state, NOW + day * DAY))
        answer = moved("https://new.example/x") if asked[-1] == SOURCE.url else BODY
        state = next_state(state, answer, NOW + day * DAY)
    assert asked == ["https://old.example/x"] * 7 + ["https://new.example/x"] * 2


@pytest.mark.parametrize(
    ("answer", "moved_to"),
    [
        pytest.param(moved("https://new.example/x"), "https://new.example/x", id="the same again"),
        pytest.param(moved("https://third.example/x"), "https://third.example/x", id="elsewhere"),
        pytest.param(BODY, "", id="no redirect any more"),
        pytest.param(NotModified(), "https://new.example/x", id="nothing new"),
        pytest.param(FetchFailed(BUSY), "https://new.example/x", id="a failure"),
    ],
)
def test_another_answer_starts_the_week_anew(answer, moved_to):
    state = SourceState(moved_to="https://new.example/x", moved_since=NOW - DAY)
    after = next_state(state, answer, NOW)
    assert after.moved_to == moved_to
    is_kept = moved_to == "https://new.example/x"
    assert after.moved_since == (NOW - DAY if is_kept else NOW if moved_to else None)


def test_an_adopted_address_that_fails_is_forgotten():
    state = SourceState(moved_to="https://new.example/x", moved_since=NOW - 8 * DAY)
    after = next_state(state, FetchFailed(BUSY), NOW)
    assert address_to_ask(SOURCE, after, NOW) == SOURCE.url


STAMPS = b"DTSTAMP:%b\r\nLAST-MODIFIED;X=1:%b\r\n 00Z\r\n"
CALENDAR = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n" + STAMPS + b"SUMMARY:%b\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        pytest.param(CALENDAR % (b"1", b"1", b"Slam"), CALENDAR % (b"2", b"2", b"Slam"), True, id="only stamps moved"),
        pytest.param(CALENDAR % (b"1", b"1", b"Slam"), CALENDAR % (b"1", b"1", b"Slum"), False, id="another title"),
        pytest.param(b"<lastBuildDate>1</lastBuildDate>x", b"<lastBuildDate>2</lastBuildDate>x", True, id="made anew"),
        pytest.param(b"<p>\nCREATED: 5.12.\n", b"<p>\nCREATED: 6.12.\n", False, id="a mere page"),
        pytest.param(
            b"BEGIN:VCALENDAR\nDESCRIPTION:x\n CREATED:1\n", b"BEGIN:VCALENDAR\nDESCRIPTION:x\n CREATED:2\n", False,
            id="inside a folded text",
        ),
    ],
)  # fmt: skip
def test_stamps_alone_are_no_news(one, other, is_same):
    assert (body_hash(one) == body_hash(other)) is is_same
