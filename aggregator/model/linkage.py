"""Which records speak of the same event, and why (terms of record linkage)."""

from __future__ import annotations

from enum import StrEnum

from aggregator.model.values import dataclass


class Verdict(StrEnum):
    """What is held of a candidate pair."""

    MATCH = "match"
    NO_MATCH = "no_match"
    REVIEW = "review"


class Relation(StrEnum):
    """How a record belongs to an event."""

    SAME = "same"
    INSTANCE_OF = "instance_of"
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing compared in a pair: its name, its weight for (+) or against (-) in bits, and the values seen.

    `level` says how the two relate ("equal", "doors").
    """

    name: str
    weight: float
    left: str = ""
    right: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one pair of records, with its evidence.

    `rule` names what decided (a rung such as `same_uid`, or `human`). For INSTANCE_OF, `left` is the
    single, `right` the series and `occurrence` the ISO original start of the occurrence meant.
    `score` is the sum of the evidence in bits.
    """

    left: str
    right: str
    verdict: Verdict
    relation: Relation = Relation.SAME
    rule: str = ""
    features: tuple[Feature, ...] = ()
    occurrence: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a cluster: how it belongs, to which occurrence, and the rule that brought it in."""

    record: str
    relation: Relation = Relation.SAME
    occurrence: str = ""
    rule: str = ""
    matched_with: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records held to be one event; `members` are sorted by record id."""

    members: tuple[Member, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all members."""
        return tuple(member.record for member in self.members)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A record that is an item of another one's festival (PART_OF): shown as belonging, never merged."""

    item: str
    umbrella: str


@dataclass(frozen=True, slots=True)
class HumanVerdict:
    """What a person said of two records; it always wins and survives re-import.

    MATCH with INSTANCE_OF: one is a date of the other, a series. NO_MATCH with PART_OF: one is an item of the other.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    why: str = ""
    relation: Relation = Relation.SAME
