"""Mails and a server that takes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from aggregator.model.mail import Mail
from aggregator.pipeline.postbox import Postbox
from aggregator.store import mails
from tests.letterbox import Letterbox, open_letterbox

NOW = datetime(2026, 11, 24, 12, 53, tzinfo=UTC)


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with open_letterbox() as found:
        yield found


@pytest.fixture
def post(sqlite_store, letterbox):
    """A postbox at a moment, with the mails queued in it."""

    def make(*queued: Mail, now: datetime = NOW) -> Postbox:
        with sqlite_store.writing() as connection:
            for mail in queued:
                mails.queue(connection, mail, NOW)
        return Postbox(sqlite_store, lambda: now, letterbox.server)

    return make


@pytest.fixture
def waiting(sqlite_store):
    """The mails that have not left."""

    def found():
        with sqlite_store.reading() as connection:
            return mails.unsent(connection)

    return found
