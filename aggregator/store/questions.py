"""The pairs of records that evidence leaves to people, as the last relink found them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select

from aggregator.model.linkage import Decision
from aggregator.store.codec import decode, encode
from aggregator.store.operators_schema import questions
from aggregator.store.rows import add_rows, put_rows


def replace_all(connection: Connection, open_ones: Iterable[Decision]) -> None:
    """Keep exactly these; writes nothing where nothing differs."""
    wanted = {(one.left, one.right): one for one in open_ones}
    stored = {(row.left_id, row.right_id): row.fields for row in connection.execute(select(questions))}
    for left, right in stored.keys() - wanted.keys():
        drop(connection, left, right)
    rows = [
        {"left_id": one.left, "right_id": one.right, "score": one.score, "fields": encode(one)}
        for pair, one in wanted.items()
        if stored.get(pair) != encode(one)
    ]
    put_rows(connection, questions, rows)


def differ(connection: Connection, open_ones: Iterable[Decision]) -> bool:
    """Whether other questions are open now than are stored."""
    stored = {row.fields for row in connection.execute(select(questions.c.fields))}
    return stored != {encode(one) for one in open_ones}


def load(connection: Connection) -> tuple[Decision, ...]:
    """All open questions, likeliest first."""
    order = (questions.c.score.desc(), questions.c.left_id, questions.c.right_id)
    return tuple(decode(Decision, row.fields) for row in connection.execute(select(questions).order_by(*order)))


def add(connection: Connection, question: Decision) -> None:
    """Ask once more what was asked before an answer was taken back."""
    row = {"left_id": question.left, "right_id": question.right, "score": question.score, "fields": encode(question)}
    drop(connection, question.left, question.right)
    add_rows(connection, questions, [row])


def drop(connection: Connection, left: str, right: str) -> None:
    """Ask no more: it was answered. The next relink agrees."""
    pair = (questions.c.left_id == left) & (questions.c.right_id == right)
    turned = (questions.c.left_id == right) & (questions.c.right_id == left)
    connection.execute(delete(questions).where(pair | turned))


def count(connection: Connection) -> int:
    """How many are open."""
    number: int = connection.execute(select(func.count()).select_from(questions)).scalar_one()
    return number
