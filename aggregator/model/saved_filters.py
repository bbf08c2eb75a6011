"""Filters that the operator or an initiative gave a short name."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.filters import EventFilter


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with a short name for addresses and a title for people."""

    name: str
    title: str
    wanted: EventFilter
