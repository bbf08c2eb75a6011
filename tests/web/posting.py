"""A visitor who fills in our forms, as a browser would send them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from aggregator.config.environment import read_environment
from aggregator.model.settings import Settings
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

ORIGIN = "https://kalender.example.org"
KEY = {"SECRET_KEY": "0123456789abcdef0123456789abcdef"}
MAIL = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "MAIL_FROM": "kalender@example.org"}
FEW = ("podium", "repair", "party", "ausstellung", "ringvorlesung")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = town.NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


class Visitor:
    """Opens a form, takes ten seconds, and sends it."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        self.client: FlaskClient = app.test_client()

    def send(self, path: str, origin: str = ORIGIN, speaks: str = "de", **fields: object) -> TestResponse:
        """The answer to the filled-in form of that path."""
        headers = {"Accept-Language": speaks}
        shown = TOKEN.search(self.client.get(path, headers=headers).text)
        self.clock.wait(seconds=10)
        token = {"csrf_token": shown[1]} if shown else {}
        return self.client.post(path, data={**token, **fields}, headers={**headers, "Origin": origin})


def visitor_of(store: Store, settings: Settings | None = None, can_mail: bool = True) -> Visitor:
    """Somebody who visits the calendar of a town with few events."""
    found, clock = settings or town.settings(), Clock()
    town.publish(store, found, tuple(one for one in town.EVENTS if one.identity.id in FEW))
    environment = read_environment({**KEY, **(MAIL if can_mail else {})})
    return Visitor(create_app(store, found, clock, environment), clock)
