"""A mail that came back, handed over by the mail server: whose weekly mail it was is counted."""

from __future__ import annotations

import sys

import click

from aggregator.cli.invocation import Invocation
from aggregator.mail.returning import LONGEST, returned_token
from aggregator.store import digests


@click.command()
@click.pass_obj
def returned(invocation: Invocation) -> None:
    """Read a delivery report from standard input, as a mail server's pipe gives it; anything else is left alone.

    Never fails because of what it reads: a mail server would send a report of the report.
    """
    token = returned_token(sys.stdin.buffer.read(LONGEST))
    if not token:
        click.echo("No report about a weekly mail.")
        return
    with invocation.open_store().writing() as connection:
        has_ended = digests.came_back(connection, token)
    click.echo("The subscription has ended." if has_ended else "Counted.")
