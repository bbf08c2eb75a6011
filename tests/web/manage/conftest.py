"""Owners with the links to their consoles."""

from __future__ import annotations

import pytest

from aggregator.model.registrations import Registration, WantedSource
from aggregator.store import (
    jobs,
    owners,
    registered,
)
from tests.web.posting import ORIGIN, TOKEN, visitor_of

CHOIR = Registration("Chor", "chor@example.org", sources=(WantedSource("https://chor.example.org/x.ics", "ics"),))


class Console:
    """An owner with their link."""

    def __init__(self, store, visitor, initiative, email="chor@example.org"):
        self.store, self.visitor, self.initiative = store, visitor, initiative
        with store.writing() as connection:
            self.token = owners.add(connection, initiative, email, "de", visitor.clock.now)

    def get(self, path=""):
        return self.visitor.client.get(f"/manage/{self.token}{path}")

    def post(self, path, **fields):
        """Press a button of the console; any of its pages holds the token."""
        token = TOKEN.search(self.get("/alliance").text)
        data = {"csrf_token": token[1] if token else "", **fields}
        return self.visitor.client.post(f"/manage/{self.token}{path}", data=data, headers={"Origin": ORIGIN})

    def read(self, question, *values):
        with self.store.reading() as connection:
            return question(connection, *values)

    def jobs(self, kind=None):
        with self.store.writing() as connection:
            found = []
            while job := jobs.claim(connection):
                found.append(job)
            return [job for job in found if kind in (None, job.kind)]

    def finish(self, kind, result):
        [job] = self.jobs(kind)
        with self.store.writing() as connection:
            jobs.finish(connection, job.id, result, self.visitor.clock.now)
        return job.id


@pytest.fixture
def visitor(sqlite_store):
    return visitor_of(sqlite_store)


@pytest.fixture
def choir(sqlite_store, visitor):
    """The console of a registered choir with one calendar."""
    with sqlite_store.writing() as connection:
        registered.add(connection, CHOIR)
    return Console(sqlite_store, visitor, "chor")


@pytest.fixture
def klima(sqlite_store, visitor):
    """The console of an initiative of sources.yaml that has events."""
    return Console(sqlite_store, visitor, "klima", "klima@example.org")
