"""From findings to a decision: the sum of the evidence against two thresholds, and a person's word above all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from aggregator.match.comparing import Finding, compare, paired
from aggregator.match.corpus import Corpus
from aggregator.match.seeing import seen
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

# What a sum of evidence comes from, in the order in which it is told; a bit is the least that is worth telling.
ASPECTS: dict[str, tuple[str, ...]] = {
    "time": ("start", "end"),
    "place": ("place", "room"),
    "title": ("title", "cover"),
    "text": ("across", "text", "copy"),
    "host": ("organiser",),
    "link": ("link", "uid"),
}
TELLING = 1.0

HumanVerdicts = Mapping[frozenset[str], HumanVerdict]


def verdicts_by_pair(human: Sequence[HumanVerdict]) -> HumanVerdicts:
    """What people said, by pair; the later of two verdicts on one pair counts, REVIEW takes it back."""
    return {frozenset((given.left, given.right)): given for given in human}


def judge(findings: Sequence[Finding], weights: Sequence[float]) -> tuple[Verdict, str]:
    """The verdict on weighed findings and the rule that gave it: a veto by name, "differ", or the evidence."""
    if min(weights) <= NEVER:
        veto = next(finding for finding, told in zip(findings, weights, strict=True) if told <= NEVER)
        return Verdict.NO_MATCH, f"{veto.name}_{veto.level}"
    score = score_of(weights)
    if score >= MATCH:
        return Verdict.MATCH, rule_of(findings, weights)
    if score >= REVIEW:
        return Verdict.REVIEW, EVIDENCE
    return Verdict.NO_MATCH, EVIDENCE


def score_of(weights: Sequence[float]) -> float:
    """The sum of the evidence, prior included."""
    return round(PRIOR + sum(weights), 2)


def rule_of(findings: Sequence[Finding], weights: Sequence[float]) -> str:
    """The shortest true reason for a match: the first rule whose levels are all found, else what the evidence is of."""
    levels = {each.name: each.level for each in findings}
    rules = (rule for rule, needs in RULES.items() if all(levels[name] in allowed for name, allowed in needs.items()))
    return next(rules, None) or f"{EVIDENCE}:{','.join(aspects_of(findings, weights))}"


def aspects_of(findings: Sequence[Finding], weights: Sequence[float]) -> list[str]:
    """What of two announcements speaks for their being one: "time", "place", "title", "text", "host", "link"."""
    told = {each.name: worth for each, worth in zip(findings, weights, strict=True)}
    sums = {aspect: sum(told.get(name, 0.0) for name in names) for aspect, names in ASPECTS.items()}
    return [aspect for aspect, worth in sums.items() if worth >= TELLING]


def differs(decision: Decision) -> bool:
    """Whether two units are known not to be one event: a person says so, or a contradiction is not outweighed."""
    if decision.rule == HUMAN or decision.verdict is Verdict.MATCH:
        return decision.verdict is Verdict.NO_MATCH
    return decision.score <= DIFFERENT or any(feature.weight <= CONTRADICTION for feature in decision.features)


def decide(one: Profile, other: Profile, human: HumanVerdicts, corpus: Corpus, in_full: bool = True) -> Decision:
    """The decision on two units: the same event, or one date of a series; a person's word always wins.

    The same for (one, other) and (other, one). Unless `in_full`, what evidence alone makes clear is told without it.
    """
    left, right = ordered(one, other)
    said = human.get(frozenset((left.record, right.record)))
    said = said if said and said.verdict is not Verdict.REVIEW else None
    faces = facing(left, right, anywhen=bool(said and said.relation is Relation.INSTANCE_OF))
    pair = paired(*faces, corpus)
    findings = compare(pair)
    weights = [round(weight(*each), 2) for each in findings]
    verdict, rule = (said.verdict, HUMAN) if said else judge(findings, weights)
    is_asked = in_full or said is not None or verdict is Verdict.REVIEW
    weighed = zip(findings, weights, strict=True) if is_asked else ()
    features = features_of(tuple((each.name, told, *seen(each.name, pair), each.level) for each, told in weighed))
    occurrence = faces[1].occurrence
    relation = Relation.INSTANCE_OF if occurrence else Relation.SAME
    if said and said.relation is Relation.PART_OF:
        relation = Relation.PART_OF
    return Decision(left.record, right.record, verdict, relation, rule, features, occurrence, score_of(weights))


@lru_cache(1024)
def features_of(told: tuple[tuple[str, float, str, str, str], ...]) -> tuple[Feature, ...]:
    """The features of a decision; of calendars that list each other's events very many are alike, and are held once."""
    return tuple(Feature(*each) for each in told)


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
