"""From decisions to clusters: best evidence first, and never two records together that are known to differ.

Two steps. Records that are the same are joined; then singles are attached to the series whose date they
are. Both are greedy in one fixed order of the decisions, so the result does not depend on the order of
the records, and both ask about *every* pair that a join would bring together, whatever chain led there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aggregator.match.deciding import HUMAN, STRENGTH
from aggregator.match.standardising import Profile, moment_of
from aggregator.model.linkage import Cluster, Decision, Member, Relation, Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """What is known of two records' being different.

    `anywhere`: a person said so, and they must never share a cluster. `together`: a person or a veto
    says so; they must not be one event, yet may be two dates of one series. A person's MATCH is stopped
    by the first only.
    """

    anywhere: Callable[[str, str], bool]
    together: Callable[[str, str], bool]


@dataclass(slots=True, eq=False)
class Group:
    """A cluster in the making: records that are the same, and the groups attached by date."""

    records: list[str]
    dates: dict[str, list[Group]] = field(default_factory=dict)
    series: Group | None = None
    occurrence: str = ""

    @property
    def everyone(self) -> list[str]:
        """All records, those of the attached groups too."""
        return self.records + [record for groups in self.dates.values() for group in groups for record in group.records]


def cluster(
    profiles: Mapping[str, Profile], decisions: Sequence[Decision], difference: Difference
) -> tuple[Cluster, ...]:
    """The partition of the records that the decisions give, sorted by first record id."""
    groups = {record: Group([record]) for record in profiles}
    matches = sorted((d for d in decisions if d.verdict is Verdict.MATCH), key=strength)
    for match in matches:
        if match.relation is Relation.SAME:
            join(groups, match, difference)
    repeating = {groups[profile.record] for profile in profiles.values() if profile.is_series}
    for match in matches:
        if match.relation is Relation.INSTANCE_OF and groups[match.left] not in repeating:
            attach(groups, match, difference)
    best = best_evidence(matches, groups)
    whole = {group for group in groups.values() if group.series is None}
    return tuple(sorted((finished(group, best) for group in whole), key=lambda found: found.records))


def strength(decision: Decision) -> tuple[int, str, str]:
    """The order in which matches are believed: the best evidence first, ties by record ids."""
    return STRENGTH[decision.rule], decision.left, decision.right


def join(groups: dict[str, Group], match: Decision, difference: Difference) -> None:
    """Unite the groups of two records that are the same, unless any pair across them is known to differ."""
    left, right = groups[match.left], groups[match.right]
    differ = difference.anywhere if match.rule == HUMAN else difference.together
    if left is right or any_pair(differ, left.records, right.records):
        return
    larger, smaller = (left, right) if len(left.records) >= len(right.records) else (right, left)
    larger.records += smaller.records
    for record in smaller.records:
        groups[record] = larger


def attach(groups: dict[str, Group], match: Decision, difference: Difference) -> None:
    """Attach a group of singles to one date of a series, unless it has one already or anything there differs."""
    single, series = groups[match.left], groups[match.right]
    date = series.dates.setdefault(moment_of(match.occurrence), [])
    there = series.records + [record for group in date for record in group.records]
    if (
        single.series is not None
        or (match.rule != HUMAN and any_pair(difference.together, single.records, there))
        or any_pair(difference.anywhere, single.records, series.everyone)
    ):
        return
    single.series, single.occurrence = series, match.occurrence
    date.append(single)


def any_pair(holds: Callable[[str, str], bool], left: Iterable[str], right: Sequence[str]) -> bool:
    """Whether something holds for any pair across two sets of records."""
    return any(holds(one, other) for one in left for other in right)


def best_evidence(matches: Sequence[Decision], groups: dict[str, Group]) -> dict[str, tuple[str, str]]:
    """For each record the strongest rule that ties it to another one of its cluster, and that other one."""
    best: dict[str, tuple[str, str]] = {}
    for match in matches:
        left, right = groups[match.left], groups[match.right]
        if (left.series or left) is (right.series or right):
            best.setdefault(match.left, (match.rule, match.right))
            best.setdefault(match.right, (match.rule, match.left))
    return best


def finished(group: Group, best: dict[str, tuple[str, str]]) -> Cluster:
    """The cluster of one group with everything attached to it."""
    members = [Member(record, Relation.SAME, "", *best.get(record, ("", ""))) for record in group.records]
    for single in (single for groups in group.dates.values() for single in groups):
        members += [
            Member(record, Relation.INSTANCE_OF, single.occurrence, *best.get(record, ("", "")))
            for record in single.records
        ]
    return Cluster(tuple(sorted(members, key=lambda member: member.record)))
