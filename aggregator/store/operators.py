"""Those who may log in, their passwords and their sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select, update
from werkzeug.security import check_password_hash, generate_password_hash

from aggregator.model.operators import Operator, OperatorSession
from aggregator.store.operators_schema import operator_sessions, operators
from aggregator.store.rows import add_rows, put_rows

# As strong as OWASP asks for (2^15, 8, 3) in 32 MB, so that a few attempts at once fit on a small machine.
SCRYPT = "scrypt:32768:8:3"
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
IDLE = timedelta(hours=2)
LONGEST_SESSION = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def hashed(password: str) -> str:
    """The password as it is stored: scrypt with a salt of its own."""
    return generate_password_hash(password, method=SCRYPT)


def is_right(operator: Operator | None, password: str) -> bool:
    """Whether that is the operator's password; takes as long when there is no such operator."""
    right = check_password_hash(operator.password if operator else hash_of_nobody(), password[:LONGEST_PASSWORD])
    return right and operator is not None


@cache
def hash_of_nobody() -> str:
    """Compared with when there is no such operator, so that the time taken does not tell."""
    return hashed("nobody")


def save(connection: Connection, operator: Operator) -> None:
    """Add an operator, or replace what is stored of one."""
    row = {
        "name": operator.name,
        "password": operator.password,
        "email": operator.email,
        "second_factor": operator.second_factor,
        "last_step": operator.last_step,
        "created_at": operator.created_at,
    }
    put_rows(connection, operators, [row], keep=("created_at",))


def load(connection: Connection, name: str) -> Operator | None:
    """The operator of that name."""
    row = connection.execute(select(operators).where(operators.c.name == name)).first()
    return operator_of(row) if row else None


def load_all(connection: Connection) -> tuple[Operator, ...]:
    """All operators by name."""
    return tuple(operator_of(row) for row in connection.execute(select(operators).order_by(operators.c.name)))


def remove(connection: Connection, name: str) -> None:
    """Let an operator in no more; what they did stays in the audit log."""
    end_all(connection, name)
    connection.execute(delete(operators).where(operators.c.name == name))


def use_step(connection: Connection, name: str, step: int) -> bool:
    """Use a code's time step; False if it, or a later one, was used before."""
    fresh = (operators.c.name == name, operators.c.last_step < step)
    return bool(connection.execute(update(operators).where(*fresh).values(last_step=step)).rowcount)


def start_session(connection: Connection, operator: str, token: str, now: datetime) -> None:
    """Let the bearer of the token in as that operator."""
    row = {"token_digest": digest(token), "operator": operator, "created_at": now, "seen_at": now}
    add_rows(connection, operator_sessions, [row])


def session(connection: Connection, token: str, now: datetime) -> OperatorSession | None:
    """The session of a token; None if there is none, or it ended, by itself too."""
    here = operator_sessions.c.token_digest == digest(token)
    row = connection.execute(select(operator_sessions).where(here)).first()
    if row is None or now - row.seen_at > IDLE or now - row.created_at > LONGEST_SESSION:
        return None
    return OperatorSession(row.operator, row.created_at, row.seen_at)


def touch(connection: Connection, token: str, now: datetime) -> None:
    """Note that the session is in use."""
    here = operator_sessions.c.token_digest == digest(token)
    connection.execute(update(operator_sessions).where(here).values(seen_at=now))


def end_session(connection: Connection, token: str) -> None:
    """Log out: the token is void from now on."""
    connection.execute(delete(operator_sessions).where(operator_sessions.c.token_digest == digest(token)))


def end_all(connection: Connection, operator: str) -> None:
    """Log the operator out everywhere."""
    connection.execute(delete(operator_sessions).where(operator_sessions.c.operator == operator))


def forget_sessions(connection: Connection, now: datetime) -> None:
    """Drop the sessions that ended by themselves."""
    over = operator_sessions.c.seen_at < now - IDLE
    connection.execute(delete(operator_sessions).where(over | (operator_sessions.c.created_at < now - LONGEST_SESSION)))


def digest(token: str) -> str:
    """What is stored of a token: who reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


def operator_of(row: Any) -> Operator:
    """The operator of one row."""
    return Operator(row.name, row.email, row.created_at, row.password, row.second_factor, row.last_step)
