"""The front door of matching: which records speak of the same event, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from aggregator.match.announcements import with_notices
from aggregator.match.belonging import belongings, umbrella_and_item
from aggregator.match.blocking import candidate_pairs, crowded_keys, narrowed
from aggregator.match.clustering import Difference, cluster
from aggregator.match.corpus import Corpus
from aggregator.match.deciding import HUMAN, OVERRIDE, HumanVerdicts, decide, differs, verdicts_by_pair
from aggregator.match.learning import Learnt, Lessons, Town
from aggregator.match.standardising import Profile, standardise
from aggregator.match.units import Unit, unit_of
from aggregator.model.linkage import Belonging, Cluster, Decision, HumanVerdict, Member, Relation, Verdict
from aggregator.model.records import Record


@dataclass(frozen=True, slots=True)
class Linkage:
    """The clusters, sorted by first record id, and the decisions from which anything follows.

    `parts` are items with their festivals. `held` are matches that would have made a giant cluster. `elsewhere` maps
    records of decisions that are in none of these clusters to their events (see Part).
    """

    clusters: tuple[Cluster, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parts: tuple[Belonging, ...] = ()
    held: tuple[Decision, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Decision, ...]:
        """The pairs that a person should judge, likeliest first, one for any two clusters.

        Evidence leaves them open, and no cluster has answered them already.
        """
        cluster_of: dict[str, int | str] = {**self.elsewhere, **places(self.clusters)}
        asked: dict[frozenset[int | str], Decision] = {}
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


@dataclass(frozen=True, slots=True)
class Whole:
    """What came of a look at all records together: who belongs together, what they taught, how each is found.

    `pairs` is the number of those that were compared.
    """

    linkage: Linkage
    learnt: Learnt
    units: tuple[Unit, ...]
    pairs: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of all records, closed under matches: none of them matches one that is not among them.

    `records` bring their overrides and notices, `profiles` are those of their units and of all that these were
    compared with, `decisions` those on the pairs that touch them. `elsewhere` maps what they were compared with
    beyond them to its event's id.
    """

    records: Sequence[Record]
    profiles: Mapping[str, Profile]
    decisions: Sequence[Decision]
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def link(records: Sequence[Record], town: Town, human: Sequence[HumanVerdict] = ()) -> Linkage:
    """Partition all records into clusters, a notice only if it links to an event; any order gives the same.

    Overrides are members of their series' cluster. `human` verdicts on an override count for its series.
    """
    return link_whole(records, town, human).linkage


def link_whole(
    records: Sequence[Record], town: Town, human: Sequence[HumanVerdict] = (), lessons: Lessons | None = None
) -> Whole:
    """The same, with all that it takes to bring it up to date later by its parts.

    Records are matched with the `lessons`, or with those that they teach themselves.
    """
    standard = standardise(records, town, lessons)
    known = {record.id: record for record in records}
    said = said_of_units(human, known)
    profiles = standard.profiles
    units = [unit_of(profile, standard.learnt) for profile in profiles.values()]
    crowded = lessons.crowded if lessons else crowded_keys(units)
    units = narrowed(units, crowded)
    pairs = candidate_pairs(units, said.values())
    decided = (decide(profiles[one], profiles[other], said, standard.corpus) for one, other in pairs)
    # Of most pairs nothing follows, and their evidence would fill the memory.
    decisions = [each for each in decided if is_telling(each) or umbrella_and_item(each, profiles, standard.corpus)]
    learnt = Learnt(town, replace(standard.learnt.lessons, crowded=crowded))
    return Whole(link_part(Part(records, profiles, decisions), said, learnt.corpus), learnt, tuple(units), len(pairs))


def is_telling(decision: Decision) -> bool:
    """Whether a decision brings records together, is left to people, or comes from one."""
    return decision.verdict is not Verdict.NO_MATCH or decision.rule == HUMAN


def link_part(part: Part, said: HumanVerdicts, corpus: Corpus) -> Linkage:
    """Partition the records of a part; the same as all records together would give for them."""
    profiles = {id_: profile for id_, profile in part.profiles.items() if id_ not in part.elsewhere}
    inside = [each for each in part.decisions if each.left in profiles and each.right in profiles]
    clusters, held = cluster(profiles, inside, Knowledge(profiles, said, inside, corpus).difference())
    complete = with_notices(with_overrides(clusters, part.records, profiles), part.records)
    parts = belongings(part.profiles, corpus, part.decisions, {**part.elsewhere, **places(clusters)})
    return Linkage(complete, tuple(part.decisions), parts, held, part.elsewhere)


def said_of_units(human: Iterable[HumanVerdict], records: Mapping[str, Record]) -> HumanVerdicts:
    """What people said, by pair of units."""
    return verdicts_by_pair([of_units(verdict, records) for verdict in human])


def places(clusters: Sequence[Cluster]) -> dict[str, int]:
    """The position of each record's cluster."""
    return {record: at for at, found in enumerate(clusters) for record in found.records}


class Knowledge:
    """What is known of any two units' being different: compared already, or compared when first asked."""

    def __init__(
        self, profiles: Mapping[str, Profile], human: HumanVerdicts, decisions: Sequence[Decision], corpus: Corpus
    ) -> None:
        """Start from the decisions that were made."""
        self.profiles = profiles
        self.corpus = corpus
        self.human = human
        self.decided = {frozenset((each.left, each.right)): each for each in decisions}

    def difference(self) -> Difference:
        """The questions that clustering asks."""
        return Difference(self.parted, self.differ, self.leaves_out)

    def leaves_out(self, series: str, occurrence: str) -> bool:
        """Whether a series excepts a date, given by its ISO start: whoever still lists it was not told."""
        return date.fromisoformat(occurrence[:10]) in self.profiles[series].left_out

    def parted(self, one: str, other: str) -> bool:
        """Whether a person said that two are different."""
        said = self.human.get(frozenset((one, other)))
        return said is not None and said.verdict is Verdict.NO_MATCH

    def differ(self, one: str, other: str) -> bool:
        """Whether a person or the evidence says that two are not one event."""
        pair = frozenset((one, other))
        if pair not in self.decided:
            self.decided[pair] = decide(self.profiles[one], self.profiles[other], self.human, self.corpus)
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
    return decide(one, other, said_of_units(human, known), standard.corpus)


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
