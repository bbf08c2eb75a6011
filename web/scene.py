"""Everything that a page must know besides its events: when, where, for whom and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from aggregator.model.filters import EventFilter
from aggregator.model.settings import Settings
from aggregator.model.sources import Initiative
from aggregator.model.times import zone_info
from web.derived import Derived
from web.languages import Tongue
from web.links import Links


@dataclass(frozen=True, slots=True)
class Scene:
    """One visit, without anything of HTTP: what the pure page builders are given.

    `now` is UTC. `wanted` is the visitor's filter, `initiatives` those of the store by id.
    `saved_title` is what the operator calls the filter, when it was asked for by its short name. `derived` keeps
    what is counted of this state of the store.
    """

    settings: Settings
    tongue: Tongue
    links: Links
    now: datetime
    wanted: EventFilter
    initiatives: Mapping[str, Initiative]
    saved_title: str = ""
    derived: Derived = field(default_factory=Derived, compare=False, repr=False)

    @property
    def zone(self) -> str:
        """The site's time zone."""
        return self.settings.site.timezone

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(zone_info(self.zone)).date()

    @property
    def language(self) -> str:
        """The page's language."""
        return self.tongue.code

    def name_of(self, initiative_id: str) -> str:
        """An initiative's name; its id when the directory does not hold it any more."""
        initiative = self.initiatives.get(initiative_id)
        return initiative.name if initiative else initiative_id

    def topic_label(self, topic_id: str) -> str:
        """A topic's name in the page's language."""
        for topic in self.settings.topics:
            if topic.id == topic_id:
                return topic.label(self.language)
        return topic_id
