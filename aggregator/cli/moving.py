"""A store moves to another database."""

from __future__ import annotations

import click

from aggregator.cli.invocation import Invocation
from aggregator.store.copying import copy_store
from aggregator.store.database import open_store


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.pass_obj
def migrate_store(invocation: Invocation, source: str, target: str) -> None:
    """Copy the store at FROM into the empty database TO, and compare every row.

    Both are addresses as for --database. Stop the service first; FROM is only read.
    """

    def tell(table: str, rows: int) -> None:
        click.echo(f"{table:<24} {rows:>9}")

    old, new = open_store(source), open_store(target)
    try:
        copy_store(old, new, tell)
    finally:
        old.close()
        new.close()
    click.echo("Every row was read back equal. / Jede Zeile stimmt überein.")
