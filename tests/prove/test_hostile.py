"""Every hostile answer there is: 422 single cases and 26 scenarios, through the real product.

The scoring rules are those of the README beside the hostile feed server. Every case has a store and a clock of its
own; only the watchdog is shorter than in earnest, so that what hangs does so for seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.prove.hostile.scoring import Verdict
from tests.prove.hostile.server import HostileServer
from tests.prove.hostile.trials import verdicts

CASES, FEWEST_HANDLED, SCENARIOS = 422, 415, 26

pytestmark = pytest.mark.prove


def table(title: str, found: Sequence[Verdict]) -> str:
    """Handled M of N, and each one that is not with what speaks against it."""
    bad = [verdict for verdict in found if verdict.against]
    again = [verdict.case for verdict in found if verdict.is_second_try and not verdict.against]
    lines = [f"\n{title}: handled {len(found) - len(bad)} of {len(found)}"]
    lines += [f"  {len(again)} of them only when tried again alone: {', '.join(again)}"] if again else []
    for verdict in bad:
        lines.append(f"  {verdict.case} ({verdict.told})")
        lines += [f"    - {reason}" for reason in verdict.against[:6]]
    slowest = max(found, key=lambda verdict: verdict.seconds)
    largest = max(found, key=lambda verdict: verdict.megabytes)
    lines.append(
        f"  slowest {slowest.case}: {slowest.seconds:.1f} s; largest {largest.case}: {largest.megabytes:.0f} MB"
    )
    return "\n".join(lines)


def test_nearly_every_hostile_case_is_handled(server: HostileServer) -> None:
    found = verdicts(server, "case", server.cases())
    print(table("cases", found))
    assert len(found) == CASES
    assert sum(not verdict.against for verdict in found) >= FEWEST_HANDLED
    assert server.canary() == []


def test_every_scenario_is_handled(server: HostileServer) -> None:
    found = verdicts(server, "scenario", server.scenarios())
    print(table("scenarios", found))
    assert len(found) == SCENARIOS
    assert [verdict.case for verdict in found if verdict.against] == []
    assert server.canary() == []
