"""Several fetches of one address, six simulated hours apart: what is visible after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aggregator.model.health import SourceReport
from tests.prove.hostile.scoring import GOOD
from tests.prove.hostile.town import STEP, Town

# "Empty for 2 days (under the confirmation age)" in 48 fetches: an hour apart. Six hours apart they would last
# twelve days, and an emptied calendar is believed after three.
STEPS = {"emptied-2-days": timedelta(hours=1)}


@dataclass(frozen=True)
class Scenario:
    """Which cases follow each other, and how many events are visible on the way and at the end."""

    id: str
    path: str
    fetches: int
    always: tuple[int, int] | None
    final: tuple[int, int]
    changes: int | None = None
    max_seconds: float | None = None

    @classmethod
    def of(cls, described: dict[str, Any]) -> Scenario:
        always, final = described["always"], described["final"]
        return cls(
            described["id"],
            described["path"],
            described["fetches"],
            (always[0], always[1]) if always else None,
            (final[0], final[1]),
            described.get("changes"),
            described.get("max_s"),
        )


def against_scenario(scenario: Scenario, town: Town) -> Iterator[str]:
    """What speaks against it: `always` after every fetch, `final`, and the number of changes told."""
    for number in range(scenario.fetches):
        report = town.refresh(STEPS.get(scenario.id, STEP) if number else timedelta())
        shown = town.titles()
        if scenario.always and not within(len(shown), scenario.always):
            yield f"{len(shown)} events after fetch {number + 1} ({report.outcome})"
            return
        if any(shown.count(title) > 1 for title in GOOD):
            yield f"doubles after fetch {number + 1}"
            return
        yield from against_report(report, shown, number)
    if not within(len(town.titles()), scenario.final):
        yield f"{len(town.titles())} events at the end"
    told = sum(each.added + each.changed + each.withdrawn for each in town.reports)
    if scenario.changes is not None and told != scenario.changes:
        yield f"{told} changes told instead of {scenario.changes}"


def against_report(report: SourceReport, shown: list[str], number: int) -> Iterator[str]:
    if report.events != len(shown):
        yield f"{report.events} events told after fetch {number + 1}, {len(shown)} shown"


def within(number: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number <= bounds[1]
