"""Work asked for by pages and done by the worker beside the scheduler; what was pasted and found is sealed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from aggregator.model.jobs import Job, JobKind, JobState
from aggregator.store.codec import encode
from aggregator.store.registration_schema import jobs
from aggregator.store.rows import add_rows
from aggregator.store.sealing import opened, sealed_text

MOST_WAITING = 50
"""More than these are refused by the pages: the worker does one after the other."""


def enqueue(connection: Connection, kind: JobKind, wish: object, now: datetime, priority: int = 0) -> str:
    """Ask for work; returns its id, which nobody can guess (128 bits). The higher priority goes first."""
    job_id = secrets.token_hex(16)
    row = {
        "id": job_id,
        "kind": kind.value,
        "payload": sealed_text(connection, encode(wish)),
        "state": JobState.WAITING.value,
        "result": "",
        "created_at": now,
        "finished_at": None,
        "priority": priority,
    }
    add_rows(connection, jobs, [row])
    return job_id


def claim(connection: Connection) -> Job | None:
    """The next job, now running; None if there is nothing to do."""
    waiting = jobs.c.state == JobState.WAITING.value
    order = (jobs.c.priority.desc(), jobs.c.created_at, jobs.c.id)
    row = connection.execute(select(jobs).where(waiting).order_by(*order).limit(1)).first()
    if row is None:
        return None
    mine = update(jobs).where(jobs.c.id == row.id, waiting).values(state=JobState.RUNNING.value)
    return job_of(connection, row) if connection.execute(mine).rowcount else None


def finish(connection: Connection, job_id: str, result: object | None, now: datetime) -> None:
    """Note what came of a job; None when it failed by a mistake of ours. The wish is forgotten: it may be a secret."""
    state = JobState.FAILED if result is None else JobState.DONE
    told = sealed_text(connection, encode(result)) if result else ""
    values = {"state": state.value, "payload": "", "result": told, "finished_at": now}
    connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def load(connection: Connection, job_id: str) -> Job | None:
    """The job of that id, None if there is none (any more)."""
    row = connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
    return job_of(connection, row) if row else None


def waiting(connection: Connection) -> int:
    """How many jobs are not begun."""
    question = select(func.count()).where(jobs.c.state == JobState.WAITING.value)
    return connection.execute(question).scalar_one()


def resume(connection: Connection) -> None:
    """After a restart: what was begun and not finished waits again."""
    running = jobs.c.state == JobState.RUNNING.value
    connection.execute(update(jobs).where(running).values(state=JobState.WAITING.value))


def forget(connection: Connection, before: datetime) -> None:
    """Drop what was asked for before that moment."""
    connection.execute(delete(jobs).where(jobs.c.created_at < before))


def job_of(connection: Connection, row: Any) -> Job:
    """The job of one row."""
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        state=JobState(row.state),
        created_at=row.created_at,
        payload=opened(connection, row.payload),
        result=opened(connection, row.result),
        finished_at=row.finished_at,
    )
