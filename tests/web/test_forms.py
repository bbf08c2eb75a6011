"""The guard of public forms: who may post, when, and from where."""

from __future__ import annotations

import pytest
from flask import request

from aggregator.config.environment import read_environment
from tests.web import town
from tests.web.posting import ORIGIN, Clock
from web.application import create_app
from web.forms import Refusal, check_form, form_token, line, paragraphs, visitor

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def judged(sqlite_town):
    """What the guard says of a post that was handed out so many seconds ago."""
    clock = Clock()

    def judge(age: float = 10, purpose: str = "report", headers: dict[str, str] | None = None, **fields: str):
        token = form_token(SECRET, purpose, clock.now)
        clock.wait(seconds=age)
        data = {"csrf_token": token, "website_hp": "", **fields}
        sent = {"Origin": ORIGIN} if headers is None else headers
        with sqlite_town.test_request_context("/", method="POST", data=data, headers=sent):
            return check_form(request, SECRET, "report", clock.now)

    return judge


def test_a_form_that_was_read_and_filled_in_is_taken(judged):
    assert judged() is None


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        pytest.param({"age": 1}, Refusal.FAST, id="faster than anybody types"),
        pytest.param({"age": 13 * 3600}, Refusal.OLD, id="open since yesterday"),
        pytest.param({"age": -120}, Refusal.TOKEN, id="from the future"),
        pytest.param({"purpose": "digest"}, Refusal.TOKEN, id="token of another form"),
        pytest.param({"csrf_token": ""}, Refusal.TOKEN, id="no token"),
        pytest.param({"csrf_token": "wrong"}, Refusal.TOKEN, id="no token of ours"),
        pytest.param({"csrf_token": "IjEi.Ü\x00"}, Refusal.TOKEN, id="bytes"),
        pytest.param({"website_hp": "http://spam.example"}, Refusal.TRAP, id="filled-in trap"),
    ],
)
def test_a_post_is_refused_for_what_it_holds(judged, sent, refusal):
    assert judged(**sent) is refusal


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        pytest.param({}, Refusal.FOREIGN, id="nobody vouches"),
        pytest.param({"Origin": "https://evil.example"}, Refusal.FOREIGN, id="another site"),
        pytest.param({"Origin": "null"}, Refusal.FOREIGN, id="sandboxed frame"),
        pytest.param({"Origin": "http://kalender.example.org"}, Refusal.FOREIGN, id="without TLS"),
        pytest.param({"Origin": ORIGIN + ".evil.example"}, Refusal.FOREIGN, id="our name as a beginning"),
        pytest.param({"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}, Refusal.FOREIGN, id="browser contradicts"),
        pytest.param({"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"}, Refusal.FOREIGN, id="neighbour's subdomain"),
        pytest.param({"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}, None, id="another name"),
        pytest.param({"Origin": ORIGIN.upper(), "Sec-Fetch-Site": "same-origin"}, None, id="as browsers send it"),
    ],
)
def test_only_our_own_pages_may_post(judged, headers, refusal):
    assert judged(headers=headers) is refusal


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("192.0.2.1", "192.0.2.2", False, id="two addresses"),
        pytest.param("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True, id="one household"),
        pytest.param("2001:db8:1:2::1", "2001:db8:1:3::1", False, id="two households"),
        pytest.param("192.0.2.1", "::ffff:192.0.2.1", True, id="one address written twice"),
    ],
)
def test_a_visitor_is_known_by_a_hash_of_the_network(sqlite_town, one, other, same):
    hashes = []
    for address in (one, other):
        with sqlite_town.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            hashes.append(visitor(request, SECRET))
    assert (hashes[0] == hashes[1]) is same
    assert one not in hashes[0]


def test_typed_words_lose_what_steers():
    fields = {"name": " a\r\nX-HOSTILE-INJECTED: 1 \u202egpj\x00 ", "text": "eins \r\n\r\nzwei\x07\n"}
    assert line(fields, "name") == "a X-HOSTILE-INJECTED: 1 gpj"
    assert paragraphs(fields, "text") == "eins\n\nzwei"


@pytest.mark.parametrize(("proxies", "is_believed"), [("0", False), ("1", True)])
def test_a_proxy_is_believed_only_when_it_was_named(sqlite_store, proxies, is_believed):
    environment = read_environment({"SECRET_KEY": SECRET, "TRUSTED_PROXIES": proxies})
    app = create_app(sqlite_store, town.settings(), Clock(), environment)
    seen = []
    app.add_url_rule("/who", view_func=lambda: seen.append(visitor(request, SECRET)) or "")
    for forwarded in ("192.0.2.7", "192.0.2.8"):
        app.test_client().get("/who", headers={"X-Forwarded-For": forwarded})
    assert (seen[0] != seen[1]) is is_believed
