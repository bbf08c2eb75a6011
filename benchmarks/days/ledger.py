"""What must be shown: kept from what the feeds delivered, by the rules as they are written, without our code.

Nothing disappears because of an error or because it is over. A coming event that a whole healthy answer lacks is
missing; it is gone with a healthy answer six hours later or more. Where an answer was delivered to somebody who was
killed, both is right until the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.days.feeds import Listing, Said

CONFIRMED_AFTER = timedelta(hours=6)
UNKNOWN = datetime.max.replace(tzinfo=UTC)
SHOWN, EITHER, GONE = "shown", "either", "gone"
Key = tuple[int, str]


@dataclass(slots=True)
class Known:
    """One event: what may be shown of it, and since when it may have been missing (earliest, latest)."""

    said: set[Said]
    state: str = SHOWN
    missing: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What is not as the ledger says: events that are lost, shown although gone, told wrongly, or twice."""

    lost: tuple[Key, ...]
    gone: tuple[Key, ...]
    wrong: tuple[Key, ...]
    twice: tuple[Key, ...]

    @property
    def is_clean(self) -> bool:
        """Whether all is as it must be."""
        return not (self.lost or self.gone or self.wrong or self.twice)


@dataclass
class Ledger:
    """All events of all feeds, by the feed's number and the event's UID."""

    known: dict[int, dict[str, Known]] = field(default_factory=dict)

    def told(self, number: int, listing: Listing, at: datetime, certain: bool = True) -> None:
        """A whole healthy answer was delivered at that moment of the reader's clock."""
        here = self.known.setdefault(number, {})
        for uid, said in listing.items():
            if certain or uid not in here:
                here[uid] = Known({said}, SHOWN if certain else EITHER)
            else:
                here[uid].said.add(said)
                here[uid].state = EITHER if here[uid].state == GONE else here[uid].state
        for uid, known in here.items():
            if uid not in listing and not all(said.is_over(at) for said in known.said):
                absent(known, at, certain)

    def findings(self, shown: Mapping[Key, Iterable[Said]]) -> Findings:
        """Compare with what the calendar shows."""
        events = {(number, uid): known for number, here in self.known.items() for uid, known in here.items()}
        return Findings(
            lost=tuple(key for key, known in events.items() if known.state == SHOWN and key not in shown),
            gone=tuple(key for key in shown if key not in events or events[key].state == GONE),
            wrong=tuple(key for key, said in shown.items() if key in events and not set(said) <= events[key].said),
            twice=tuple(key for key, said in shown.items() if len(tuple(said)) > 1),
        )

    def count(self) -> int:
        """How many events there ever were."""
        return sum(map(len, self.known.values()))


def absent(known: Known, at: datetime, certain: bool) -> None:
    """An answer lacks the event."""
    if known.missing is None:
        known.missing = (at, at if certain else UNKNOWN)
        return
    earliest, latest = known.missing
    if at - earliest >= CONFIRMED_AFTER and known.state != GONE:
        sure = certain and latest != UNKNOWN and at - latest >= CONFIRMED_AFTER
        known.state = GONE if sure else EITHER
    if certain and latest == UNKNOWN:
        known.missing = (earliest, at)
