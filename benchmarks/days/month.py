"""Thirty simulated days of a town: everything that goes wrong in a month, and nothing may be lost.

    nice -n 10 python -m benchmarks.days.month [--sources 1000] [--events 8] [--days 30] [--seed 1] [--folder /dev/shm]

The feeds are served by real HTTP on the loopback, the scheduler's own steps run in a process of its own, on a clock
that is told. In the first two thirds of the days, around the end of summer time, that process is restarted twenty times
(often hours later), killed five times while it works, and its clock jumps by an hour and a day, there and back. The
last third, around the begin of summer time half a year later, runs through, so that its memory can be watched. Prints
what happened as JSON; ends with an error if anything is not as the model says.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from aggregator.store.database import Store, open_store
from benchmarks.days.feeds import Feed, Life, Server, serving
from benchmarks.days.ledger import Findings, Ledger
from benchmarks.days.process import WORK, Worker
from benchmarks.days.shown import nights_wrong, shown

ROOT = Path(__file__).resolve().parents[2]
AUTUMN = datetime(2026, 10, 12, tzinfo=UTC)
NIGHTS = (date(2026, 10, 25), date(2027, 3, 28))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# As the scheduler ticks, while much is due; else once a minute, which asks the same sources in fewer steps.
TICK = timedelta(seconds=15)
BUSY = 20
HANG_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How large and how wild."""

    sources: int = 1000
    events: int = 8
    days: int = 30
    seed: int = 1
    restarts: int = 20
    kills: int = 5
    changes_a_day: float = 150.0
    faulty: float = 0.05
    seldom: float = 6.0
    minutes: float = 1.0
    folder: str = ""


@dataclass
class Figures:
    """What is told at the end."""

    requests: int = 0
    steps: int = 0
    restarts: int = 0
    kills: int = 0
    killed_at_work: int = 0
    jumps: int = 0
    checks: int = 0
    spurious: int = 0
    most_a_minute: int = 0
    most_a_minute_after_restart: int = 0
    faulty_most_a_day: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


class Month:
    """The world, the worker, and the ledger between them."""

    def __init__(self, plan: Plan, server: Server, folder: Path) -> None:
        self.plan, self.server, self.url = plan, server, f"sqlite:///{folder / 'town.sqlite'}"
        self.random = random.Random(plan.seed)
        self.life = Life(server.feeds, plan.seed, plan.changes_a_day, plan.faulty)
        self.ledger, self.figures = Ledger(), Figures()
        self.offset = timedelta()
        self.step_minutes = plan.minutes * MINUTE
        self.next_due = AUTUMN
        self.begun = 0
        self.minutes: Counter[datetime] = Counter()
        self.faulty: Counter[tuple[str, int, date]] = Counter()
        self.calm_from = datetime.min.replace(tzinfo=UTC)
        self.store: Store = open_store(self.url, lambda: bytes(32))
        self.worker: Worker

    def start(self, now: datetime) -> None:
        """A fresh process."""
        self.begun += 1
        command = [sys.executable, "-c", WORK, self.url, self.server.origin]
        self.worker = Worker(
            [
                *command,
                str(self.plan.sources),
                str(self.plan.seed + self.begun),
                str(HANG_SECONDS),
                str(self.plan.seldom),
            ]
        )
        self.calm_from = now + 10 * MINUTE
        self.step("start", now)

    def step(self, name: str, now: datetime, killed_after: float | None = None) -> int:
        """One step of the worker; how many sources it asked. It may be killed so many seconds after it began."""
        self.figures.steps += 1
        at = now + self.offset
        self.worker.ask(name, at)
        if killed_after is not None:
            time.sleep(killed_after)
            self.worker.end(signal.SIGKILL)
            self.settle(at, None)
            return 0
        found = self.worker.answer()
        if found is None:
            raise RuntimeError(f"the worker died by itself in {name} at {at}")
        self.figures.mistakes += found["mistakes"]
        self.figures.memory.append(found["resident"])
        due = datetime.fromisoformat(found["due"]) - self.offset if found["due"] else now + DAY
        self.next_due = now if due > now + DAY else due
        self.settle(at, {source: outcome for source, outcome, _ in found["reports"]})
        self.count(now)
        return len(found["reports"])

    def settle(self, at: datetime, outcomes: dict[str, str] | None) -> None:
        """Write into the ledger what was delivered; None for the outcomes of one that was killed."""
        delivered, self.asked = self.server.taken()
        for one in delivered:
            certain = outcomes is not None
            if outcomes is not None and outcomes.get(str(one.number)) == "rejected":
                # A good answer that took longer than the short limit of this run, on a busy machine.
                self.figures.spurious += 1
                certain = False
            self.ledger.told(one.number, one.listing, at, certain)

    def count(self, now: datetime) -> None:
        """Requests by minute, and of faulty feeds by day."""
        self.figures.requests += len(self.asked)
        minute = now.replace(second=0)
        self.minutes[minute] += len(self.asked)
        figures, most = self.figures, self.minutes[minute]
        figures.most_a_minute = max(figures.most_a_minute, most if now >= self.calm_from else 0)
        figures.most_a_minute_after_restart = max(figures.most_a_minute_after_restart, most)
        for number, fault in self.asked:
            if fault:
                self.faulty[fault, number, now.date()] += 1

    # --- what happens in a month ---------------------------------------------------------------------

    def live(self, start: datetime, end: datetime, troubles: dict[datetime, list[str]]) -> None:
        """From one moment to another, with troubles at their moments."""
        now, hour = start, start - HOUR
        self.start(now)
        while now < end:
            if now - hour >= HOUR:
                hour = now.replace(minute=0, second=0)
                self.life.hour(now)
                self.step("deliver", now)
                if hour.hour == 3:
                    self.step("sweep", now)
                    self.check(now)
            for at in [at for at in troubles if at <= now]:
                for trouble in troubles.pop(at):
                    now = self.suffer(trouble, now)
            busy = self.step("tick", now) >= BUSY
            # Ticks that find nothing to do are left out.
            now = max(now + (TICK if busy else self.step_minutes), min(self.next_due, hour + HOUR))
        self.check(now)
        self.worker.end(signal.SIGTERM)

    def suffer(self, trouble: str, now: datetime) -> datetime:
        """One trouble; the moment when it is over."""
        if trouble.startswith("clock"):
            self.offset += timedelta(hours=int(trouble.removeprefix("clock")))
            self.figures.jumps += 1
            self.calm_from = now + 10 * MINUTE
            return now
        if trouble == "kill":
            later = now + self.random.choice((MINUTE, 30 * MINUTE))
            self.step("tick", later, killed_after=self.random.uniform(0.02, 0.4))
            self.figures.kills += 1
            self.figures.killed_at_work += bool(self.asked)
        else:
            later = now
            self.worker.end(signal.SIGTERM)
            self.figures.restarts += 1
        later += self.random.choice((timedelta(seconds=30), 20 * MINUTE, 3 * HOUR, 9 * HOUR))
        self.start(later)
        return later

    # --- is all as it must be? ------------------------------------------------------------------------

    def check(self, now: datetime) -> None:
        """Compare what is shown with the ledger."""
        self.figures.checks += 1
        findings = self.ledger.findings(shown(self.store))
        if not findings.is_clean:
            self.figures.bad.append(f"{now:%m-%d %H:%M} {told(findings)}")
        for night in NIGHTS:
            if abs(now.date() - night) <= 3 * DAY:
                self.figures.bad += [f"{now:%m-%d} {wrong}" for wrong in nights_wrong(self.store, night)]
        done = f"{now:%Y-%m-%d} requests={self.figures.requests} events={self.ledger.count()}"
        print(f"{done} {self.figures.bad[-1:] or 'as it must be'}", file=sys.stderr, flush=True)


