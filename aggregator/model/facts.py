"""What people filter by beside time, place and topic: price, access, children, language, online."""

from __future__ import annotations

from enum import StrEnum

from aggregator.model.values import dataclass


class Reply(StrEnum):
    """The answer to a yes-or-no question about an event; what nobody told is unknown, never "no"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer, and the words or the property that gave it."""

    reply: Reply = Reply.UNKNOWN
    evidence: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anybody told."""
        return self.reply is not Reply.UNKNOWN


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one record.

    `free`: nothing has to be paid (a donation may be asked for). `price` is the price as stated.
    `accessible`: without steps for a wheelchair. `children`: meant for children or families. `online`: one can
    take part from home. `languages` are the codes of the languages spoken there, empty when nobody told.
    """

    free: Fact = Fact()
    price: str = ""
    accessible: Fact = Fact()
    children: Fact = Fact()
    online: Fact = Fact()
    languages: tuple[str, ...] = ()
    languages_evidence: str = ""
