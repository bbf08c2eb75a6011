"""The front door of matching: which records speak of the same event, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aggregator.match.announcements import with_notices
from aggregator.match.belonging import belongings
from aggregator.match.blocking import candidate_pairs, crowded_keys, narrowed
from aggregator.match.clustering import Difference, cluster
from aggregator.match.deciding import OVERRIDE, HumanVerdicts, decide, differs, verdicts_by_pair
from aggregator.match.standardising import Profile, Standard, Town, standardise
from aggregator.match.units import unit_of
from aggregator.model.linkage import Belonging, Cluster, Decision, HumanVerdict, Member, Relation, Verdict
from aggregator.model.records import Record


@dataclass(frozen=True, slots=True)
class Linkage:
    """The clusters, sorted by first record id, and the decision on every pair that was compared.

    `parts` are items with their festivals. `held` are matches that would have made a giant cluster.
    """

    clusters: tuple[Cluster, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parts: tuple[Belonging, ...] = ()
    held: tuple[Decision, ...] = ()

    @property
    def questions(self) -> tuple[Decision, ...]:
        """The pairs that a person should judge, likeliest first, one for any two clusters.

        Evidence leaves them open, and no cluster has answered them already.
        """
        cluster_of = {record: at for at, cluster in enumerate(self.clusters) for record in cluster.records}
        asked: dict[frozenset[int], Decision] = {}
        for decision in sorted(self.decisions, key=likeliest_first):
            between = frozenset((cluster_of[decision.left], cluster_of[decision.right]))
            if decision.verdict is Verdict.REVIEW and len(between) == 2:
                asked.setdefault(between, decision)
        return tuple(asked.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should look at: matches held back because a feed seems to repeat itself."""
        pairs = Counter(tuple(sorted(map(source_of, (each.left, each.right)))) for each in self.held)
        return tuple(
            f"{count} matches between {one} and {other} were held back: they would make one event of too many entries."
            for (one, other), count in sorted(pairs.items())
        )


def source_of(record: str) -> str:
    """The source of a record id."""
    return record.rpartition(".")[0]


def likeliest_first(decision: Decision) -> tuple[float, str, str]:
    """The order of questions."""
    return -decision.score, decision.left, decision.right


def link(records: Sequence[Record], town: Town, human: Sequence[HumanVerdict] = ()) -> Linkage:
    """Partition all records into clusters, a notice only if it links to an event; any order gives the same.

    Overrides are members of their series' cluster. `human` verdicts on an override count for its series.
    """
    standard = standardise(records, town)
    known = {record.id: record for record in records}
    said = [of_units(verdict, known) for verdict in human]
    by_pair = verdicts_by_pair(said)
    profiles = standard.profiles
    units = [unit_of(profile, standard.learnt) for profile in profiles.values()]
    pairs = candidate_pairs(narrowed(units, crowded_keys(units)), said)
    decisions = tuple(decide(profiles[one], profiles[other], by_pair, standard.corpus) for one, other in pairs)
    clusters, held = cluster(profiles, decisions, Knowledge(standard, by_pair, decisions).difference())
    parts = belongings(standard, decisions, clusters)
    return Linkage(with_notices(with_overrides(clusters, records, profiles), records), decisions, parts, held)


class Knowledge:
    """What is known of any two units' being different: compared already, or compared when first asked."""

    def __init__(self, standard: Standard, human: HumanVerdicts, decisions: Sequence[Decision]) -> None:
        """Start from the decisions that were made."""
        self.standard = standard
        self.human = human
        self.decided = {frozenset((each.left, each.right)): each for each in decisions}

    def difference(self) -> Difference:
        """The questions that clustering asks."""
        return Difference(self.parted, self.differ, self.leaves_out)

    def leaves_out(self, series: str, occurrence: str) -> bool:
        """Whether a series excepts a date, given by its ISO start: whoever still lists it was not told."""
        return date.fromisoformat(occurrence[:10]) in self.standard.profiles[series].left_out

    def parted(self, one: str, other: str) -> bool:
        """Whether a person said that two are different."""
        said = self.human.get(frozenset((one, other)))
        return said is not None and said.verdict is Verdict.NO_MATCH

    def differ(self, one: str, other: str) -> bool:
        """Whether a person or the evidence says that two are not one event."""
        pair = frozenset((one, other))
        if pair not in self.decided:
            profiles = self.standard.profiles
            self.decided[pair] = decide(profiles[one], profiles[other], self.human, self.standard.corpus)
        return differs(self.decided[pair])


def explain(
    left: Record, right: Record, records: Sequence[Record], town: Town, human: Sequence[HumanVerdict] = ()
) -> Decision:
    """The decision on any two records with all features compared, also when no block brings them together.

    `records` are all records of the store: they tell which identifiers prove nothing. Two overrides of
    one series, or a notice, are decided without comparing anything.
    """
    known = {record.id: record for record in (*records, left, right)}
    if left.is_notice or right.is_notice:
        return Decision(left.id, right.id, Verdict.NO_MATCH, rule="notice")
    standard = standardise(tuple(known.values()), town)
    one, other = (standard.profiles[compared_as(record.id, known)] for record in (left, right))
    if one.record == other.record:
        return within_one_series(left, right, one)
    said = [of_units(verdict, known) for verdict in human]
    return decide(one, other, verdicts_by_pair(said), standard.corpus)


def within_one_series(left: Record, right: Record, series: Profile) -> Decision:
    """The decision on two records of one series: an override belongs to it, two overrides are two dates."""
    if left.is_override and right.is_override:
        return Decision(left.id, right.id, Verdict.NO_MATCH, rule="one_series")
    override = left if left.is_override else right
    occurrence = occurrence_of(override, series)
    return Decision(override.id, series.record, Verdict.MATCH, Relation.INSTANCE_OF, OVERRIDE, occurrence=occurrence)


def compared_as(record: str, records: Mapping[str, Record]) -> str:
    """The id under which a record is compared: an override's is its series'."""
    series = records[record].series if record in records else ""
    return series if series in records else record


def of_units(verdict: HumanVerdict, records: Mapping[str, Record]) -> HumanVerdict:
    """A person's verdict on the units that the two records belong to."""
    return replace(verdict, left=compared_as(verdict.left, records), right=compared_as(verdict.right, records))


def with_overrides(
    clusters: tuple[Cluster, ...], records: Sequence[Record], profiles: Mapping[str, Profile]
) -> tuple[Cluster, ...]:
    """The clusters with the overrides of their series as members."""
    overrides: defaultdict[str, list[Member]] = defaultdict(list)
    for record in records:
        if record.series in profiles and record.id not in profiles and not record.is_notice:
            occurrence = occurrence_of(record, profiles[record.series])
            member = Member(record.id, Relation.INSTANCE_OF, occurrence, OVERRIDE, record.series)
            overrides[record.series].append(member)
    return tuple(joined_by(found, [m for series in found.records for m in overrides[series]]) for found in clusters)


def joined_by(cluster: Cluster, members: Sequence[Member]) -> Cluster:
    """The cluster with further members, in the order of record ids."""
    return Cluster(tuple(sorted((*cluster.members, *members), key=lambda member: member.record)))


def occurrence_of(override: Record, series: Profile) -> str:
    """The ISO original start of the date that an override replaces, spelled as the series spells it."""
    start = override.original or override.start
    if start is None:
        return ""
    face = series.dates.at(start) if series.dates else None
    return face.occurrence if face else start.iso()
