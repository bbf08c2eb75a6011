"""The front door of matching: which records speak of the same event, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.match.announcements import with_notices
from aggregator.match.blocking import candidate_pairs
from aggregator.match.clustering import Difference, cluster
from aggregator.match.deciding import OVERRIDE, decide, known_to_differ, verdicts_by_pair
from aggregator.match.standardising import Profile, moment, standardise
from aggregator.model.linkage import Cluster, Decision, HumanVerdict, Member, Relation, Verdict
from aggregator.model.records import Record
from aggregator.model.sources import Source


@dataclass(frozen=True, slots=True)
class Linkage:
    """The clusters, sorted by first record id, and the decision on every pair that was compared."""

    clusters: tuple[Cluster, ...] = ()
    decisions: tuple[Decision, ...] = ()


def link(records: Sequence[Record], sources: Mapping[str, Source], human: Sequence[HumanVerdict], zone: str) -> Linkage:
    """Partition all records into clusters; the same result for any order of the records.

    A notice takes part only if it links to an event's page (announcements.py).
    Overrides are members of their series' cluster. `human` verdicts on an override count for its series.
    `zone` is the site's, where local days begin.
    """
    profiles = standardise(records, sources)
    known = {record.id: record for record in records}
    said = [of_units(verdict, known) for verdict in human]
    by_pair = verdicts_by_pair(said)
    pairs = candidate_pairs(profiles, said, zone)
    decisions = tuple(decide(profiles[left], profiles[right], by_pair) for left, right in pairs)
    difference = Difference(
        anywhere=lambda one, other: by_pair.get(frozenset((one, other))) is Verdict.NO_MATCH,
        together=lambda one, other: known_to_differ(profiles[one], profiles[other], by_pair),
    )
    clusters = cluster(profiles, decisions, difference)
    return Linkage(with_notices(with_overrides(clusters, records, profiles), records), decisions)


def explain(
    left: Record,
    right: Record,
    records: Sequence[Record],
    sources: Mapping[str, Source],
    human: Sequence[HumanVerdict],
) -> Decision:
    """The decision on any two records with all features compared, also when no block brings them together.

    `records` are all records of the store: they tell which identifiers prove nothing. Two overrides of
    one series, or a notice, are decided without comparing anything.
    """
    known = {record.id: record for record in (*records, left, right)}
    if left.is_notice or right.is_notice:
        return Decision(left.id, right.id, Verdict.NO_MATCH, rule="notice")
    profiles = standardise(tuple(known.values()), sources)
    one, other = (profiles[unit_of(record.id, known)] for record in (left, right))
    if one.record == other.record:
        return within_one_series(left, right, one)
    said = [of_units(verdict, known) for verdict in human]
    return decide(one, other, verdicts_by_pair(said))


def within_one_series(left: Record, right: Record, series: Profile) -> Decision:
    """The decision on two records of one series: an override belongs to it, two overrides are two dates."""
    if left.is_override and right.is_override:
        return Decision(left.id, right.id, Verdict.NO_MATCH, rule="one_series")
    override = left if left.is_override else right
    occurrence = occurrence_of(override, series)
    return Decision(override.id, series.record, Verdict.MATCH, Relation.INSTANCE_OF, OVERRIDE, occurrence=occurrence)


def unit_of(record: str, records: Mapping[str, Record]) -> str:
    """The id under which a record is compared: an override's is its series'."""
    series = records[record].series if record in records else ""
    return series if series in records else record


def of_units(verdict: HumanVerdict, records: Mapping[str, Record]) -> HumanVerdict:
    """A person's verdict on the units that the two records belong to."""
    return replace(verdict, left=unit_of(verdict.left, records), right=unit_of(verdict.right, records))


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
    face = series.dates.get(moment(start))
    return face.occurrence if face else start.iso()
