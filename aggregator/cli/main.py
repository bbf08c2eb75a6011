"""The command group: global options, commands loaded when they are called, plain errors.

Exit codes: 0 done, 1 some source failed (said which), 2 wrong usage. A user's mistake is one
sentence, never a traceback.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from aggregator.cli.suggesting import SuggestingGroup
from aggregator.errors import BuendelError
from aggregator.model.version import VERSION

# Only the module of the command that was called is imported: --help answers at once.
COMMANDS = {
    "serve": ("serving", "Serve the calendar and keep refreshing it."),
    "run": ("serving", "Keep refreshing, without pages."),
    "work": ("serving", "Keep refreshing as one of several workers on PostgreSQL."),
    "refresh": ("refreshing", "Fetch the sources that are due."),
    "replay": ("refreshing", "Read the last good answers again, without the network."),
    "publish": ("publishing", "Write the public feeds as files, for nginx to send."),
    "records": ("listing", "Print every record."),
    "events": ("listing", "Print the merged events."),
    "export": ("listing", "Print the calendar as ics, atom or json."),
    "explain": ("explaining", "Say why an event was merged, or why two records were not."),
    "check": ("previewing", "Say what a pasted address would give; nothing is stored."),
    "review": ("reviewing", "List the pairs that a person should judge."),
    "verdict": ("answering", "Say whether two records are the same event."),
    "undo": ("answering", "Take back what was said of two records."),
    "places": ("venues", "Print the known venues, or those that feeds agree on, as YAML."),
    "operator": ("operating", "Say who may log in to /admin."),
    "sources": ("keeping", "Print initiatives and sources as YAML (export)."),
    "backup": ("keeping", "Write the whole store into a file."),
    "restore": ("keeping", "Put a backup in the place of the store."),
    "returned": ("returning", "Count a weekly mail that came back, read from standard input."),
    "doctor": ("examining", "Look for what is set up wrongly, and say the cure."),
    "init": ("founding", "Set up another town in five questions."),
    "migrate-store": ("moving", "Move the store to another database, SQLite to PostgreSQL or back."),
    "check-config": ("checking", "Check sources.yaml and the environment."),
    "status": ("checking", "Say how every source is doing."),
}


class LazyCommands(SuggestingGroup):
    """A group whose commands are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"aggregator.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, from the table above, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; without an offset it is meant in the site's time zone."""

    name = "iso-time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or say what it should look like."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is not a time like 2026-11-22T12:00:00+01:00", param, ctx)


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sources", type=click.Path(path_type=Path), metavar="FILE", help="The configuration (sources.yaml).")
@click.option("--database", metavar="URL", help="The database (DATABASE_URL, else sqlite:///var/buendel.sqlite).")
@click.option("--now", type=Moment(), help="Take this as the present moment.")
@click.version_option(VERSION, prog_name="Bündel")
@click.pass_context
def commands(context: click.Context, sources: Path | None, database: str | None, now: datetime | None) -> None:
    """Bündel: one calendar for a town, bundled from the feeds its initiatives already have."""
    # Imported here: --help needs neither configuration nor store.
    from aggregator.cli.invocation import Invocation

    context.obj = Invocation(os.environ, sources, database, now)


def main() -> None:
    """Run the command line."""
    try:
        commands(prog_name="python -m aggregator")
    except BuendelError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        # `… | head` closed our output: not an error. Point stdout elsewhere so that the exit is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
