"""What a feed says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic


@dataclass(frozen=True, slots=True)
class FeedDescription:
    """The frame of a feed: its title, its own address, the page that shows the same, and how to name things.

    `updated` (UTC) is the newest change in it; `initiatives` maps ids to those that its events name.
    `by_date` is set where every date of a series is an entry of its own.
    """

    title: str
    self_url: str
    page_url: str
    site: Site
    initiatives: Mapping[str, Initiative]
    topics: tuple[Topic, ...]
    language: str
    updated: datetime
    by_date: bool = False
