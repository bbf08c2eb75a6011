"""`doctor`: looks for what is set up wrongly and says the cure; finds nothing where nothing is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click
from sqlalchemy import Connection, make_url, text

from aggregator.cli.invocation import Invocation
from aggregator.config.secret_key import key_file
from aggregator.errors import BuendelError, ConfigurationError
from aggregator.model.colours import contrast
from aggregator.model.settings import Site
from aggregator.store import mails, operators
from aggregator.store.database import Store
from aggregator.store.needs import ROOM_NEEDED, needs
from aggregator.store.room import free_bytes
from web.assets import FOLDER
from web.embed.colours import tokens_of
from web.legal.drafts import is_filled_in

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OTHERS_MAY = 0o077
PLANNED_AHEAD = timedelta(days=300)
# What ui/README.md asks of an operator's colours: text, what can be pressed, lines and the ring around the focus.
CONTRASTS = (
    ("ink", "paper", 7.0),
    ("ink", "paper-sunk", 7.0),
    ("ink-soft", "paper", 7.0),
    ("ink-soft", "paper-sunk", 7.0),
    ("accent", "paper", 4.5),
    ("mark", "paper", 4.5),
    ("caution", "paper", 4.5),
    ("on-accent", "accent", 4.5),
    ("line-strong", "paper", 3.0),
    ("focus", "paper", 3.0),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong and what helps; `is_urgent` if something does not work because of it."""

    what: str
    cure: str
    is_urgent: bool = False


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each finding.")
@click.pass_obj
def doctor(invocation: Invocation, as_json: bool) -> None:
    """Look for what is set up wrongly, and say the cure."""
    found = sorted(findings(invocation), key=lambda one: not one.is_urgent)
    for one in found:
        if as_json:
            line = {"what": one.what, "cure": one.cure, "urgent": one.is_urgent}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            click.echo(f"{'!!' if one.is_urgent else ' *'} {one.what}\n      {one.cure}")
    if not as_json:
        click.echo(f"{len(found)} findings." if found else "Nothing found. All is well.")
    sys.exit(1 if any(one.is_urgent for one in found) else 0)


def findings(invocation: Invocation) -> Iterator[Finding]:
    """Everything that can be looked at; what does not open is told, and the rest is looked at all the same."""
    try:
        site, environment = invocation.settings.site, invocation.environment
    except ConfigurationError as error:
        for mistake in error.mistakes:
            yield Finding(str(mistake), "Mend it; `check-config` tells all mistakes.", True)
        return
    yield from of_site(site)
    yield from of_holidays(site, invocation.standing_clock()().date())
    yield from of_files(invocation)
    yield from of_colours((FOLDER / "tokens.css").read_text("utf-8"))
    if site.base_url.startswith("https:") and environment.host in LOOPBACK and not environment.trusted_proxies:
        yield Finding(
            "Behind a proxy every visitor seems to be one and the same, so limits hit all together.",
            "Set TRUSTED_PROXIES to the number of your proxies, usually 1.",
        )
    try:
        store = invocation.open_store()
    except BuendelError as error:
        yield Finding(str(error), "Mend the database or DATABASE_URL; `restore` brings back a backup.", True)
        return
    yield from of_store(invocation, store)
    store.close()


def of_site(site: Site) -> Iterator[Finding]:
    """What sources.yaml says of the site."""
    address = urlsplit(site.base_url)
    if site.demo_now is not None:
        yield Finding(
            "This is the demonstration: its clock stands at an invented day.",
            "Delete site.demo_now and the line that includes the demonstration.",
        )
    elif address.hostname in LOOPBACK:
        yield Finding(
            "Subscriptions and mails would lead to this machine only.",
            "Set site.base_url to the public address.",
            True,
        )
    elif address.scheme != "https":
        yield Finding(
            "The pages are not encrypted; the operators' cookie travels in the open.",
            "Put a proxy with a certificate in front, and begin site.base_url with https://.",
            True,
        )
    if not site.contact:
        yield Finding("Nobody can be asked.", "Set site.contact to a mail address that is read.")


def of_holidays(site: Site, today: date) -> Iterator[Finding]:
    """Whether the school holidays of a German state are known for as long as people plan ahead."""
    last = max((one.last for one in site.school_holidays), default=today)
    if site.state and last < today + PLANNED_AHEAD:
        known = f"end on {last}" if last > today else "are not known"
        yield Finding(
            f"The school holidays of {site.state} {known}; the clash check says that it does not know them.",
            "Copy them from the state's announcement into site.school_holidays (docs/sources.md, School holidays).",
        )


def of_files(invocation: Invocation) -> Iterator[Finding]:
    """Who may read what is secret."""
    paths = [key_file(invocation.database_url)]
    url = make_url(invocation.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        paths.append(Path(url.database))
    if name := invocation.environ.get("SECRET_KEY_FILE"):
        paths.append(Path(name))
    for path in paths:
        if path.exists() and path.stat().st_mode & OTHERS_MAY:
            is_key = path != Path(str(url.database))
            yield Finding(f"Others on this machine may read {path}.", f"chmod 600 {path}", is_key)


def of_colours(style_sheet: str) -> Iterator[Finding]:
    """Whether a town's own colours can be read, in both lights."""
    light, dark = tokens_of(style_sheet)
    for name, tokens in (("light", light), ("dark", {**light, **dark})):
        for ink, paper, least in CONTRASTS:
            found = contrast(tokens[f"--{ink}"], tokens[f"--{paper}"])
            if found < least:
                yield Finding(
                    f"--{ink} on --{paper} is hard to read ({name}): {found:.1f} to 1, needed {least:g}.",
                    "Choose a darker or lighter value in web/static/tokens.css.",
                )


def of_store(invocation: Invocation, store: Store) -> Iterator[Finding]:
    """What the database tells."""
    if free_bytes(store) < ROOM_NEEDED:
        yield Finding("The disk is nearly full.", "Make room; what cannot be written is lost.", True)
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":
            checked = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
            if checked != "ok":
                yield Finding(f"The database is damaged: {checked}", "Stop, and `restore` the last backup.", True)
        yield from of_people(invocation, connection)
        yield from of_needs(invocation, connection)


def of_people(invocation: Invocation, connection: Connection) -> Iterator[Finding]:
    """Operators, mail and the imprint."""
    known = operators.load_all(connection)
    if not known:
        yield Finding("Nobody may log in to /admin.", "operator add NAME")
    for one in known:
        if not one.second_factor:
            yield Finding(f"{one.name} logs in with a password alone.", f"operator second-factor {one.name}")
    waiting = len(mails.unsent(connection))
    if invocation.environment.mail is None:
        yield Finding(
            f"No mail server is set up; {waiting} mails wait.",
            "Set SMTP_HOST and MAIL_FROM, or send them by hand in /admin/post.",
            waiting > 0,
        )
    if not is_filled_in(connection, "imprint"):
        yield Finding("The imprint is still a draft.", "Fill it in at /admin/texts.")


def of_needs(invocation: Invocation, connection: Connection) -> Iterator[Finding]:
    """What waits for a person, as /admin tells it."""
    found = needs(connection, invocation.standing_clock()())
    if found.is_stale:
        yield Finding("Nothing refreshes the calendar.", "Start `serve` or `run`, and see why it ended.", True)
    for overview in found.failing:
        failure = overview.state.failure
        yield Finding(f"{overview.source.id}: {failure.sentence('en') if failure else ''}", "See /admin/sources.")
    for overview, _ in found.held:
        yield Finding(f"{overview.source.id} is held: events are suddenly missing.", "Decide in /admin/sources.")
