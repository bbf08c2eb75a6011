"""An answer that was given before is given again without Flask, and nobody can tell the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client
from werkzeug.wrappers import Response

from aggregator.clock import fixed_clock
from aggregator.errors import StoreError
from aggregator.store.database import Store
from tests.web import town
from tests.web.addresses import addresses
from web.answering import LASTS, Lasting, Rhythm
from web.application import create_app
from web.doorkeeper import OVERHEAD, Doorkeeper, Surroundings

ENCODINGS = ("", "gzip", "gzip;q=0", "br, gzip;q=0.5", "*", "identity, *;q=0", "x")
LANGUAGES = ("", "en", "de-DE,en;q=0.5", "fr", "en;q=0,de")
TAGS = ("", "*", '"x"', 'W/"x", {}', "{}", "nonsense")
ODD = ({}, {"Range": "bytes=0-9"}, {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}, {"If-Match": '"x"'})


def told(answer: Response) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers.to_wsgi_list()), answer.data


@given(data=st.data())
def test_the_answer_at_the_door_is_that_of_flask(sqlite_town: Flask, data: st.DataObject) -> None:
    doorkeeper: Any = sqlite_town.wsgi_app
    path = data.draw(st.sampled_from(sorted(addresses(sqlite_town))))
    method = data.draw(st.sampled_from(("GET", "HEAD")))
    headers = {
        "Accept-Encoding": data.draw(st.sampled_from(ENCODINGS)),
        "Accept-Language": data.draw(st.sampled_from(LANGUAGES)),
        **data.draw(st.sampled_from(ODD)),
    }
    behind, before = Client(doorkeeper.app), Client(doorkeeper)
    tag = behind.get(path, headers=headers).headers.get("ETag", "")
    headers["If-None-Match"] = data.draw(st.sampled_from(TAGS)).replace("{}", tag)
    wanted = told(behind.open(path, method=method, headers=headers))
    if "no-store" in dict(wanted[1]).get("Cache-Control", ""):
        # A form carries a token of its moment.
        return
    # Asked twice with GET it is kept, as an answer and as the word that nothing is new.
    before.get(path, headers=headers)
    assert told(before.open(path, method=method, headers=headers)) == wanted


class Application:
    """A calendar of one line, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.generation = 1
        self.now = town.NOW
        self.counted: list[str] = []
        self.lasting = Lasting(1, Rhythm.NEVER)
        self.headers = [("ETag", 'W/"a"'), ("X-Mark", "ours")]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        environ[LASTS] = self.lasting
        environ["buendel.counted"] = "atom"
        is_known = environ.get("HTTP_IF_NONE_MATCH") == 'W/"a"'
        start_response("304 NOT MODIFIED" if is_known else "200 OK", self.headers)
        return [b"" if is_known else b"x" * 100]

    def current(self) -> int:
        if self.generation < 0:
            raise StoreError("away")
        return self.generation

    def clock(self) -> datetime:
        return self.now

    def behind(self, most_bytes: int = 100_000) -> Client:
        around = Surroundings(self.current, self.clock, town.NOW.tzinfo, ("de", "en"), self.counted.append)  # type: ignore[arg-type]
        return Client(Doorkeeper(self, around, most_bytes))


def test_the_second_time_nobody_behind_the_door_is_asked() -> None:
    application = Application()
    client = application.behind()
    answers = [client.get("/a").data for _ in range(3)] + [client.head("/a").data]
    assert (application.asked, answers) == (1, [b"x" * 100] * 3 + [b""])
    assert application.counted == ["atom"] * 3


def test_that_nothing_is_new_is_known_at_the_door_too() -> None:
    application = Application()
    client = application.behind()
    answers = [client.get("/a", headers={"If-None-Match": 'W/"a"'}) for _ in range(3)]
    assert application.asked == 1
    assert {(one.status_code, one.headers["X-Mark"]) for one in answers} == {(304, "ours")}


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        pytest.param({"Accept-Encoding": "gzip"}, "/a", id="another way of compression"),
        pytest.param({}, "/a?x=1", id="another query"),
        pytest.param({}, "/b", id="another path"),
        pytest.param({"Range": "bytes=0-1"}, "/a", id="a part"),
    ],
)
def test_another_question_is_passed_on(headers: dict[str, str], path: str) -> None:
    application = Application()
    client = application.behind()
    client.get("/a")
    client.get(path, headers=headers)
    assert application.asked == 2


