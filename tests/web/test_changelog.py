"""What has changed, in words: no RRULE, no ISO date, no name of the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aggregator.model.health import Change
from web.calendar.changelog import in_words


@pytest.mark.parametrize(
    ("change", "german", "english"),
    [
        pytest.param(
            Change("start", "2026-12-12 14:00", "2027-01-09"),
            Change("Beginn", "Sa, 12. Dezember, 14:00", "Sa, 9. Januar 2027"),
            Change("Start", "Sat, 12 December, 14:00", "Sat, 9 January 2027"),
            id="times",
        ),
        pytest.param(
            Change("status", "confirmed", "cancelled"),
            Change("Stand", "findet statt", "fällt aus"),
            Change("Status", "takes place", "cancelled"),
            id="states",
        ),
        pytest.param(
            Change("recurrence", "FREQ=WEEKLY", "FREQ=DAILY"),
            Change("Wiederholung", "", "geändert"),
            Change("Repetition", "", "changed"),
            id="a rule only says that it changed",
        ),
        pytest.param(
            Change("occurrence", "2026-12-12", "2026-12-12 moved, 2026-12-19 14:00"),
            Change("Einzelner Termin", "Sa, 12. Dezember", "Sa, 12. Dezember verlegt, Sa, 19. Dezember, 14:00"),
            Change("One date", "Sat, 12 December", "Sat, 12 December moved, Sat, 19 December, 14:00"),
            id="one date of a series",
        ),
        pytest.param(
            Change("place", "cancelled 2026-13-45", "Saal"),
            Change("Ort", "cancelled 2026-13-45", "Saal"),
            Change("Place", "cancelled 2026-13-45", "Saal"),
            id="a place is nobody's word but the source's",
        ),
    ],
)  # fmt: skip
def test_a_change_reads_like_a_sentence(
    scene: Callable[..., Any], change: Change, german: Change, english: Change
) -> None:
    assert in_words(change, scene("de")) == german
    assert in_words(change, scene("en")) == english
