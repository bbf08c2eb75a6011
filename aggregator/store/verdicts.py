"""What people said of pairs of records; it wins over every rule."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.store.rows import add_rows
from aggregator.store.schema import verdicts


def load(connection: Connection) -> tuple[HumanVerdict, ...]:
    """The verdicts that hold, oldest first, at most one for each pair; `left` sorts before `right`."""
    question = select(verdicts).where(verdicts.c.undone_at.is_(None)).order_by(verdicts.c.id)
    return tuple(
        HumanVerdict(row.left_id, row.right_id, Verdict(row.verdict), row.given_by, row.why)
        for row in connection.execute(question)
    )


def add(connection: Connection, verdict: HumanVerdict, now: datetime) -> None:
    """Note a verdict; an earlier one on the same pair holds no more."""
    undo(connection, verdict.left, verdict.right, now)
    left, right = sorted((verdict.left, verdict.right))
    row = {
        "left_id": left,
        "right_id": right,
        "verdict": verdict.verdict.value,
        "given_by": verdict.by,
        "why": verdict.why,
        "given_at": now,
    }
    add_rows(connection, verdicts, [row])


def undo(connection: Connection, left: str, right: str, now: datetime) -> None:
    """Take back the verdict on a pair, whichever way round; it stays as a trace."""
    left, right = sorted((left, right))
    theirs = (verdicts.c.left_id == left, verdicts.c.right_id == right, verdicts.c.undone_at.is_(None))
    connection.execute(update(verdicts).where(*theirs).values(undone_at=now))
