"""Every form of every page, owners' and operators' too: each field is given each hostile value, and nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.config.environment import read_environment
from aggregator.model.operators import Operator
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.reports import Report, Wrong
from aggregator.store import limits, operators, owners, registered, reports
from aggregator.store.database import Store, open_store
from tests.web import town
from tests.web.addresses import VALUES, addresses, filled
from tests.web.posting import KEY, MAIL, ORIGIN, Clock
from web.application import create_app

pytestmark = pytest.mark.prove

PAPER = Path(__file__).resolve().parents[3] / "shared" / "hostile" / "form_inputs.json"
OURS = ("csrf_token", "website_hp")
CONSOLE = ("", "/profile", "/sources/chor", "/dates", "/alliance", "/withdraw")
# Whoever presses is gone, or waits for a slow password.
ENDS = ("/withdraw", "/revoke", "/renew", "/logout", "/login")
OF_OPERATOR = {**VALUES, "source_id": "freiraum-ics", "name": "about", "number": "1", "report_id": "1", "mail_id": "1"}
OF_CHOIR = {**VALUES, "initiative_id": "chor", "umbrella_id": "chor", "source_id": "chor"}


@dataclass(frozen=True)
class Form:
    """Where a form posts, and what it would post untouched; `typed` are the fields that people fill in."""

    action: str
    fields: tuple[tuple[str, str], ...]
    typed: tuple[str, ...]


@dataclass
class Attempt:
    """One post, and what came of it."""

    form: Form
    field: str
    value: str
    status: int
    findings: list[str]


@dataclass
class Somebody:
    """A browser that is logged in to /admin and knows the paths of an owner's console."""

    store: Store
    client: FlaskClient
    clock: Clock
    console: list[str]

    def look(self, path: str) -> Any:
        return self.client.get(path, base_url=ORIGIN)

    def press(self, action: str, fields: dict[str, str]) -> Any:
        """Post; limits are lifted and the session kept, since they would hide what lies behind them."""
        with self.store.writing() as connection:
            limits.sweep(connection, self.clock.now + 2 * limits.LONGEST)
            operators.touch(connection, "session", self.clock.now)
        return self.client.post(action, data=fields, headers={"Origin": ORIGIN}, base_url=ORIGIN)


@pytest.fixture(scope="module")
def values(require: Callable[[str], NoReturn]) -> list[str]:
    """The different hostile values of the paper; of addresses one in eight."""
    if not PAPER.exists():
        require(f"no {PAPER}")
    inputs = json.loads(PAPER.read_text("utf-8"))["inputs"]
    pasted, others = ([one["value"] for one in inputs if (one["field"] == "url") is is_url] for is_url in (True, False))
    return list(dict.fromkeys([*others, *pasted[::8]]))


@pytest.fixture(scope="module")
def somebody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somebody]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('forms') / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    clock = Clock()
    app = create_app(store, town.settings(), clock, read_environment({**KEY, **MAIL}))
    with store.writing() as connection:
        calendar = WantedSource("https://chor.example.org/x.ics", "ics")
        registered.add(connection, Registration("Chor", "chor@example.org", sources=(calendar,)))
        token = owners.add(connection, "chor", "chor@example.org", "de", clock.now)
        operators.save(connection, Operator("anna", "anna@example.org", clock.now, operators.hashed("zwölf Störche")))
        operators.start_session(connection, "anna", "session", clock.now)
        reports.add(connection, "podium", Report(Wrong.TIME, "Später.", "Podium"), clock.now)
    client = app.test_client()
    with client.session_transaction(base_url=f"{ORIGIN}/admin") as cookie:
        cookie["token"] = "session"
    yield Somebody(store, client, clock, [f"/manage/{token}{path}" for path in CONSOLE])
    store.close()


def every_path(somebody: Somebody) -> list[str]:
    """Public pages, an owner's console, and the operators' rooms."""
    app = somebody.client.application
    rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rooms = [filled(rule, OF_OPERATOR) for rule in rules if rule.startswith("/admin")]
    return list(dict.fromkeys([*addresses(app), *addresses(app, OF_CHOIR), *somebody.console, *rooms]))


def test_no_value_in_no_field_breaks_anything(somebody: Somebody, values: list[str]) -> None:
    forms = {form.action: form for path in every_path(somebody) for form in forms_of(somebody, path)}
    assert any(action.startswith("/admin") for action in forms)
    attempts = [
        attempt(somebody, form, (field, value)) for form in forms.values() for field in form.typed for value in values
    ]
    print(f"\n{len(attempts)} hostile posts into {len(forms)} forms")
    assert [(one.form.action, one.field, one.value[:40]) for one in attempts if one.status >= 500] == []
    assert [(one.form.action, one.field, one.findings) for one in attempts if one.findings] == []


def forms_of(somebody: Somebody, path: str) -> Iterator[Form]:
    """The forms of a page that change something and into which people type."""
    answer = somebody.look(path)
    if answer.mimetype != "text/html":
        return
    for node in LexborHTMLParser(answer.data).css("form[method=post]"):
        action = (node.attributes.get("action") or path).partition("#")[0]
        fields = dict(read_field(one) for one in node.css("input[name], select[name], textarea[name]"))
        typed = tuple(name for name in fields if name not in OURS)
        if typed and not action.partition("?")[0].endswith(ENDS):
            yield Form(action, tuple(fields.items()), typed)


def read_field(node: LexborNode) -> tuple[str, str]:
    """The name of a field and what it holds."""
    attributes = node.attributes
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return str(attributes["name"]), str((chosen.attributes.get("value") if chosen else "") or "")
    value = node.text() if node.tag == "textarea" else attributes.get("value")
    return str(attributes["name"]), str(value or "")


def attempt(somebody: Somebody, form: Form, hostile: tuple[str, str]) -> Attempt:
    """Post the form with one hostile value."""
    field, value = hostile
    somebody.clock.wait(seconds=0.1 if form.action.startswith("/admin") else 4)
    answer = somebody.press(form.action, {**dict(form.fields), field: value})
    findings = alive(answer.data) if answer.mimetype == "text/html" else []
    return Attempt(form, field, value, answer.status_code, findings)


def alive(page: bytes) -> list[str]:
    """What of a page, as a browser reads it, would do something that is not ours."""
    found = ["template"] if b"49HOSTILE" in page else []
    for node in LexborHTMLParser(page).css("*"):
        found += [f"<{node.tag} {name}={value}>" for name, value in node.attributes.items() if acts(name, value or "")]
        source, kind = (node.attributes.get(name) or "" for name in ("src", "type"))
        is_ours = node.tag == "script" and (source.startswith("/static/") or kind == "application/ld+json")
        if node.tag in ("script", "iframe", "object", "embed", "style") and not is_ours:
            found.append(f"<{node.tag}>")
    return found


def acts(name: str, value: str) -> bool:
    """Whether an attribute is a program."""
    leads = name in ("href", "src", "action", "formaction", "data")
    return name.startswith("on") or (leads and value.strip().lower().startswith(("javascript:", "vbscript:", "data:")))


def test_what_was_stored_is_inert_on_every_page_afterwards(somebody: Somebody) -> None:
    found = {}
    for path in every_path(somebody):
        answer = somebody.look(path)
        assert answer.status_code != 500, path
        # The builder of embeds shows one of ours in a frame.
        if answer.mimetype == "text/html" and not path.startswith("/embed/builder"):
            found[path] = alive(answer.data)
    assert {path: what for path, what in found.items() if what} == {}
