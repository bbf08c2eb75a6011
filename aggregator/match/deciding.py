"""The rungs of the ladder: which features together prove that two records are one event, and what forbids it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.match.comparing import compare
from aggregator.match.standardising import Face, Profile
from aggregator.model.linkage import Decision, Feature, HumanVerdict, Relation, Verdict

HUMAN = "human"
OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Rung:
    """Features that prove a match when all of them agree."""

    rule: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """A feature that forbids a match when it speaks against, unless all features of one set agree."""

    rule: str
    feature: str
    unless: tuple[tuple[str, ...], ...]


# Strongest evidence first.
RUNGS = (
    Rung("same_uid", ("uid", "start")),
    Rung("same_url", ("url", "start")),
    Rung("same_title_start_place", ("title", "start", "place")),
)

# A false merge is worse than a miss (rule 8): a veto beats every rung.
VETOES = (
    Veto("same_source", "source", unless=(("title", "start", "place"),)),
    Veto("generic_title", "generic_title", unless=(("place",), ("organiser",), ("uid",))),
)

STRENGTH = {HUMAN: 0, **{rung.rule: place for place, rung in enumerate(RUNGS, start=1)}}

HumanVerdicts = Mapping[frozenset[str], Verdict]


def verdicts_by_pair(human: Sequence[HumanVerdict]) -> HumanVerdicts:
    """What people said, by pair; the later of two verdicts on one pair counts, REVIEW takes it back."""
    return {frozenset((given.left, given.right)): given.verdict for given in human}


def judge(features: Sequence[Feature]) -> tuple[Verdict, str]:
    """The verdict on compared features and the rule that gave it ("" when nothing speaks either way)."""
    weights = {feature.name: feature.weight for feature in features}

    def agree(names: tuple[str, ...]) -> bool:
        return all(weights[name] > 0 for name in names)

    for veto in VETOES:
        if weights[veto.feature] < 0 and not any(map(agree, veto.unless)):
            return Verdict.NO_MATCH, veto.rule
    for rung in RUNGS:
        if agree(rung.needs):
            return Verdict.MATCH, rung.rule
    return Verdict.NO_MATCH, ""


def decide(one: Profile, other: Profile, human: HumanVerdicts) -> Decision:
    """The decision on two units: the same event, or one date of a series; a person's word always wins.

    The same for (one, other) and (other, one).
    """
    left, right = ordered(one, other)
    faces = facing(left, right)
    features = compare(*faces)
    verdict, rule = judge(features)
    said = human.get(frozenset((left.record, right.record)))
    if said in (Verdict.MATCH, Verdict.NO_MATCH):
        verdict, rule = said, HUMAN
    occurrence = faces[1].occurrence
    relation = Relation.INSTANCE_OF if occurrence else Relation.SAME
    return Decision(left.record, right.record, verdict, relation, rule, features, occurrence)


def known_to_differ(one: Profile, other: Profile, human: HumanVerdicts) -> bool:
    """Whether a person or a veto says that two units are not one event."""
    said = human.get(frozenset((one.record, other.record)))
    if said in (Verdict.MATCH, Verdict.NO_MATCH):
        return said is Verdict.NO_MATCH
    verdict, rule = judge(compare(*facing(*ordered(one, other))))
    return verdict is Verdict.NO_MATCH and rule != ""


def ordered(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    """A pair in its one order: a single before a series, else by record id."""
    left, right = sorted((one, other), key=lambda profile: (profile.is_series, profile.record))
    return left, right


def facing(left: Profile, right: Profile) -> tuple[Face, Face]:
    """The faces to compare: of a series that meets a single, the date on which the single falls.

    Where no date has its start, the only date of its day is meant (a person may say that a single with
    another hour is that date); else the series as a whole.
    """
    if left.is_series or not right.is_series:
        return left.face, right.face
    for moment in sorted(left.face.moments):
        if moment in right.dates:
            return left.face, right.dates[moment]
    days = {time.wall.date() for time in left.face.times}
    that_day = {
        face.occurrence: face for face in right.dates.values() if days & {time.wall.date() for time in face.times}
    }
    return left.face, that_day.popitem()[1] if len(that_day) == 1 else right.face
