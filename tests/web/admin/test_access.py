"""Nobody comes in but operators, and nothing changes but by their own hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from sqlalchemy import make_url

from aggregator.clock import fixed_clock, real_clock
from aggregator.config.secret_key import key_for
from aggregator.store import audit, operators, second_factor
from aggregator.store.second_factor import STEP_SECONDS
from tests.web import town
from tests.web.admin.conftest import OURS, PASSWORD, employ
from web.admin.access import LOGIN, safe_path
from web.application import create_app
from web.services import EXTENSION


def pages(application: Flask) -> list[tuple[str, str]]:
    """Every method and address under /admin, with something in each gap."""
    found = []
    for rule in application.url_map.iter_rules():
        if rule.rule.startswith("/admin"):
            path = "/".join(
                "x" if part.startswith("<") and "int" not in part else "1" if part.startswith("<") else part
                for part in rule.rule.split("/")
            )
            found += [(method, path) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


def test_every_page_sends_strangers_to_the_log_in(application):
    client = application.test_client()
    asked = [path for method, path in pages(application) if method == "GET" and path != "/admin/login"]
    assert len(asked) > 10
    for path in asked:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/admin/login"), path


def test_every_button_refuses_strangers(application):
    client = application.test_client()
    pressed = [path for method, path in pages(application) if method == "POST"]
    assert len(pressed) > 10
    for path in pressed:
        assert client.post(path, headers=OURS).status_code == 403, path


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nobody vouches"),
        pytest.param({"Origin": "https://evil.example"}, id="foreign origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="foreign site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="a neighbour under the same domain"),
    ],
)
def test_every_button_refuses_other_websites(anna, application, headers):
    token = anna.token("/admin")
    for path in (path for method, path in pages(application) if method == "POST"):
        assert anna.client.post(path, data={"csrf_token": token}, headers=headers).status_code == 403, path


@pytest.mark.parametrize("token", ["", "forged", "a.b.c"])
def test_every_button_refuses_without_the_forms_token(anna, application, token):
    for path in (path for method, path in pages(application) if method == "POST"):
        assert anna.client.post(path, data={"csrf_token": token}, headers=OURS).status_code == 403, path
    assert anna.get("/admin").status_code == 200


def test_a_token_of_another_browser_is_none(anna, browsers):
    assert anna.client.post("/admin/logout", data={"csrf_token": browsers().token()}, headers=OURS).status_code == 403


def test_the_cookie_stays_in_admin_and_is_seen_by_no_script_and_no_other_site(anna):
    cookie = set(anna.get("/admin/log").headers["Set-Cookie"].split("; ")[1:])
    assert cookie == {"Secure", "HttpOnly", "Path=/admin", "SameSite=Strict"}


def test_without_https_it_is_sent_all_the_same(town_store):
    found = town.settings(base_url="http://127.0.0.1:8000")
    answer = create_app(town_store, found, fixed_clock(town.NOW)).test_client().get("/admin/login")
    assert answer.headers["Set-Cookie"].startswith("operator=")
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_nothing_of_it_is_kept_by_anybody(anna):
    for path in ("/admin", "/admin/login", "/admin/log"):
        assert anna.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/event/podium", "/calendar.ics", "/sources", "/impressum"])
def test_public_pages_know_nothing_of_operators(anna, path):
    answer = anna.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(stranger):
    answers = [stranger.log_in(password="wrong wrong wrong"), stranger.log_in(name="nobody")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({answer.text.replace(stranger.token(), "") for answer in answers}) <= 2
    assert all("Name, Passwort oder Code stimmen nicht." in answer.text for answer in answers)


def test_after_five_tries_nobody_may_try_for_a_quarter_of_an_hour(stranger):
    for _ in range(5):
        assert stranger.log_in(password="wrong wrong wrong").status_code == 403
    assert stranger.log_in().status_code == 429
    assert stranger.get("/admin").status_code == 303


def test_logging_in_leads_to_where_one_wanted_to_go(stranger):
    page = stranger.get("/admin/log").headers["Location"]
    assert page == "/admin/login?next=%2Fadmin%2Flog"
    assert stranger.log_in(next="/admin/log").headers["Location"] == "/admin/log"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/", "/admin\\evil", "/adminevil", LOGIN])
def test_logging_in_leads_nowhere_else(path):
    assert safe_path(path) == "/admin"


def test_logging_in_gives_a_new_session_and_ends_the_old_one(anna, town_store):
    assert anna.log_in().status_code == 303
    with town_store.reading() as connection:
        assert operators.session(connection, "of anna", town.NOW) is None


def test_a_copied_cookie_is_void_after_logging_out(anna, browsers):
    thief = browsers()
    with thief.client.session_transaction(base_url="http://localhost/admin") as cookie:
        cookie["token"] = "of anna"
    assert thief.get("/admin").status_code == 200
    assert anna.post("/admin/logout").status_code == 303
    assert thief.get("/admin").status_code == 303


def test_a_removed_operator_is_out_at_once(anna, town_store):
    with town_store.writing() as connection:
        operators.remove(connection, "anna")
    assert anna.get("/admin").status_code == 303


def test_a_session_ends_after_hours_without_use(town_store, anna):
    with town_store.writing() as connection:
        operators.touch(connection, "of anna", town.NOW - timedelta(hours=3))
    assert anna.get("/admin").status_code == 303


def test_with_a_second_factor_the_password_alone_is_not_enough(application, stranger, town_store):
    secret = second_factor.new_secret()
    key = key_for("second factor", application.extensions[EXTENSION].secret)
    employ(town_store, second_factor=second_factor.sealed(secret, key))
    assert stranger.log_in().status_code == 403
    assert stranger.log_in(code="000000").status_code == 403
    code = pyotp.TOTP(secret).generate_otp(int(real_clock().timestamp()) // STEP_SECONDS)
    assert stranger.log_in(code=f"{code[:3]} {code[3:]}").status_code == 303
    assert stranger.log_in(code=code).status_code == 403


def test_every_log_in_is_noted_also_those_that_fail(stranger, town_store):
    stranger.log_in(password="wrong wrong wrong")
    stranger.log_in()
    with town_store.reading() as connection:
        deeds = [(deed.operator, deed.action) for deed in audit.recent(connection, 2)]
    assert deeds == [("anna", "log-in"), ("anna", "log-in failed")]


def test_no_page_of_the_operators_shows_a_password_or_its_hash(anna, town_store):
    with town_store.reading() as connection:
        hashed = operators.load(connection, "anna").password
    for path in ("/admin", "/admin/log"):
        assert PASSWORD not in anna.get(path).text
        assert hashed not in anna.get(path).text


def test_a_store_that_does_not_answer_lets_nobody_in(anna, town_store):
    town_store.close()
    path = Path(str(make_url(town_store.url).database))
    path.write_bytes(b"SQLite format 3\x00 broken")
    for leftover in path.parent.glob(f"{path.name}-*"):
        leftover.unlink()
    assert anna.get("/admin").status_code == 503
    answer = anna.client.get("/admin/events")
    assert (answer.status_code, "Abmelden" in answer.text) == (503, False)
