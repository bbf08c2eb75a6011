"""Fetching now, and reading again what was fetched."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from random import uniform

import click
from tqdm import tqdm

from aggregator.cli.invocation import Invocation
from aggregator.errors import FetchLockTaken, UsageError
from aggregator.model.defects import Defect
from aggregator.model.health import Outcome, SourceReport
from aggregator.pipeline.replay import replay_all
from aggregator.pipeline.rounds import Round, refresh_all

TROUBLE = (Outcome.REJECTED, Outcome.HELD)


@click.command()
@click.argument("source_ids", nargs=-1, metavar="[SOURCE]...")
@click.option("--force", is_flag=True, help="Also those that are not due yet.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per source.")
@click.pass_obj
def refresh(invocation: Invocation, source_ids: tuple[str, ...], force: bool, as_json: bool) -> None:
    """Fetch the sources that are due (or those named), and bring the calendar up to date."""
    settings = invocation.settings
    unknown = [each for each in source_ids if settings.source(each) is None]
    if unknown:
        raise UsageError(f"There is no source called {', '.join(unknown)} in {settings.path}.")
    store = invocation.open_store()
    this_round = Round(store, settings, invocation.standing_clock(), lambda: uniform(-1, 1))
    try:
        with store.fetch_lock(), progress(len(source_ids) or len(settings.sources), as_json) as told:
            reports = refresh_all(this_round, source_ids, force, told)
    except FetchLockTaken as taken:
        raise UsageError(str(taken)) from taken
    for report in reports:
        if as_json:
            click.echo(json.dumps(report_object(report), ensure_ascii=False))
        elif report.outcome in TROUBLE and report.failure:
            click.echo(f"{report.source}: {report.failure.sentence('en')} [{report.failure.error_class}]", err=True)
    if not as_json:
        click.echo(summary(reports))
    sys.exit(1 if any(report.outcome is Outcome.REJECTED for report in reports) else 0)


@click.command()
@click.pass_obj
def replay(invocation: Invocation) -> None:
    """Read the last good answer of every source again, without the network."""
    store = invocation.open_store()
    this_round = Round(store, invocation.settings, invocation.standing_clock(), lambda: 0.0)
    with store.fetch_lock(), progress(len(invocation.settings.sources), False) as told:
        reports = replay_all(this_round, told)
    click.echo(summary(reports))


class progress:
    """A progress bar on a terminal, silence elsewhere; gives the function to call after each source."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.bar = tqdm(total=total, unit=" sources", desc="Refreshing", disable=quiet or not sys.stderr.isatty())

    def __enter__(self) -> Callable[[SourceReport], None]:
        return lambda _: self.bar.update()

    def __exit__(self, *_: object) -> None:
        self.bar.close()


def report_object(report: SourceReport) -> dict[str, object]:
    """One line of `refresh --json`; the keys are a promise."""
    return {
        "source": report.source,
        "outcome": report.outcome.value,
        "error": {"class": report.failure.error_class.value, "sentence": report.failure.sentence("en")}
        if report.failure
        else None,
        "added": report.added,
        "changed": report.changed,
        "withdrawn": report.withdrawn,
        "events": report.events,
        "notices": report.notices,
        "skipped": [{"uid": defect.uid or None, "reason": reason(defect)} for defect in report.skipped],
        "next_at": report.next_at.isoformat() if report.next_at else None,
    }


def reason(defect: Defect) -> str:
    """What is wrong and what was done about it, with the line if known."""
    place = f" (line {defect.line})" if defect.line else ""
    return f"{defect.sentence('en')}{place}"


def summary(reports: Sequence[SourceReport]) -> str:
    """One line for people: what this round did."""
    counts = {outcome: sum(report.outcome is outcome for report in reports) for outcome in Outcome}
    words = {
        Outcome.UPDATED: "updated",
        Outcome.UNCHANGED: "unchanged",
        Outcome.HELD: "held back",
        Outcome.REJECTED: "failed",
        Outcome.NOT_DUE: "not due yet",
    }
    return "Sources: " + (", ".join(f"{counts[each]} {words[each]}" for each in words if counts[each]) or "none") + "."
