"""Keeping the calendar alive: the pages under gunicorn and the scheduler beside them, under one parent."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from random import uniform
from types import FrameType

import click

from aggregator.cli.invocation import Invocation
from aggregator.cli.manners import step_behind_pages
from aggregator.errors import FetchLockTaken, StoreError, UsageError
from aggregator.pipeline.thrift import spare_memory

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 15.0
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
    sys.exit(Family([pages, [*this_program, "run"], *files]).live())


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


def be_modest() -> None:
    """Whoever fetches takes what pages leave."""
    spare_memory()
    step_behind_pages()


def command_line(invocation: Invocation) -> list[str]:
    """The command that starts this program again with the same global options."""
    command = [sys.executable, "-m", "aggregator", "--sources", str(invocation.settings.path)]
    command += ["--database", invocation.database_url]
    if invocation.start:
        # The children start their clocks at one moment, whatever the demonstration's day.
        command += ["--now", invocation.start.isoformat()]
    return command


class Family:
    """Child processes that live and end together."""

    def __init__(self, commands: Sequence[list[str]]) -> None:
        # Asked to stop before the children exist, we would leave them behind.
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGTERM, self.stop)
        self.told_to_stop = False
        self.children = [subprocess.Popen(command) for command in commands]

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Ask every child to end; Ctrl-C has reached them already, a second request does no harm."""
        self.told_to_stop = True
        for child in self.children:
            child.terminate()

    def live(self) -> int:
        """Wait until one child ends, end the others; 0 if we were told to stop, else what that child said."""
        code = self.first_to_end()
        if not self.told_to_stop:
            for child in self.children:
                child.terminate()
        for child in self.children:
            try:
                child.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return 0 if self.told_to_stop else code or 1

    def first_to_end(self) -> int:
        """The exit code of the first child that ends."""
        while True:
            for child in self.children:
                try:
                    return child.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue
