from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model.operators import Deed, Operator
from aggregator.store import audit, operators

PASSWORD = "vier Störche im Nest"


@pytest.fixture(scope="module")
def hashed():
    return operators.hashed(PASSWORD)


@pytest.fixture
def anna(store, now, hashed):
    found = Operator("anna", "anna@example.org", now, hashed)
    with store.writing() as connection:
        operators.save(connection, found)
    return found


def test_a_password_is_stored_as_scrypt_and_never_shown(anna):
    assert anna.password.startswith("scrypt:32768:8:3$")
    assert PASSWORD not in repr(anna)
    assert anna.password not in repr(anna)


def test_only_the_right_password_of_a_known_operator_is_right(sqlite_store, now, hashed):
    anna = Operator("anna", "", now, hashed)
    assert operators.is_right(anna, PASSWORD)
    assert not operators.is_right(anna, PASSWORD + "!")
    assert not operators.is_right(None, "nobody")


def test_an_operator_is_saved_anew_without_losing_the_day_of_joining(store, anna, now):
    with store.writing() as connection:
        operators.save(connection, replace(anna, email="neu@example.org", created_at=now + timedelta(days=1)))
        assert operators.load_all(connection) == (replace(anna, email="neu@example.org"),)


@pytest.mark.parametrize(
    ("created", "seen", "is_in"),
    [
        pytest.param(timedelta(hours=1), timedelta(minutes=5), True, id="in use"),
        pytest.param(timedelta(hours=5), timedelta(hours=3), False, id="idle for three hours"),
        pytest.param(timedelta(hours=13), timedelta(minutes=1), False, id="in use since yesterday"),
    ],
)
def test_a_session_ends_by_itself(store, anna, now, created, seen, is_in):
    with store.writing() as connection:
        operators.start_session(connection, "anna", "token", now - created)
        operators.touch(connection, "token", now - seen)
        assert (operators.session(connection, "token", now) is not None) == is_in
        operators.forget_sessions(connection, now)
        assert (operators.session(connection, "token", now - seen) is not None) == is_in


def test_a_token_is_void_after_logging_out_and_after_removal(store, anna, now):
    with store.writing() as connection:
        for token in ("one", "two"):
            operators.start_session(connection, "anna", token, now)
        operators.end_session(connection, "one")
        assert operators.session(connection, "one", now) is None
        operators.remove(connection, "anna")
        assert operators.session(connection, "two", now) is None
        assert operators.load(connection, "anna") is None


def test_a_code_is_good_once(store, anna):
    with store.writing() as connection:
        assert operators.use_step(connection, "anna", 100)
        assert not operators.use_step(connection, "anna", 100)
        assert not operators.use_step(connection, "anna", 99)
        assert operators.use_step(connection, "anna", 101)


def test_the_audit_log_tells_the_last_deeds_first(store, now):
    with store.writing() as connection:
        for number in range(3):
            audit.note(connection, Deed(now, "anna", "hide", f"event-{number}", "wrong day"))
        assert [deed.subject for deed in audit.recent(connection, 2)] == ["event-2", "event-1"]
        assert audit.recent(connection, 9, "event-0") == (Deed(now, "anna", "hide", "event-0", "wrong day"),)
        audit.forget(connection, now + timedelta(seconds=1))
        assert audit.recent(connection, 9) == ()
