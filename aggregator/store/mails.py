"""The mails that wait to be sent, and that some were: a mail that is sent keeps neither address nor text.

What waits is sealed, since its links open consoles. Under another key nobody can read it, nor send it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, insert, or_, select, update

from aggregator.model.mail import Mail, QueuedMail
from aggregator.model.secrets import SEALED_SCHEME
from aggregator.store.codec import decode, encode
from aggregator.store.post_schema import mails
from aggregator.store.rows import delete_rows
from aggregator.store.sealing import opened, sealed_text

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
TRIED_FOR = timedelta(days=5)
# If the program was cut off while handing a mail over, nobody knows whether it left.
UNCERTAIN_FOR = timedelta(hours=1)
# Of these one too few is better than one too many.
NEVER_TWICE = ("digest",)


def queue(connection: Connection, mail: Mail, now: datetime) -> int:
    """Let the mail be sent; returns its number. Without a mail server it waits, and the operator sees it."""
    sealed = sealed_text(connection, encode(mail))
    row = {"fields": sealed, "purpose": mail.purpose, "recipient": mail.to, "queued_at": now, "next_at": now}
    statement = insert(mails).values(**row, attempts=0, error="").returning(mails.c.id)
    number: int = connection.execute(statement).scalar_one()
    return number


def unsent(connection: Connection) -> tuple[QueuedMail, ...]:
    """All that have not left, oldest first; among them those that were given up."""
    return queued(connection, mails.c.sent_at.is_(None))


def due(connection: Connection, now: datetime, most: int = 50) -> tuple[QueuedMail, ...]:
    """Those to try now, oldest first."""
    waiting = and_(mails.c.sent_at.is_(None), mails.c.given_up_at.is_(None), mails.c.next_at <= now)
    undecided = and_(mails.c.handed_at < now - UNCERTAIN_FOR, mails.c.purpose.not_in(NEVER_TWICE))
    found = queued(connection, waiting, or_(mails.c.handed_at.is_(None), undecided), most=most)
    return tuple(one for one in found if one.mail.text)


def queued(connection: Connection, *conditions: ColumnElement[bool], most: int | None = None) -> tuple[QueuedMail, ...]:
    """The mails for which the conditions hold."""
    question: Select[Any] = select(mails).where(*conditions).order_by(mails.c.id).limit(most)
    return tuple(queued_mail(connection, row) for row in connection.execute(question))


def queued_mail(connection: Connection, row: Any) -> QueuedMail:
    """The mail of one row; without words if it was sealed with another key."""
    fields = opened(connection, row.fields)
    is_lost = fields.startswith(SEALED_SCHEME)
    mail = Mail(row.recipient, "", "", row.purpose) if is_lost else decode(Mail, fields)
    return QueuedMail(row.id, mail, row.queued_at, row.attempts, row.error, row.given_up_at)


def claim(connection: Connection, mail_id: int, now: datetime) -> bool:
    """Note, before the server is told, that it will be; False if another process is about to, or did."""
    is_free = or_(mails.c.handed_at.is_(None), mails.c.handed_at < now - UNCERTAIN_FOR)
    here = (mails.c.id == mail_id, mails.c.sent_at.is_(None), is_free)
    return connection.execute(update(mails).where(*here).values(handed_at=now)).rowcount == 1


def mark_sent(connection: Connection, mail_id: int, now: datetime) -> None:
    """It left: what remains is that there was one, and when."""
    emptied = {"fields": "", "recipient": "", "error": ""}
    connection.execute(update(mails).where(mails.c.id == mail_id).values(sent_at=now, **emptied))


def mark_failed(connection: Connection, queued: QueuedMail, why: str, now: datetime, for_good: bool = False) -> None:
    """It did not leave; try again later, after ever longer pauses, unless the server's word was final."""
    pause = min(FIRST_PAUSE * 2 ** min(queued.attempts, 20), LONGEST_PAUSE)
    is_over = for_good or now - queued.queued_at > TRIED_FOR
    changes = {"error": why, "attempts": queued.attempts + 1, "next_at": now + pause, "handed_at": None}
    given_up_at = now if is_over else None
    connection.execute(update(mails).where(mails.c.id == queued.id).values(**changes, given_up_at=given_up_at))


def try_again(connection: Connection, mail_id: int, now: datetime) -> bool:
    """Begin anew with a mail that was given up or waits long; False if there is none."""
    anew = {"queued_at": now, "next_at": now, "attempts": 0, "error": "", "given_up_at": None, "handed_at": None}
    theirs = (mails.c.id == mail_id, mails.c.sent_at.is_(None))
    return bool(connection.execute(update(mails).where(*theirs).values(**anew)).rowcount)


def withdraw(connection: Connection, recipient: str, purpose: str, holding: str) -> None:
    """Drop what waits for somebody who does not want it any more: the unsent mails of a purpose that hold a word."""
    theirs = (mails.c.recipient == recipient, mails.c.purpose == purpose, mails.c.sent_at.is_(None))
    waiting = queued(connection, *theirs)
    delete_rows(connection, mails.c.id, [one.id for one in waiting if holding in encode(one.mail)])


def forget(connection: Connection, before: datetime) -> None:
    """Drop what was sent or given up before that moment."""
    connection.execute(delete(mails).where(or_(mails.c.sent_at < before, mails.c.given_up_at < before)))
