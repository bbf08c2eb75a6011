"""The front door of matching: which records speak of the same event, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from aggregator.match.announcements import with_notices
from aggregator.match.belonging import belongings, festival_of
from aggregator.match.blocking import ordered_ids
from aggregator.match.clustering import Difference, cluster
from aggregator.match.corpus import Corpus
from aggregator.match.deciding import HUMAN, OVERRIDE, HumanVerdicts, decide, differs, verdicts_by_pair
from aggregator.match.learning import Learnt, Lessons, Town
from aggregator.match.ledger import HintsOfAll, Ledger
from aggregator.match.spots import are_two_places
from aggregator.match.standardising import Profile, standardise
from aggregator.match.units import Hints, bare_unit, hints_of, marks_of
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


def likeliest_first(decision: Decision) -> tuple[float, str, str]:
    """The order of questions."""
    return -decision.score, decision.left, decision.right


@dataclass(frozen=True, slots=True)
class Room:
    """Where what comes of records is put, be it out of the memory: profiles by record id, and the units' hints."""

    profiles: MutableMapping[str, Profile] = field(default_factory=dict)
    hints: HintsOfAll = field(default_factory=list[Hints])


@dataclass(frozen=True, slots=True)
class Whole:
    """What came of a look at all records together: who belongs together, what they taught, how each is found.

    `pairs` is the number of those that were compared.
    """

    linkage: Linkage
    learnt: Learnt
    ledger: Ledger
    pairs: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of all records, closed under matches: none of them matches one that is not among them.

    `profiles` are those of their units and of all that these were compared with, `decisions` those on the pairs that
    touch them and tell anything, `festivals` the items among these with their festivals. `beside` are the overrides and
    notices, `pages` the addresses of the units that a notice leads to. `elsewhere` maps what they were compared with
    beyond them to its event's id.
    """

    profiles: Mapping[str, Profile]
    decisions: Sequence[Decision]
    festivals: Sequence[Belonging] = ()
    beside: Sequence[Record] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def link(records: Iterable[Record], town: Town, human: Sequence[HumanVerdict] = ()) -> Linkage:
    """Partition all records into clusters, a notice only if it links to an event; any order gives the same.

    Overrides are members of their series' cluster. `human` verdicts on an override count for its series.
    """
    return link_whole(sorted(records, key=lambda record: record.id), town, human).linkage


def link_whole(
    records: Iterable[Record],
    town: Town,
    human: Sequence[HumanVerdict] = (),
    lessons: Lessons | None = None,
    room: Room | None = None,
) -> Whole:
    """The same, with all that it takes to bring it up to date later by its parts.

    Records are matched with the `lessons`, or with those that they teach themselves. They come in the order of their
    ids, are gone through twice and not kept; what came of them is put into the `room`.
    """
    room = room or Room()
    ledger = Ledger(room.hints)
    standard = standardise(
        records,
        town,
        lessons,
        room.profiles,
        lambda each: ledger.put_down(bare_unit(each, town.zone), marks_of(each.face), hints_of(each)),
    )
    learnt = entered(ledger, standard.learnt, lessons)
    said = said_of_units(human, behind(standard.beside.values(), standard.profiles))
    judged = {ordered_ids(given.left, given.right) for given in said.values() if given.left != given.right}
    found = ledger.pairs()
    pairs = [*found, *sorted({pair for pair in judged if standard.profiles.keys() >= {*pair}}.difference(found))]
    decisions: list[Decision] = []
    festivals: list[Belonging] = []
    for one, other in pairs:
        told = standard.profiles[one], standard.profiles[other]
        decision = decide(*told, said, learnt.corpus, in_full=False)
        festivals += festival_of(decision, *told, learnt.corpus)
        if is_telling(decision):
            decisions.append(without_evidence(decision))
    decisions.sort(key=lambda decision: ordered_ids(decision.left, decision.right))
    part = Part(standard.profiles, decisions, festivals, tuple(standard.beside.values()), standard.pages)
    return Whole(link_part(part, said, learnt.corpus), learnt, ledger, len(pairs))


def entered(ledger: Ledger, learnt: Learnt, lessons: Lessons | None) -> Learnt:
    """Enter the keys of all units; what was learnt, crowded keys included."""
    ledger.enter(learnt.corpus, learnt.lessons.crowded)
    if lessons is None:
        learnt = Learnt(learnt.town, replace(learnt.lessons, crowded=ledger.crowded()))
        ledger.narrow(learnt.corpus, learnt.lessons.crowded)
    return learnt


def without_evidence(decision: Decision) -> Decision:
    """A decision without the evidence that nobody will ask for: people are asked about what is open only."""
    return replace(decision, features=()) if decision.verdict is Verdict.MATCH else decision


def is_telling(decision: Decision) -> bool:
    """Whether a decision brings records together, is left to people, or comes from one."""
    return decision.verdict is not Verdict.NO_MATCH or decision.rule == HUMAN


def link_part(part: Part, said: HumanVerdicts, corpus: Corpus) -> Linkage:
    """Partition the records of a part; the same as all records together would give for them."""
    profiles, inside = part.profiles, part.decisions
    if part.elsewhere:
        profiles = {id_: profile for id_, profile in part.profiles.items() if id_ not in part.elsewhere}
        inside = [each for each in part.decisions if each.left in profiles and each.right in profiles]
    clusters, held = cluster(profiles, inside, Knowledge(profiles, said, inside, corpus).difference())
    complete = with_notices(with_overrides(clusters, part.beside, profiles), part.beside, part.pages)
    parts = belongings(part.festivals, {**part.elsewhere, **places(clusters)})
    return Linkage(complete, tuple(part.decisions), parts, held, part.elsewhere)


def behind(beside: Iterable[Record], profiles: Container[str]) -> dict[str, str]:
    """The series that overrides are compared as, by the overrides' ids."""
    return {record.id: record.series for record in beside if record.series in profiles}


