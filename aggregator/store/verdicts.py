"""What people said of pairs of records; it wins over every rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from aggregator.model.linkage import HumanVerdict, Relation, Verdict
from aggregator.store import matching
from aggregator.store.rows import add_rows
from aggregator.store.schema import verdicts

# What a person may say, as it is stored.
ANSWERS = {
    "match": (Verdict.MATCH, Relation.SAME),
    "no_match": (Verdict.NO_MATCH, Relation.SAME),
    "review": (Verdict.REVIEW, Relation.SAME),
    "instance_of": (Verdict.MATCH, Relation.INSTANCE_OF),
    "part_of": (Verdict.NO_MATCH, Relation.PART_OF),
}
STORED = {answer: name for name, answer in ANSWERS.items()}


def load(connection: Connection) -> tuple[HumanVerdict, ...]:
    """The verdicts that hold, oldest first, at most one for each pair; `left` sorts before `right`."""
    question = select(verdicts).where(verdicts.c.undone_at.is_(None)).order_by(verdicts.c.id)
    return tuple(verdict_of(row) for row in connection.execute(question))


def add(connection: Connection, verdict: HumanVerdict, now: datetime) -> None:
    """Note a verdict; an earlier one on the same pair holds no more."""
    undo(connection, verdict.left, verdict.right, now)
    left, right = sorted((verdict.left, verdict.right))
    row = {
        "left_id": left,
        "right_id": right,
        "verdict": STORED[verdict.verdict, verdict.relation],
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
    matching.touch(connection, (left, right))


def latest_of(connection: Connection, by: str) -> HumanVerdict | None:
    """The last verdict of a person that still holds."""
    theirs = (verdicts.c.given_by == by, verdicts.c.undone_at.is_(None))
    row = connection.execute(select(verdicts).where(*theirs).order_by(verdicts.c.id.desc()).limit(1)).first()
    return verdict_of(row) if row else None


def verdict_of(row: Any) -> HumanVerdict:
    """The verdict of one row."""
    said, relation = ANSWERS[row.verdict]
    return HumanVerdict(row.left_id, row.right_id, said, row.given_by, row.why, relation)
