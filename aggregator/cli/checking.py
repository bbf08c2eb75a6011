"""Whether the configuration is right, and how the sources are doing."""

from __future__ import annotations

import json
import sys

import click

from aggregator.cli.invocation import Invocation
from aggregator.model.health import SourceOverview
from aggregator.model.secrets import shown_host
from aggregator.store import sources


@click.command(name="check-config")
@click.pass_obj
def check_config(invocation: Invocation) -> None:
    """Check sources.yaml and the environment; every mistake is told at once."""
    settings, _ = invocation.settings, invocation.environment
    count = f"{len(settings.initiatives)} initiatives, {len(settings.sources)} sources"
    click.echo(f"{settings.path}: no mistakes ({count}).")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per source.")
@click.pass_obj
def status(invocation: Invocation, as_json: bool) -> None:
    """Say how every source is doing: last success, events, and what is wrong in plain words."""
    with invocation.open_store().reading() as connection:
        overviews = sources.overviews(connection)
    for overview in overviews:
        click.echo(json.dumps(status_object(overview), ensure_ascii=False) if as_json else status_lines(overview))
    sys.exit(1 if any(overview.state.failure for overview in overviews) else 0)


def status_object(overview: SourceOverview) -> dict[str, object]:
    """One line of `status --json`."""
    state = overview.state
    return {
        "source": overview.source.id,
        "initiative": overview.initiative_name,
        "host": shown_host(overview.source.url),
        "state": state_word(overview),
        "error": {"class": state.failure.error_class.value, "sentence": state.failure.sentence("en")}
        if state.failure
        else None,
        "last_success_at": state.last_success_at.isoformat() if state.last_success_at else None,
        "next_at": state.next_at.isoformat() if state.next_at else None,
        "events": overview.events,
        "notices": overview.notices,
        "defects": [{"uid": d.uid or None, "line": d.line, "sentence": d.sentence("en")} for d in overview.defects],
    }


def status_lines(overview: SourceOverview) -> str:
    """One source for people: a line, and below it what is wrong."""
    lines = [
        f"{overview.source.id:<24} {state_word(overview):<10} {overview.events:>5} events {overview.notices:>4} notices"
    ]
    if overview.state.failure:
        lines.append(f"    {overview.state.failure.sentence('en')} [{overview.state.failure.error_class}]")
    lines += [f"    {defect.uid or '-'}: {defect.sentence('en')}" for defect in overview.defects]
    return "\n".join(lines)


def state_word(overview: SourceOverview) -> str:
    """The state in one word: ok, held, failing, new."""
    state = overview.state
    if state.held_since:
        return "held"
    if state.failure:
        return "failing"
    return "ok" if state.last_success_at else "new"
