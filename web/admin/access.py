"""Who comes in: log-in with password and perhaps a code, sessions in the store, and the guard of every page.

The cookie is sent to /admin alone, never from other sites, and holds a random token whose digest the store
knows; so a session ends the moment it is deleted there. Flask-WTF guards the forms.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.clock import real_clock
from aggregator.config.secret_key import key_for
from aggregator.model.operators import Deed, Operator
from aggregator.model.settings import Settings
from aggregator.store import audit, limits, operators, second_factor
from aggregator.store.limits import Limit
from web.admin.frame import admin_page, say
from web.forms import is_own_origin, line, visitor
from web.problems import problem
from web.services import current_services

LOGIN = "/admin/login"
TRIES = Limit("login", 5, timedelta(minutes=15))
TRIES_OF_NAME = Limit("login name", 20, timedelta(hours=1))
TOKEN = "token"


def configure_sessions(app: Flask, settings: Settings, secret: str) -> None:
    """The cookie of operators; nobody else ever gets one, since no other page touches the session."""
    app.secret_key = key_for("operators' cookies", secret)
    is_secure = settings.site.base_url.startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME="__Secure-operator" if is_secure else "operator",
        SESSION_COOKIE_PATH="/admin",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=is_secure,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.globals["csrf_token"] = generate_csrf


def guard() -> AnyResponse | None:
    """Before every page of /admin: only operators come in, and only our own forms change anything."""
    services, now = current_services(), current_services().clock()
    if request.method not in ("GET", "HEAD", "OPTIONS") and not is_ours():
        return refused()
    if request.path == LOGIN:
        return None
    token = str(session.get(TOKEN, ""))
    with services.store.reading() as connection:
        found = operators.session(connection, token, now) if token else None
        known = operators.load(connection, found.operator) if found else None
    if found is None or known is None:
        return refused() if request.method == "POST" else to_login()
    if now - found.seen_at > operators.SEEN_EVERY:
        with services.store.writing() as connection:
            operators.touch(connection, token, now)
    g.operator = known
    return None


def is_ours() -> bool:
    """Whether one of our own pages sent the form, to this very browser."""
    if not is_own_origin(request, current_services().settings.site.base_url):
        return False
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValueError:
        return False
    return True


def refused() -> Response:
    """403 with the way back."""
    return problem(
        403,
        say("Das ging so nicht"),
        say("Bitte die Seite neu laden, vielleicht neu anmelden, und es noch einmal tun."),
    )


def to_login() -> AnyResponse:
    """To the log-in, and from there back to where somebody wanted to go."""
    path = request.full_path.rstrip("?")
    return redirect(LOGIN if path == "/admin" else f"{LOGIN}?{next_query(path)}", 303)


def next_query(path: str) -> str:
    """A page of ours as a parameter."""
    return urlencode({"next": path})


def login_page() -> Response:
    """The form."""
    return login_form("")


def login_form(trouble: str, status: int = 200) -> Response:
    """The form, with what went wrong."""
    return admin_page("admin/login.html", say("Anmelden"), status, trouble=trouble, next=request.args.get("next", ""))


def log_in() -> AnyResponse:
    """Let an operator in, or say that it did not work; never what exactly was wrong."""
    services, now = current_services(), current_services().clock()
    name = line(request.form, "name")[:80]
    with services.store.writing() as connection:
        # Noted before the password is looked at: a flood may not try on while it waits.
        may_try = limits.allowed(connection, TRIES, visitor(request, services.secret), now)
        may_try = may_try and limits.allowed(connection, TRIES_OF_NAME, name_key(name), now)
        found = operators.load(connection, name) if may_try else None
    if not may_try:
        return login_form(say("Zu viele Versuche. In einer Viertelstunde geht es wieder."), 429)
    with_password = operators.is_right(found, request.form.get("password", ""))
    if found is None or not with_password or not is_right_code(found, request.form):
        with services.store.writing() as connection:
            audit.note(connection, Deed(now, name if found else "", "log-in failed", ""))
        return login_form(say("Name, Passwort oder Code stimmen nicht."), 403)
    return let_in(found)


def is_right_code(operator: Operator, form: Mapping[str, str]) -> bool:
    """Whether the code is right, where one is needed; each is good once."""
    if not operator.second_factor:
        return True
    services = current_services()
    key = key_for("second factor", services.secret)
    step = second_factor.matching_step(operator, form.get("code", "")[:20], key, real_clock())
    if step is None:
        return False
    with services.store.writing() as connection:
        return operators.use_step(connection, operator.name, step)


def let_in(operator: Operator) -> AnyResponse:
    """A new session under a new token; what the browser held before is void."""
    services, now = current_services(), current_services().clock()
    token = secrets.token_urlsafe(32)
    with services.store.writing() as connection:
        if before := session.get(TOKEN):
            operators.end_session(connection, str(before))
        operators.forget_sessions(connection, now)
        operators.start_session(connection, operator.name, token, now)
        audit.note(connection, Deed(now, operator.name, "log-in", ""))
    session.clear()
    session[TOKEN] = token
    return redirect(safe_path(request.form.get("next", "")), 303)


def safe_path(path: str) -> str:
    """A page of /admin, whatever was asked for."""
    inside = path == "/admin" or path.startswith(("/admin/", "/admin?"))
    return path if inside and path.isprintable() and "\\" not in path and not path.startswith(LOGIN) else "/admin"


def log_out() -> AnyResponse:
    """End the session here and in the store."""
    with current_services().store.writing() as connection:
        operators.end_session(connection, str(session.get(TOKEN, "")))
        note(connection, "log-out")
    session.clear()
    return redirect(LOGIN, 303)


def me() -> Operator:
    """The operator who asks."""
    operator: Operator = g.operator
    return operator


def note(connection: Connection, action: str, subject: str = "", detail: Any = "") -> None:
    """Add a line to the audit log, in the transaction of the deed."""
    audit.note(connection, Deed(current_services().clock(), me().name, action, subject, str(detail)))


def name_key(name: str) -> str:
    """A name as limits count it."""
    key = key_for("visitors", current_services().secret)
    return blake2b(name.casefold().encode(), key=key, digest_size=16).hexdigest()
