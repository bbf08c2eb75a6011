"""From findings to a decision: the sum of the evidence against two thresholds, and a person's word above all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aggregator.match.comparing import compare
from aggregator.match.corpus import Corpus
from aggregator.match.standardising import Face, Profile, moment
from aggregator.match.weights import CONTRADICTION, DIFFERENT, MATCH, NEVER, PRIOR, REVIEW, weight
from aggregator.model.linkage import Decision, Feature, HumanVerdict, Relation, Verdict

HUMAN = "human"
OVERRIDE = "override"
EVIDENCE = "evidence"

# Reasons that can be told in one sentence, the plainest first.
TOGETHER = ("equal", "one_rhythm")
RULES: dict[str, dict[str, tuple[str, ...]]] = {
    "same_uid": {"uid": ("same",), "start": TOGETHER},
    "same_url": {"link": ("same_page",), "start": TOGETHER},
    "same_title_start_place": {
        "cover": ("equal", "equal_common"),
        "start": TOGETHER,
        "place": ("venue", "name", "point"),
    },
}

HumanVerdicts = Mapping[frozenset[str], HumanVerdict]


def verdicts_by_pair(human: Sequence[HumanVerdict]) -> HumanVerdicts:
    """What people said, by pair; the later of two verdicts on one pair counts, REVIEW takes it back."""
    return {frozenset((given.left, given.right)): given for given in human}


def weigh(left: Face, right: Face, corpus: Corpus) -> tuple[Feature, ...]:
    """Every feature of two faces with its weight in bits; what says nothing is left out."""
    findings = compare(left, right, corpus)
    weighed = (
        Feature(each.name, round(weight(each.name, each.level, each.amount), 2), each.left, each.right, each.level)
        for each in findings
    )
    return tuple(weighed)


def score_of(features: Sequence[Feature]) -> float:
    """The sum of the evidence, prior included."""
    return round(PRIOR + sum(feature.weight for feature in features), 2)


def judge(features: Sequence[Feature]) -> tuple[Verdict, str]:
    """The verdict on weighed features and the rule that gave it: a veto by name, "differ", or the evidence."""
    veto = next((feature for feature in features if feature.weight <= NEVER), None)
    if veto:
        return Verdict.NO_MATCH, f"{veto.name}_{veto.level}"
    score = score_of(features)
    if score >= MATCH:
        return Verdict.MATCH, rule_of(features)
    if score >= REVIEW:
        return Verdict.REVIEW, EVIDENCE
    return Verdict.NO_MATCH, EVIDENCE


def rule_of(features: Sequence[Feature]) -> str:
    """The shortest true reason for a match: the first rule whose levels are all found, else the sum of the evidence."""
    levels = {feature.name: feature.level for feature in features}
    rules = (rule for rule, needs in RULES.items() if all(levels[name] in allowed for name, allowed in needs.items()))
    return next(rules, EVIDENCE)


def differs(decision: Decision) -> bool:
    """Whether two units are known not to be one event: a person says so, or a contradiction is not outweighed."""
    if decision.rule == HUMAN or decision.verdict is Verdict.MATCH:
        return decision.verdict is Verdict.NO_MATCH
    return decision.score <= DIFFERENT or any(feature.weight <= CONTRADICTION for feature in decision.features)


def decide(one: Profile, other: Profile, human: HumanVerdicts, corpus: Corpus) -> Decision:
    """The decision on two units: the same event, or one date of a series; a person's word always wins.

    The same for (one, other) and (other, one).
    """
    left, right = ordered(one, other)
    said = human.get(frozenset((left.record, right.record)))
    said = said if said and said.verdict is not Verdict.REVIEW else None
    faces = facing(left, right, anywhen=bool(said and said.relation is Relation.INSTANCE_OF))
    features = weigh(*faces, corpus)
    verdict, rule = (said.verdict, HUMAN) if said else judge(features)
    occurrence = faces[1].occurrence
    relation = Relation.INSTANCE_OF if occurrence else Relation.SAME
    if said and said.relation is Relation.PART_OF:
        relation = Relation.PART_OF
    return Decision(left.record, right.record, verdict, relation, rule, features, occurrence, score_of(features))


def ordered(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    """A pair in its one order: a single before a series, else by record id."""
    left, right = sorted((one, other), key=lambda profile: (profile.is_series, profile.record))
    return left, right


def facing(left: Profile, right: Profile, anywhen: bool = False) -> tuple[Face, Face]:
    """The faces to compare: of a series that meets a single, the date on which the single falls.

    Where no date has its start, the nearest date of its day is meant (of all dates, if `anywhen`); else the
    series as a whole.
    """
    dates = right.dates
    if left.is_series or dates is None:
        return left.face, right.face
    for time in sorted(left.face.times, key=moment):
        if found := dates.at(time):
            return left.face, found
    that_day = [face for time in left.face.times for face in dates.on(time.wall.date())]
    if anywhen and not that_day:
        that_day = dates.everyone()
    return left.face, min(that_day, key=lambda face: distance(left.face, face), default=right.face)


def distance(one: Face, other: Face) -> tuple[float, str]:
    """How far two faces' starts are apart, in seconds; ties by the date's own start."""
    apart = min(abs((a.instant - b.instant).total_seconds()) for a in one.times for b in other.times)
    return apart, other.occurrence
