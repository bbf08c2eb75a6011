"""Keeping the calendar alive: the pages under gunicorn and the scheduler beside them, under one parent."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from random import uniform
from typing import NoReturn

import click

from aggregator.cli.invocation import Invocation
from aggregator.cli.manners import step_behind_pages
from aggregator.errors import FetchLockTaken, StoreError, UsageError
from aggregator.pipeline.thrift import spare_memory

logger = logging.getLogger(__name__)

BETWEEN_TRIES = 5.0
NEEDS_POSTGRESQL = (
    "Mehrere Arbeiter brauchen PostgreSQL (DATABASE_URL); auf SQLite genügt `run`."
    " / Several workers need PostgreSQL (DATABASE_URL); on SQLite, `run` does."
)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port (PORT, else 8000).")
@click.option("--no-refresh", is_flag=True, help="Pages only; something else refreshes.")
@click.pass_obj
def serve(invocation: Invocation, port: int | None, no_refresh: bool) -> None:
    """Serve the calendar on http://127.0.0.1:8000 and keep refreshing it."""
    invocation.open_store().close()
    if no_refresh:
        from web.server import on_port, serve_pages

        environment = on_port(invocation.environment, port, invocation.database_url)
        spare_memory()
        serve_pages(invocation.settings, invocation.ticking_clock(), environment)
    this_program = command_line(invocation)
    pages = [*this_program, "serve", "--no-refresh", "--port", str(port or invocation.environment.port)]
    files = [[*this_program, "publish", "--keep"]] if invocation.environment.feed_files else []
    become_parent([pages, [*this_program, "run"], *files], invocation.database_url)


@click.command()
@click.pass_obj
def run(invocation: Invocation) -> None:
    """Refresh every source when it is due, until stopped."""
    from aggregator.pipeline.postbox import Postbox
    from aggregator.pipeline.rounds import Round
    from aggregator.pipeline.scheduler import keep_refreshing

    invocation.start_logging()
    be_modest()
    store, clock = invocation.open_store(), invocation.ticking_clock()
    this_round = Round(store, invocation.settings, clock, lambda: uniform(-1, 1), lasts=True)
    while True:
        try:
            keep_refreshing(this_round, Postbox(store, clock, invocation.environment.mail))
            return
        except FetchLockTaken as taken:
            raise UsageError(str(taken)) from taken
        except StoreError as error:
            # The pages beside us can be read all the same, so we do not end; what is wrong may pass.
            logger.warning("fetching waits: %s", error)
            time.sleep(BETWEEN_TRIES)


@click.command()
@click.option(
    "--give-up-after",
    type=click.FloatRange(min=20),
    default=60.0,
    metavar="SECONDS",
    help="How long another worker may be silent before its work is done by others (60).",
)
@click.pass_obj
def work(invocation: Invocation, give_up_after: float) -> None:
    """Refresh as one of several workers on a shared PostgreSQL, until stopped."""
    if not invocation.database_url.startswith("postgres"):
        raise UsageError(NEEDS_POSTGRESQL)
    from aggregator.pipeline import fleet
    from aggregator.pipeline.postbox import Postbox
    from aggregator.pipeline.rounds import Round

    invocation.start_logging()
    be_modest()
    store, clock = invocation.open_store(), invocation.ticking_clock()
    this_round = Round(store, invocation.settings, clock, lambda: uniform(-1, 1), lasts=True)
    post = Postbox(store, clock, invocation.environment.mail)
    fleet.work(this_round, post, give_up_after)


def become_parent(commands: list[list[str]], database_url: str) -> NoReturn:
    """Go on as the small program that keeps these commands running: it needs nothing of what was loaded to check.

    The database goes by the environment: its address may hold a password, and all users of a machine see command lines.
    """
    parent = [sys.executable, "-m", "aggregator.cli.family", json.dumps(commands)]
    os.execve(parent[0], parent, {**os.environ, "DATABASE_URL": database_url})


def be_modest() -> None:
    """Whoever fetches takes what pages leave."""
    spare_memory()
    step_behind_pages()


def command_line(invocation: Invocation) -> list[str]:
    """The command that starts this program again with the same global options but for the database."""
    command = [sys.executable, "-m", "aggregator", "--sources", str(invocation.settings.path)]
    if invocation.start:
        # The children start their clocks at one moment, whatever the demonstration's day.
        command += ["--now", invocation.start.isoformat()]
    return command
