"""Those who may log in to /admin: added, changed and removed at the keyboard only."""

from __future__ import annotations

import sys
from dataclasses import replace

import click
import segno

from aggregator.cli.invocation import Invocation
from aggregator.cli.suggesting import SuggestingGroup
from aggregator.config.secret_key import key_for, secret_key
from aggregator.errors import UsageError
from aggregator.model.mail import mail_address
from aggregator.model.operators import Deed, Operator
from aggregator.store import audit, operators, second_factor
from aggregator.store.database import Store

KEYBOARD = "command line"
FROM_INPUT = click.option("--password-stdin", is_flag=True, help="Take the password from standard input.")


@click.group(cls=SuggestingGroup)
def operator() -> None:
    """Say who may log in to /admin."""


@operator.command()
@click.argument("name")
@click.option("--email", default="", metavar="ADDRESS", help="Where alerts go.")
@click.option("--second-factor", "with_factor", is_flag=True, help="Ask for a code at each log-in, too.")
@FROM_INPUT
@click.pass_obj
def add(invocation: Invocation, name: str, email: str, with_factor: bool, password_stdin: bool) -> None:
    """Add an operator; the password is asked for."""
    store, now = invocation.open_store(), invocation.standing_clock()()
    name = checked_name(name)
    if email and not mail_address(email):
        raise UsageError(f"{email} is no mail address.")
    if known(store, name):
        raise UsageError(f"{name} is an operator already; `operator password {name}` sets another password.")
    password = new_password(name, password_stdin)
    with store.writing() as connection:
        operators.save(connection, Operator(name, mail_address(email), now, operators.hashed(password)))
        audit.note(connection, Deed(now, KEYBOARD, "operator added", name))
    click.echo(f"{name} may log in at {invocation.settings.site.base_url}/admin")
    if with_factor:
        enrol(invocation, store, name)


@operator.command()
@click.argument("name")
@FROM_INPUT
@click.pass_obj
def password(invocation: Invocation, name: str, password_stdin: bool) -> None:
    """Set another password; every session of the operator ends."""
    store, now = invocation.open_store(), invocation.standing_clock()()
    found = existing(store, name)
    chosen = new_password(name, password_stdin)
    with store.writing() as connection:
        operators.save(connection, replace(found, password=operators.hashed(chosen)))
        operators.end_all(connection, name)
        audit.note(connection, Deed(now, KEYBOARD, "password set", name))
    click.echo(f"{name} has a new password and is logged out everywhere.")


@operator.command(name="second-factor")
@click.argument("name")
@click.option("--off", is_flag=True, help="Ask for no code any more.")
@click.pass_obj
def factor(invocation: Invocation, name: str, off: bool) -> None:
    """Ask for a code at each log-in (an authenticator app shows it), or for none any more."""
    store, now = invocation.open_store(), invocation.standing_clock()()
    found = existing(store, name)
    if not off:
        enrol(invocation, store, name)
        return
    with store.writing() as connection:
        operators.save(connection, replace(found, second_factor=""))
        audit.note(connection, Deed(now, KEYBOARD, "second factor off", name))
    click.echo(f"{name} logs in with the password alone.")


@operator.command()
@click.argument("name")
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Let an operator in no more; what they did stays in the log."""
    store, now = invocation.open_store(), invocation.standing_clock()()
    existing(store, name)
    with store.writing() as connection:
        operators.remove(connection, name)
        audit.note(connection, Deed(now, KEYBOARD, "operator removed", name))
    click.echo(f"{name} cannot log in any more.")


@operator.command(name="list")
@click.pass_obj
def list_operators(invocation: Invocation) -> None:
    """Name the operators."""
    with invocation.open_store().reading() as connection:
        found = operators.load_all(connection)
    for one in found:
        click.echo(f"{one.name:<20} {one.email or '-':<30} {'with a code' if one.second_factor else 'password only'}")
    if not found:
        click.echo("Nobody may log in yet: operator add NAME")


def enrol(invocation: Invocation, store: Store, name: str) -> None:
    """Make a new secret and show it once, as a QR code and as text."""
    secret, now = second_factor.new_secret(), invocation.standing_clock()()
    key = key_for("second factor", secret_key(invocation.environment.secret_key, store.url))
    with store.writing() as connection:
        sealed = second_factor.sealed(secret, key)
        operators.save(connection, replace(existing(store, name), second_factor=sealed, last_step=0))
        operators.end_all(connection, name)
        audit.note(connection, Deed(now, KEYBOARD, "second factor on", name))
    address = second_factor.enrolment(secret, name, invocation.settings.site.title)
    segno.make(address, error="l").terminal(sys.stdout, compact=True)
    click.echo(f"Scan this with an authenticator app, or type in: {secret}\nIt is shown only now.")


def new_password(name: str, from_input: bool) -> str:
    """A password that was typed twice, or came on standard input, and is long enough."""
    if from_input:
        chosen = sys.stdin.readline().rstrip("\n")
    else:
        chosen = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not operators.SHORTEST_PASSWORD <= len(chosen) <= operators.LONGEST_PASSWORD:
        raise UsageError(f"A password has {operators.SHORTEST_PASSWORD} to {operators.LONGEST_PASSWORD} characters.")
    if name.casefold() in chosen.casefold() or len(set(chosen)) < 5:
        raise UsageError("This password is easy to guess; four words that have nothing to do with you are better.")
    return chosen


def checked_name(name: str) -> str:
    """The name without blanks around it; it stands in logs, so it is one printable line."""
    found = name.strip()
    if not found or len(found) > 40 or not found.isprintable() or found == KEYBOARD:
        raise UsageError("A name has 1 to 40 printable characters.")
    return found


def known(store: Store, name: str) -> bool:
    """Whether there is such an operator."""
    with store.reading() as connection:
        return operators.load(connection, name) is not None


def existing(store: Store, name: str) -> Operator:
    """The operator of that name."""
    with store.reading() as connection:
        found = operators.load(connection, name)
    if found is None:
        raise UsageError(f"There is no operator called {name}; `operator list` names them.")
    return found
