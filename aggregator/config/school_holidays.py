"""The school holidays that are shipped, by state; an operator adds more in sources.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from aggregator.model.holidays import SchoolHoliday

SHIPPED = Path(__file__).with_suffix(".yaml")


@lru_cache(maxsize=1)
def shipped() -> dict[str, tuple[SchoolHoliday, ...]]:
    """All that the file beside this one says."""
    stated = yaml.safe_load(SHIPPED.read_text("utf-8"))
    return {state: tuple(SchoolHoliday(**one) for one in holidays) for state, holidays in stated.items()}


def school_holidays(state: str, stated: tuple[SchoolHoliday, ...]) -> tuple[SchoolHoliday, ...]:
    """The shipped holidays of a state with those that the operator states, in order."""
    return tuple(sorted({*shipped().get(state, ()), *stated}, key=lambda one: (one.first, one.last, one.name)))
