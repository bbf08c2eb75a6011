"""From decisions to clusters: best evidence first, and never two records together that are known to differ.

Two steps. Records that are the same are joined; then singles are attached to the series whose date they
are. Both are greedy in one fixed order of the decisions, so the result does not depend on the order of
the records, and both ask about *every* pair that a join would bring together, whatever chain led there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from aggregator.match.deciding import STRENGTH
from aggregator.match.standardising import moment_of
from aggregator.model.linkage import Cluster, Decision, Member, Relation, Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """What is known of two records' being different.

    `anywhere` must never share a cluster (a person said so); `together` must not be one event, yet may
    be two dates of one series.
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


def cluster(records: Iterable[str], decisions: Sequence[Decision], difference: Difference) -> tuple[Cluster, ...]:
    """The partition of `records` that the decisions give, sorted by first record id."""
    groups = {record: Group([record]) for record in records}
    matches = sorted((d for d in decisions if d.verdict is Verdict.MATCH), key=strength)
    for match in matches:
        if match.relation is Relation.SAME:
            join(groups, match, difference)
    series = {match.right for match in matches if match.relation is Relation.INSTANCE_OF}
    series_groups = {id(groups[record]) for record in series}
    for match in matches:
        if match.relation is Relation.INSTANCE_OF and id(groups[match.left]) not in series_groups:
            attach(groups[match.left], groups[match.right], match.occurrence, difference)
    whole = {id(group): group for group in groups.values() if group.series is None}
    best = best_evidence(matches, groups)
    return tuple(sorted((finished(group, best) for group in whole.values()), key=lambda found: found.records))


def strength(decision: Decision) -> tuple[int, str, str]:
    """The order in which matches are believed: the best evidence first, ties by record ids."""
    return STRENGTH[decision.rule], decision.left, decision.right


def join(groups: dict[str, Group], match: Decision, difference: Difference) -> None:
    """Unite the groups of two records that are the same, unless any pair across them is known to differ."""
    left, right = groups[match.left], groups[match.right]
    if left is right or any(difference.together(one, other) for one in left.records for other in right.records):
        return
    larger, smaller = (left, right) if len(left.records) >= len(right.records) else (right, left)
    larger.records += smaller.records
    for record in smaller.records:
        groups[record] = larger


def attach(single: Group, series: Group, occurrence: str, difference: Difference) -> None:
    """Attach a group of singles to one date of a series, unless it has one already or anything there differs."""
    date = series.dates.get(moment_of(occurrence), [])
    on_this_date = series.records + [record for group in date for record in group.records]
    if (
        single.series is not None
        or any(difference.together(one, other) for one in single.records for other in on_this_date)
        or any(difference.anywhere(one, other) for one in single.records for other in series.everyone)
    ):
        return
    single.series, single.occurrence = series, occurrence
    series.dates.setdefault(moment_of(occurrence), []).append(single)


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
