"""The longest text that is read takes seconds of processor time at most, whatever it is made of."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from aggregator.model.prose import TextPart
from aggregator.normalise.prose.reading import read_prose
from aggregator.normalise.prose.tokens import LONGEST_TEXT

LONGEST = 5

pytestmark = pytest.mark.prove


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("5.12. ", id="dates"),
        pytest.param("5., ", id="days without month"),
        pytest.param("19 Uhr ", id="times"),
        pytest.param("jeden Samstag um 19 Uhr ", id="repetitions"),
        pytest.param("Samstag ", id="weekdays"),
        pytest.param("um ", id="prepositions"),
        pytest.param("bis ", id="until"),
        pytest.param("1", id="one long number"),
        pytest.param("\n", id="empty lines"),
        pytest.param("Am 5. Mai um 19 Uhr im Hof.\n", id="sentences"),
    ],
)
def test_the_time_is_bounded_for_any_text(piece: str) -> None:
    text = (piece * (LONGEST_TEXT // len(piece) + 1))[:LONGEST_TEXT]
    begun = process_time()
    read_prose((TextPart("content", text),), date(2026, 11, 20), "Europe/Berlin")
    assert process_time() - begun < LONGEST