def told(findings: Findings) -> str:
    """Numbers and the first of each."""
    kinds = {name: getattr(findings, name) for name in ("lost", "gone", "wrong", "twice")}
    return ", ".join(f"{name} {len(keys)} {keys[:3]}" for name, keys in kinds.items() if keys)


def troubles_of(plan: Plan, start: datetime, days: int) -> dict[datetime, list[str]]:
    """When what goes wrong: restarts and kills at random, jumps of the clock for some hours each."""
    chance = random.Random(plan.seed + 1000)
    found: dict[datetime, list[str]] = defaultdict(list)
    for trouble, times in (("restart", plan.restarts), ("kill", plan.kills)):
        for _ in range(times):
            found[start + DAY + timedelta(minutes=chance.randrange((days - 1) * 24 * 60))].append(trouble)
    for number, hours in enumerate((1, -1, 24, -24)):
        begin = start + days * DAY * (number + 1) / 6
        found[begin].append(f"clock{hours}")
        found[begin + chance.choice((3, 30)) * HOUR].append(f"clock{-hours}")
    return dict(sorted(found.items()))


def simulate(plan: Plan) -> Month:
    """The whole month."""
    feeds = [Feed(number) for number in range(plan.sources)]
    with tempfile.TemporaryDirectory(dir=plan.folder or None) as folder, serving(feeds) as server:
        month = Month(plan, server, Path(folder))
        wild = max(3, round(plan.days * 2 / 3))
        autumn = NIGHTS_EVE[0] - (wild // 2) * DAY
        month.life.begin(plan.events, autumn)
        month.live(autumn, autumn + wild * DAY, troubles_of(plan, autumn, wild))
        month.figures.memory.clear()
        month.offset = timedelta()
        spring = NIGHTS_EVE[1] - ((plan.days - wild) // 2) * DAY
        month.live(spring, spring + (plan.days - wild) * DAY, {})
        month.store.close()
    return month


NIGHTS_EVE = tuple(datetime(night.year, night.month, night.day, tzinfo=UTC) for night in NIGHTS)


def summary(month: Month, seconds: float) -> dict[str, Any]:
    """The figures of a month."""
    figures = month.figures
    for (fault, _, _), number in month.faulty.items():
        figures.faulty_most_a_day[fault] = max(figures.faulty_most_a_day[fault], number)
    # The first tenth fills caches and pools.
    steady = figures.memory[len(figures.memory) // 10 :]
    tenth = max(1, len(steady) // 10)
    growth = sorted(steady[-tenth:])[tenth // 2] - sorted(steady[:tenth])[tenth // 2]
    names = ("requests", "steps", "restarts", "kills", "killed_at_work", "jumps", "checks", "spurious")
    names += ("most_a_minute", "most_a_minute_after_restart", "faulty_most_a_day", "mistakes", "bad")
    return {
        "plan": {name: getattr(month.plan, name) for name in month.plan.__slots__},
        "events_ever": month.ledger.count(),
        "changes": month.life.done,
        "answers": month.server.answers,
        **{name: getattr(figures, name) for name in names},
        "memory_mb": round(steady[-1] / 1e6, 1),
        "memory_growth_mb": round(growth / 1e6, 1),
        "memory_by_tenth_mb": [round(steady[len(steady) * n // 10] / 1e6, 1) for n in range(10)],
        "minutes": round(seconds / 60, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in Plan.__slots__:
        default = getattr(Plan(), name)
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    began = time.perf_counter()
    month = simulate(Plan(**vars(parser.parse_args())))
    print(json.dumps(summary(month, time.perf_counter() - began), indent=1))
    if month.figures.bad or month.figures.mistakes:
        sys.exit("Not all is as it must be.")


if __name__ == "__main__":
    main()
