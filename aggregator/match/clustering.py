"""From decisions to clusters: best evidence first, and never two records together that are known to differ.

Two steps. Records that are the same are joined; then singles are attached to the series whose date they
are. Both are greedy in one fixed order of the decisions, so the result does not depend on the order of
the records, and both ask about *every* pair that a join would bring together, whatever chain led there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aggregator.match.deciding import HUMAN
from aggregator.match.standardising import Profile, moment_of
from aggregator.model.linkage import Cluster, Decision, Member, Relation, Verdict

# More announcements of one event than this come from a broken feed: one UID or one title for everything.
LARGEST_CLUSTER = 24


@dataclass(frozen=True, slots=True)
class Difference:
    """What is known of two records' being different.

    `anywhere`: a person said so, and they must never share a cluster. `together`: a person or a veto
    says so; they must not be one event, yet may be two dates of one series. `left_out`: whether a series
    excepts a date (ISO start). `elsewhere`: whether a series takes place where a single does not, by the records of
    the single, of the copy that matched it, and of another copy. A person's MATCH is stopped by the first only.
    """

    anywhere: Callable[[str, str], bool]
    together: Callable[[str, str], bool]
    left_out: Callable[[str, str], bool]
    elsewhere: Callable[[str, str, str], bool]


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
    profiles: Mapping[str, Profile], decisions: Iterable[Decision], difference: Difference
) -> tuple[tuple[Cluster, ...], tuple[Decision, ...]]:
    """The partition of the records that the decisions give, sorted by first record id, and the matches held back.

    A match is held back when it would make a cluster larger than any town announces one event.
    """
    matches = sorted((d for d in decisions if d.verdict is Verdict.MATCH), key=strength)
    # Most records match nobody, and there may be very many of them.
    groups = {record: Group([record]) for match in matches for record in (match.left, match.right)}
    held = []
    for match in matches:
        if match.relation is not Relation.INSTANCE_OF and not join(groups, match, difference):
            held.append(match)
    for match in matches:
        if match.relation is Relation.INSTANCE_OF:
            single = groups[match.left]
            if single.series is None and not any(profiles[record].is_series for record in single.records):
                attach(groups, match, difference)
    best = best_evidence(matches, groups)
    whole = {group for group in groups.values() if group.series is None}
    found = [finished(group, best) for group in whole]
    found += [Cluster((Member(record, Relation.SAME, ""),)) for record in profiles if record not in groups]
    return tuple(sorted(found, key=lambda each: each.records)), tuple(held)


def strength(decision: Decision) -> tuple[bool, float, str, str]:
    """The order in which matches are believed: a person's first, then the best evidence, ties by record ids."""
    return decision.rule != HUMAN, -decision.score, decision.left, decision.right


def join(groups: dict[str, Group], match: Decision, difference: Difference) -> bool:
    """Unite the groups of two records that are the same, unless any pair across them is known to differ.

    False if only the size of what would come of it forbids it.
    """
    left, right = groups[match.left], groups[match.right]
    is_human = match.rule == HUMAN
    differ = difference.anywhere if is_human else difference.together
    if left is right:
        return True
    if not is_human and len(left.records) + len(right.records) > LARGEST_CLUSTER:
        return False
    if any_pair(differ, left.records, right.records):
        return True
    larger, smaller = (left, right) if len(left.records) >= len(right.records) else (right, left)
    larger.records += smaller.records
    for record in smaller.records:
        groups[record] = larger
    return True


def attach(groups: dict[str, Group], match: Decision, difference: Difference) -> None:
    """Attach a group of singles to one date of a series, unless it has one already or anything there differs."""
    single, series = groups[match.left], groups[match.right]
    date = series.dates.setdefault(moment_of(match.occurrence), [])
    # A copy of the series may not know that this date was moved: only the record that told it is asked.
    there = [match.right] + [record for group in date for record in group.records]
    if (
        single.series is not None
        or (match.rule != HUMAN and any(difference.left_out(record, match.occurrence) for record in series.records))
        or (match.rule != HUMAN and any_pair(difference.together, single.records, there))
        or (match.rule != HUMAN and is_elsewhere(match.right, single.records, series.records, difference))
        or any_pair(difference.anywhere, single.records, series.everyone)
    ):
        return
    single.series, single.occurrence = series, match.occurrence
    date.append(single)


def is_elsewhere(told: str, single: Sequence[str], series: Sequence[str], difference: Difference) -> bool:
    """Whether the copy of a series that was matched tells no place, but another tells one, not the single's."""
    return any(difference.elsewhere(one, told, other) for one in single for other in series if other != told)


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
