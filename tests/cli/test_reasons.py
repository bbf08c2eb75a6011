"""Every finding that counts has words for people."""

from __future__ import annotations

import pytest

from aggregator.cli.reasons import finding_in_words
from aggregator.match.weights import WEIGHTS


@pytest.mark.parametrize("name", WEIGHTS)
def test_whatever_is_weighed_can_be_told(name: str) -> None:
    assert [level for level, weight in WEIGHTS[name].items() if weight and not finding_in_words(name, level)] == []
