"""Every finding that counts has words for people."""

from __future__ import annotations

import pytest

from aggregator.cli.reasons import finding_in_words, rule_in_words
from aggregator.match.weights import WEIGHTS


@pytest.mark.parametrize("name", WEIGHTS)
def test_whatever_is_weighed_can_be_told(name: str) -> None:
    assert [level for level, weight in WEIGHTS[name].items() if weight and not finding_in_words(name, level)] == []


def test_evidence_is_told_by_what_it_is_of() -> None:
    assert rule_in_words("evidence:time,host") == "all in all, the evidence speaks for it: the time, who announces it"
    assert rule_in_words("evidence") == "all in all, the evidence speaks for it"
