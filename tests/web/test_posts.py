"""Whatever changes anything, of all rooms and of those to come: nobody but our own pages may ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.posting import ORIGIN
from web.forms import ONE_CLICK, SAFE_METHODS

SAMPLES = {"EventId": "podium", "UnicodeConverter": "0" * 32, "PathConverter": "a/b", "IntegerConverter": 1}
FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
# Why a route may be asked without our form: the one-click word of RFC 8058, which no web page can send.
WITHOUT_FORM = {"weekly.leave"}


def changing(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route that is no reading, with each of its methods."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - set(SAFE_METHODS):
            yield rule, method


def path_of(app: Flask, rule: Rule) -> str:
    values = {name: SAMPLES[type(rule._converters[name]).__name__] for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("kalender.example.org").build(rule.endpoint, values, method=None)


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        pytest.param({}, {}, id="nobody vouches"),
        pytest.param(FOREIGN, {}, id="another site"),
        pytest.param({"Origin": "null"}, {}, id="a sandboxed frame"),
        pytest.param({"Origin": ORIGIN}, {}, id="no token"),
        pytest.param({"Origin": ORIGIN}, {"csrf_token": "wrong"}, id="no token of ours"),
        pytest.param({**FOREIGN, "Content-Type": "application/json"}, {}, id="another media type"),
        pytest.param(FOREIGN, {"List-Unsubscribe": "One-Click"}, id="a page that plays mail program"),
    ],
)
def test_every_route_that_changes_anything_refuses_others(sqlite_town, headers, data):
    client, answers = sqlite_town.test_client(), {}
    for rule, method in changing(sqlite_town):
        path = path_of(sqlite_town, rule)
        answers[f"{method} {rule.rule}"] = client.open(path, method=method, headers=headers, data=data).status_code
    assert len(answers) >= 4
    assert {route: status for route, status in answers.items() if status != 403} == {}


def test_only_the_routes_that_mail_programs_ask_need_no_form():
    assert set(ONE_CLICK) == WITHOUT_FORM


def test_the_exceptions_are_routes_that_only_a_secret_link_reaches(sqlite_town):
    rules = [rule for rule in sqlite_town.url_map.iter_rules() if rule.endpoint in ONE_CLICK]
    assert [sorted(rule.arguments) for rule in rules] == [["token"]]


def test_nothing_is_changed_by_looking(sqlite_town):
    """No route answers GET and POST with the same function, so none can be posted to by a link."""
    both = [rule.rule for rule, method in changing(sqlite_town) if "GET" in (rule.methods or ())]
    assert [path for path in both if not path.startswith("/admin")] == []
