"""Runs cases and scenarios in worker processes; each case has a town of its own."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from aggregator.model.settings import FetchSettings
from aggregator.store.database import open_store
from tests.prove.hostile.demands import against_demand
from tests.prove.hostile.meters import Meter
from tests.prove.hostile.scenarios import Scenario, against_scenario
from tests.prove.hostile.scoring import (
    Case,
    Verdict,
    against_first_visit,
    against_sequence,
    first_visit,
)
from tests.prove.hostile.server import HostileServer
from tests.prove.hostile.town import town

WORKERS = 4
# Long enough for a good calendar that takes five seconds, short enough for a proof; what is tried alone has as long
# as in earnest, since ten megabytes take their time on a busy machine.
SECONDS, SECONDS_ALONE = 8.0, FetchSettings().total_seconds
SCENARIO_SECONDS = 2.0
LARGE = 5000
SEQUENCED = ("reject", "hold", "unchanged", "bounded")


class Trial:
    """What a worker process keeps between two cases."""

    def __init__(self, base: str, seconds: float) -> None:
        self.server = HostileServer(base)
        self.seconds = seconds
        self.folder = Path(mkdtemp(prefix="hostile-"))
        self.template = self.folder / "template.sqlite"
        open_store(f"sqlite:///{self.template}").close()
        errors = self.folder / "errors"
        errors.touch()
        os.dup2(os.open(errors, os.O_WRONLY | os.O_APPEND), 2)
        logging.getLogger().setLevel(logging.INFO)
        self.meter = Meter(errors)
        self.number = count()
        # The first case pays for every cache; it is a good one.
        self.try_case({"id": "good10", "expect": {"outcome": "accept", "events": 10}})

    def address(self, path: str, query: str = "") -> str:
        """An address of the server with counters of its own."""
        mark = f"k={os.getpid()}-{next(self.number)}"
        return f"{self.server.base}{path}{'&' if '?' in path else '?'}{mark}{'&' if query else ''}{query}"

    def try_case(self, described: dict[str, Any]) -> Verdict:
        case = Case(described["id"], described["expect"])
        url = self.address(f"/c/{case.id}", case.expected.get("query", ""))
        with town(self.template, self.server.origin, url, total_seconds=self.seconds) as place:
            visit = first_visit(case, place, self.meter.watch)
            against = [*against_first_visit(visit), *against_demand(visit, self.server, url)]
        if case.outcome in SEQUENCED:
            against += self.try_sequence(case)
        report = visit.report
        told = f"{report.outcome} {report.failure.error_class if report.failure else report.events}"
        told += f", {[defect.kind.value for defect in report.skipped][:3]}" if report.skipped else ""
        return Verdict(case.id, tuple(against), told, visit.reading.seconds, visit.reading.megabytes)

    def try_sequence(self, case: Case) -> list[str]:
        url = self.address(f"/seq/good10,{case.id},good10", case.expected.get("query", ""))
        with (
            town(self.template, self.server.origin, url, total_seconds=self.seconds) as place,
            self.meter.watch() as reading,
        ):
            against = list(against_sequence(case, place))
        return against + ([reading.log.strip().splitlines()[-1]] if "Traceback" in reading.log else [])

    def try_scenario(self, described: dict[str, Any]) -> Verdict:
        scenario = Scenario.of(described)
        url = self.address(scenario.path)
        opened = town(self.template, self.server.origin, url, total_seconds=SCENARIO_SECONDS)
        with opened as place, self.meter.watch() as reading:
            against = list(against_scenario(scenario, place))
        against += [reading.log.strip().splitlines()[-1]] if "Traceback" in reading.log else []
        if scenario.max_seconds and reading.seconds > scenario.max_seconds:
            against.append(f"{reading.seconds:.0f} s")
        return Verdict(scenario.id, tuple(against), seconds=reading.seconds, megabytes=reading.megabytes)


trial: Trial
Job = tuple[str, dict[str, Any]]


def begin(base: str, seconds: float) -> None:
    global trial
    trial = Trial(base, seconds)
    atexit.register(shutil.rmtree, trial.folder, ignore_errors=True)


def run(job: Job) -> Verdict:
    kind, described = job
    try:
        verdict = trial.try_case(described) if kind == "case" else trial.try_scenario(described)
    except Exception as error:
        logging.exception("trial %s", described["id"])
        verdict = Verdict(described["id"], (f"the trial itself broke: {error!r}",))
    if trial.server.canary():
        verdict = Verdict(verdict.case, (*verdict.against, "the canary was asked"), verdict.told)
    return verdict


def verdicts(server: HostileServer, kind: str, described: Iterable[dict[str, Any]]) -> list[Verdict]:
    """The verdicts on cases ("case") or scenarios ("scenario"); the largest run alone, since their time counts.

    What is not handled is tried once more, alone: a machine that is busy with the others may be too slow for a
    server that is slow itself.
    """
    jobs = {each["id"]: (kind, each) for each in described}
    alone = [job for job in jobs.values() if is_large(job[1])]
    crowd = [job for job in jobs.values() if job not in alone]
    found = {verdict.case: verdict for verdict in (*tried(server, crowd, WORKERS), *tried(server, alone, 1))}
    again = [jobs[name] for name, verdict in found.items() if verdict.against]
    for verdict in tried(server, again, 1):
        found[verdict.case] = replace(verdict, is_second_try=True)
    return list(found.values())


def tried(server: HostileServer, jobs: Sequence[Job], workers: int) -> list[Verdict]:
    """The verdicts of one pool of processes."""
    if not jobs:
        return []
    seconds = SECONDS if workers > 1 else SECONDS_ALONE
    with ProcessPoolExecutor(workers, get_context("spawn"), begin, (server.base, seconds)) as pool:
        return list(pool.map(run, jobs))


def is_large(described: dict[str, Any]) -> bool:
    """Whether a case holds thousands of events."""
    events = described.get("expect", {}).get("events")
    return described["id"] == "events-200k" or (isinstance(events, list) and events[1] >= LARGE)
