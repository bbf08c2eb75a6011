"""Taking the calendar along: sources as YAML, the whole store as a backup, and back."""

from __future__ import annotations

from pathlib import Path

import click

from aggregator.cli.invocation import Invocation
from aggregator.cli.suggesting import SuggestingGroup
from aggregator.config.secret_key import key_file
from aggregator.config.writing import written
from aggregator.store import keeping, queries, topic_words
from aggregator.store import sources as stored_sources

A_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=SuggestingGroup)
def sources() -> None:
    """Take the sources along."""


@sources.command()
@click.pass_obj
def export(invocation: Invocation) -> None:
    """Print initiatives and sources, those of sources.yaml and those that registered, as YAML without secrets."""
    with invocation.open_store().reading() as connection:
        initiatives = queries.initiatives(connection).values()
        found = [source for source, _ in stored_sources.load_active(connection)]
        topics = topic_words.with_words(invocation.settings.topics, topic_words.load(connection))
    click.echo(written(initiatives, found, topics), nl=False)


@click.command()
@click.argument("file", type=A_FILE)
@click.pass_obj
def backup(invocation: Invocation, file: Path) -> None:
    """Write the whole store into FILE, also while it is used."""
    size = keeping.backup(invocation.open_store(), file)
    click.echo(f"{file}: {size / 1e6:.1f} MB.")
    if not invocation.environment.secret_key:
        click.echo(f"Keep {key_file(invocation.database_url)} apart from it: without it secret addresses stay sealed.")


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(invocation: Invocation, file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the store; what came since is lost."""
    store = invocation.open_store()
    if not yes:
        click.confirm("Everything that came since the backup will be lost. Go on?", abort=True)
    keeping.restore(store, file)
    with invocation.open_store().reading() as connection:
        count = len(stored_sources.load_active(connection))
    click.echo(f"Restored: {count} sources. The next refresh brings them up to date.")
