"""Sends what waits, one mail after the other; what cannot be sent now waits for a later tick."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aggregator.clock import Clock
from aggregator.mail.composing import compose
from aggregator.mail.returning import token_of
from aggregator.mail.sending import NotSent, connected, send
from aggregator.model.mail import MailServer, QueuedMail
from aggregator.store import digests, limits, mailed, mails, reports
from aggregator.store.database import Store

logger = logging.getLogger(__name__)

WEEKLY = "digest"
KEPT_FOR = timedelta(days=30)
# The yearly question counts from here.
INCIDENTS_KEPT_FOR = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Postbox:
    """Where mails wait, and the server that takes them; without a server they go on waiting."""

    store: Store
    clock: Clock
    server: MailServer | None = None


def send_due(postbox: Postbox) -> int:
    """Try every mail that is due; returns how many left."""
    if postbox.server is None:
        return 0
    with postbox.store.reading() as connection:
        waiting = mails.due(connection, postbox.clock())
    if not waiting:
        return 0
    try:
        with connected(postbox.server) as server:
            return sum(send_one(postbox, server, queued) for queued in waiting)
    except OSError as error:
        # Neither the server's words nor an address: a log is read by more people than a mail.
        logger.warning("mail server unreachable error=%s waiting=%d", type(error).__name__, len(waiting))
        put_off(postbox, waiting, type(error).__name__)
        return 0


def send_one(postbox: Postbox, server: smtplib.SMTP, queued: QueuedMail) -> bool:
    """Hand over one mail, noting so before and after; whether it left."""
    now = postbox.clock()
    with postbox.store.writing() as connection:
        if not mails.claim(connection, queued.id, now):
            return False
    try:
        refusal = send(server, compose(queued, postbox.server.sender if postbox.server else "", now))
    except ValueError as error:
        refusal = NotSent(str(error), for_good=True)
    with postbox.store.writing() as connection:
        if refusal and refusal.is_nobody and queued.mail.purpose == WEEKLY:
            give_up_address(connection, queued, now)
        elif refusal:
            mails.mark_failed(connection, queued, refusal.reason, now, refusal.for_good)
        else:
            mails.mark_sent(connection, queued.id, now)
    logger.info("mail=%d purpose=%s outcome=%s", queued.id, queued.mail.purpose, "failed" if refusal else "sent")
    return refusal is None


def give_up_address(connection: Connection, queued: QueuedMail, now: datetime) -> None:
    """Count a weekly mail that nobody takes, and forget it: nobody can mend somebody else's address."""
    if digests.came_back(connection, token_of(queued.mail.headers)):
        logger.info("mail=%d a weekly mail ends: its address took none for weeks", queued.id)
    mails.mark_sent(connection, queued.id, now)


def put_off(postbox: Postbox, waiting: tuple[QueuedMail, ...], why: str) -> None:
    """Let mails that were not handed over wait for a while."""
    with postbox.store.writing() as connection:
        still = {queued.id for queued in mails.due(connection, postbox.clock())}
        for queued in waiting:
            if queued.id in still:
                mails.mark_failed(connection, queued, why, postbox.clock())


def forget(postbox: Postbox) -> None:
    """Drop what has served: mails long sent, limits that count no more, wishes not confirmed, reports dealt with."""
    now = postbox.clock()
    with postbox.store.writing() as connection:
        mails.forget(connection, now - KEPT_FOR)
        mailed.forget(connection, now - INCIDENTS_KEPT_FOR)
        limits.sweep(connection, now)
        digests.forget_unconfirmed(connection, now)
        reports.forget(connection, now)