def said_of_units(human: Iterable[HumanVerdict], series: Mapping[str, str]) -> HumanVerdicts:
    """What people said, by pair of units; of an override it counts for its series."""
    return verdicts_by_pair(
        [
            replace(said, left=series.get(said.left, said.left), right=series.get(said.right, said.right))
            for said in human
        ]
    )


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
        return Difference(self.parted, self.differ, self.leaves_out, self.elsewhere)

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

    def elsewhere(self, single: str, told: str, other: str) -> bool:
        """Whether another copy of a series tells a place, not the single's, and the one that `told` tells none."""
        spot, silent, known = (self.profiles[record].face.spot for record in (single, told, other))
        return not (spot.is_known and silent.is_known) and are_two_places(spot, known)


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
    standard = standardise([record for _, record in sorted(known.items())], town)
    series = behind(known.values(), standard.profiles)
    one, other = (standard.profiles[series.get(record.id, record.id)] for record in (left, right))
    if one.record == other.record:
        return within_one_series(left, right, one)
    return decide(one, other, said_of_units(human, series), standard.corpus)


def within_one_series(left: Record, right: Record, series: Profile) -> Decision:
    """The decision on two records of one series: an override belongs to it, two overrides are two dates."""
    if left.is_override and right.is_override:
        return Decision(left.id, right.id, Verdict.NO_MATCH, rule="one_series")
    override = left if left.is_override else right
    occurrence = occurrence_of(override, series)
    return Decision(override.id, series.record, Verdict.MATCH, Relation.INSTANCE_OF, OVERRIDE, occurrence=occurrence)


def with_overrides(
    clusters: tuple[Cluster, ...], beside: Sequence[Record], profiles: Mapping[str, Profile]
) -> tuple[Cluster, ...]:
    """The clusters with the overrides of their series as members."""
    overrides: defaultdict[str, list[Member]] = defaultdict(list)
    for record in beside:
        if record.series in profiles and not record.is_notice:
            occurrence = occurrence_of(record, profiles[record.series])
            member = Member(record.id, Relation.INSTANCE_OF, occurrence, OVERRIDE, record.series)
            overrides[record.series].append(member)
    told = overrides.keys()
    return tuple(
        found
        if told.isdisjoint(found.records)
        else joined_by(found, [member for series in found.records for member in overrides.get(series, ())])
        for found in clusters
    )


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