@pytest.mark.parametrize(("negotiates", "asked"), [(True, 2), (False, 1)])
def test_the_language_makes_another_question_only_where_it_matters(negotiates: bool, asked: int) -> None:
    application = Application()
    application.lasting = replace(application.lasting, negotiates=negotiates)
    client = application.behind()
    for language in ("de", "en"):
        client.get("/a", headers={"Accept-Language": language})
    assert application.asked == asked


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"generation": 2}, id="the calendar changed"),
        pytest.param({"generation": -1}, id="the store is away"),
        pytest.param({"now": town.NOW + timedelta(minutes=1)}, id="a minute passed"),
    ],
)
def test_an_answer_lasts_as_long_as_it_says(change: dict[str, Any]) -> None:
    application = Application()
    stamp = Rhythm.EACH_MINUTE.stamp(town.NOW, town.NOW.tzinfo)  # type: ignore[arg-type]
    application.lasting = Lasting(1, Rhythm.EACH_MINUTE, stamp)
    client = application.behind()
    client.get("/a")
    for name, value in change.items():
        setattr(application, name, value)
    client.get("/a")
    assert application.asked == 2


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([], id="without a tag"),
        pytest.param([("ETag", 'W/"a"'), ("Set-Cookie", "a=b")], id="with a cookie"),
    ],
)
def test_what_is_for_one_person_is_not_kept(headers: list[tuple[str, str]]) -> None:
    application = Application()
    application.headers = headers
    client = application.behind()
    client.get("/a")
    client.get("/a")
    assert application.asked == 2


def test_memory_is_bounded_and_the_oldest_question_goes_first() -> None:
    application = Application()
    client = application.behind(most_bytes=2 * (OVERHEAD + 100))
    for path in ("/a", "/b", "/a", "/c", "/a"):
        client.get(path)
    assert application.asked == 3
    client.get("/b")
    assert application.asked == 4


class Waiting:
    """A place that is taken by somebody who asks for the same page and has it when our turn comes."""

    def __init__(self, doorkeeper: Any) -> None:
        self.doorkeeper, self.made = doorkeeper, doorkeeper.making

    def __enter__(self) -> None:
        self.doorkeeper.making = self.made
        Client(self.doorkeeper).get("/a")

    def __exit__(self, *_: object) -> None:
        """The place is free."""


def test_a_page_that_is_old_is_made_anew_once_for_all_who_wait() -> None:
    application = Application()
    client = application.behind()
    doorkeeper: Any = client.application
    client.get("/a")
    application.generation, application.lasting = 2, replace(application.lasting, generation=2)
    doorkeeper.making = [Waiting(doorkeeper)] * len(doorkeeper.making)
    assert client.get("/a").data == b"x" * 100
    assert application.asked == 2


def test_pages_that_were_never_kept_do_not_wait_for_each_other() -> None:
    client = Application().behind()
    doorkeeper: Any = client.application
    with doorkeeper.turn(doorkeeper.question_of({"PATH_INFO": "/a"})), doorkeeper.turn(("/a", "", False, "de")):
        assert client.get("/a").data == b"x" * 100


def test_a_change_in_the_store_is_seen_at_once(store: Store) -> None:
    found = town.settings()
    town.publish(store, found)
    client = create_app(store, found, fixed_clock(town.NOW)).test_client()
    before = [client.get("/calendar.ics").data for _ in range(2)]
    podium = next(one for one in town.EVENTS if one.identity.id == "podium")
    town.publish(store, found, (replace(podium, event=replace(podium.event, title="Podium, neuer Titel")),))
    assert before[0] == before[1]
    assert b"neuer Titel" in client.get("/calendar.ics").data
