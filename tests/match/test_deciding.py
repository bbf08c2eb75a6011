"""What a decision tells of its evidence."""

from __future__ import annotations

from aggregator.match.comparing import Finding
from aggregator.match.deciding import ASPECTS, EVIDENCE, aspects_of
from aggregator.store import schema


def test_evidence_says_what_it_is_of() -> None:
    found = [Finding(name, "") for name in ("start", "end", "place", "title", "across")]
    assert aspects_of(found, [3.0, -1.5, 4.0, 0.5, 5.0]) == ["time", "place", "text"]


def test_what_evidence_may_be_of_fits_its_column() -> None:
    assert len(f"{EVIDENCE}:{','.join(ASPECTS)}") <= schema.members.c.rule.type.length
