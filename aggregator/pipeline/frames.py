"""What matching and rendering know beside the records: site, initiatives, sources, venues, and the code itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from sqlalchemy import Connection

from aggregator.match import weights
from aggregator.match.learning import Town
from aggregator.match.naming import Naming, common_ends, learn_names
from aggregator.model.settings import Settings
from aggregator.model.sources import Initiative, Source
from aggregator.model.version import VERSION
from aggregator.store import known_places, matching, registered, sources, topic_words
from aggregator.store.codec import encode

# Another word here lets every store learn anew and match everything once: the code of matching itself has changed.
MATCHER = "houses that names tell in brackets, whose meeting it is at home, named rooms, what evidence is of, serenades"
TABLE = repr((weights.PRIOR, weights.MATCH, weights.REVIEW, weights.WEIGHTS, weights.CAPS))


@dataclass(frozen=True)
class Frame:
    """Everything but records and what people said of them; `mark` stands for all of it and for the code.

    `words` are those that operators gave to topics: the topic's id by the normal form of a source's category.
    """

    mark: str
    settings: Settings
    sources: Mapping[str, Source]
    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        """The initiatives by id."""
        return {initiative.id: initiative for initiative in self.settings.initiatives}

    @cached_property
    def naming(self) -> Naming:
        """By which names texts call the initiatives."""
        initiatives = tuple(self.initiatives.values())
        return learn_names(initiatives, common_ends(initiatives))

    @cached_property
    def town(self) -> Town:
        """What matching knows beside the records."""
        return town_of(self.settings, self.sources)

    @cached_property
    def rendering(self) -> str:
        """A hash of all that rendered bytes depend on beside the event: when it moves, all are rendered anew."""
        frame = (self.settings.site, self.settings.initiatives, self.settings.topics)
        return digest_of((VERSION, *map(encode, frame)))


def load_frame(connection: Connection, settings: Settings, last: Frame | None = None, mark: str = "") -> Frame:
    """The frame as the store and the settings hold it now; the last one if nothing differs by their mark."""
    mark = mark or mark_of(connection, settings)
    if last is not None and last.mark == mark:
        return last
    active = {source.id: source for source, _ in sources.load_active(connection)}
    everything = known_places.with_places(registered.with_registered(settings, connection), connection)
    words = topic_words.in_force(topic_words.load(connection), settings.topics)
    return Frame(mark, everything, active, words)


def mark_of(connection: Connection, settings: Settings) -> str:
    """A hash of everything that a frame is made of."""
    people = (tuple(known_places.load(connection).values()), topic_words.load(connection))
    given = (settings.site, settings.topics, settings.places, *people)
    return digest_of((VERSION, MATCHER, TABLE, *map(encode, given), *matching.surroundings(connection)))


def digest_of(texts: tuple[str, ...]) -> str:
    """A short hash of several texts."""
    return blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()


def town_of(settings: Settings, sources: Mapping[str, Source]) -> Town:
    """What matching knows beside the records."""
    initiatives = {initiative.id: initiative for initiative in settings.initiatives}
    return Town(settings.site.timezone, sources, initiatives, settings.places)
