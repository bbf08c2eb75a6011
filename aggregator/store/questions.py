"""The pairs of records that evidence leaves to people, as the last relink found them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, func, select

from aggregator.model.linkage import Decision
from aggregator.store.codec import decode, encode
from aggregator.store.operators_schema import questions
from aggregator.store.rows import in_batches, put_rows


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


def replace_some(connection: Connection, ids: Collection[str], open_ones: Iterable[Decision]) -> None:
    """Keep exactly these of the questions that touch one of the records."""
    wanted = {(one.left, one.right): one for one in open_ones}
    for batch in in_batches(sorted(ids)):
        touching = questions.c.left_id.in_(batch) | questions.c.right_id.in_(batch)
        stored = [(row.left_id, row.right_id) for row in connection.execute(select(questions).where(touching))]
        for left, right in set(stored) - wanted.keys():
            drop(connection, left, right)
    rows = [
        {"left_id": one.left, "right_id": one.right, "score": one.score, "fields": encode(one)}
        for one in wanted.values()
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


def drop(connection: Connection, left: str, right: str) -> None:
    """Ask no more: it was answered. The next relink agrees."""
    pair = (questions.c.left_id == left) & (questions.c.right_id == right)
    turned = (questions.c.left_id == right) & (questions.c.right_id == left)
    connection.execute(delete(questions).where(pair | turned))


def count(connection: Connection) -> int:
    """How many are open."""
    number: int = connection.execute(select(func.count()).select_from(questions)).scalar_one()
    return number
