"""Why records were merged, or why not, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import click
from sqlalchemy.engine import Connection

from aggregator.cli.announced import announcers, record_lines
from aggregator.cli.invocation import Invocation
from aggregator.cli.reasons import finding_in_words, rule_in_words
from aggregator.errors import UsageError
from aggregator.match.deciding import EVIDENCE
from aggregator.match.linking import explain as explain_pair
from aggregator.match.weights import MATCH, PRIOR, REVIEW
from aggregator.model.linkage import Decision, Feature, HumanVerdict, Verdict
from aggregator.model.publishing import StoredMember
from aggregator.model.records import Record
from aggregator.pipeline.relink import town_of
from aggregator.store import events, queries, records, sources, verdicts

# Seconds and the distance from UTC: the wall clock is what people compare.
MACHINES_ONLY = re.compile(r"(?<=:\d\d):\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")


@click.command()
@click.argument("one", metavar="EVENT-OR-RECORD")
@click.argument("other", metavar="[RECORD]", required=False)
@click.pass_obj
def explain(invocation: Invocation, one: str, other: str | None) -> None:
    """Say why an event holds its records, or why two records are (not) one event."""
    with invocation.open_store().reading() as connection:
        known = {stored.record.id: stored.record for stored in records.load(connection)}
        members = events.load_members(connection)
        if other is None:
            event = event_id(connection, one, members)
            click.echo("\n".join([*event_lines(event, known, members), *umbrella_lines(connection, event)]))
        else:
            town = town_of(invocation.settings, {source.id: source for source, _ in sources.load_active(connection)})
            pair, said = (record(one, known), record(other, known)), verdicts.load(connection)
            decision = explain_pair(*pair, tuple(known.values()), town, said)
            names = announcers(invocation.settings)
            told = [line for each in pair for line in record_lines(each, names)]
            shown = shown_lines(decision, *(members[each.id].event if each.id in members else "" for each in pair))
            click.echo("\n".join([*pair_lines(decision, told), *person_lines(one, other, said), *shown]))


def event_id(connection: Connection, name: str, members: Mapping[str, StoredMember]) -> str:
    """The event that is meant: by its id, by an id it once had, or by one of its records."""
    if name in members:
        return members[name].event
    if queries.published(connection, name) is None:
        alias = queries.alias_of(connection, name)
        if alias is None:
            raise UsageError(f"There is no event or merged record called {name}.")
        return alias
    return name


def record(name: str, known: Mapping[str, Record]) -> Record:
    """The record of that id."""
    if name not in known:
        raise UsageError(f"There is no record called {name}; `records` lists them.")
    return known[name]


def event_lines(event: str, known: Mapping[str, Record], members: Mapping[str, StoredMember]) -> list[str]:
    """The event's records, each with the reason for its being there."""
    lines = [f"Event {event} was merged from:"]
    for stored in (stored for stored in members.values() if stored.event == event):
        member = stored.member
        where = f", the date {plain_time(member.occurrence)} of the series" if member.occurrence else ""
        why = f"{rule_in_words(member.rule)} ({member.matched_with})" if member.rule else "the first record"
        lines += [f"  {member.record}: {known[member.record].stated_title}{where}", f"      {why}"]
    return lines


def person_lines(one: str, other: str, said: Iterable[HumanVerdict]) -> list[str]:
    """Who said what of the two, and why."""
    return [
        f"  Said by {given.by}{f': {given.why}' if given.why else ''}  (undo {one} {other} takes it back)"
        for given in said
        if {given.left, given.right} == {one, other}
    ]


def shown_lines(decision: Decision, one: str, other: str) -> list[str]:
    """What is shown, where this pair alone would give something else: others have a say in it."""
    if not (one and other) or (one == other) == (decision.verdict is Verdict.MATCH):
        return []
    if one == other:
        return [f"  They are shown as one event all the same: others bring them together. See: explain {one}"]
    return ["  They are shown apart all the same: one of them belongs with others that differ from the other."]


def umbrella_lines(connection: Connection, event: str) -> list[str]:
    """The festivals that the event is an item of."""
    published = queries.published(connection, event)
    found = published.event.part_of if published else ()
    return [f"It is part of: {umbrella.title} ({umbrella.event})" for umbrella in found]


def pair_lines(decision: Decision, announced: Iterable[str]) -> list[str]:
    """The decision on two records, what they announce, and everything that was found, the weightiest first."""
    found = sorted(decision.features, key=lambda feature: (-abs(feature.weight), feature.name))
    told = (feature_line(feature) for feature in found if feature.weight)
    return [verdict_line(decision), *announced, *told, *sum_lines(decision)]


def verdict_line(decision: Decision) -> str:
    """The verdict in words."""
    answers = {
        Verdict.MATCH: "The same event",
        Verdict.NO_MATCH: "Not the same event",
        Verdict.REVIEW: "Perhaps the same event; a person should say",
    }
    answer = answers[decision.verdict]
    if decision.verdict is Verdict.MATCH and decision.occurrence:
        answer = f"One date ({plain_time(decision.occurrence)}) of that series"
    if decision.rule == EVIDENCE and decision.verdict is not Verdict.MATCH:
        return f"{answer}: the evidence does not suffice."
    return f"{answer}: {rule_in_words(decision.rule)}."


def feature_line(feature: Feature) -> str:
    """One finding: how much it says, in words, and what was seen."""
    return f"  {feature.weight:+6.1f}  {finding_in_words(feature.name, feature.level)}{seen_of(feature)}"


def seen_of(feature: Feature) -> str:
    """What was seen on either side; once if it is the same."""
    told = [plain_time(text) if feature.name in ("start", "end") else text for text in (feature.left, feature.right)]
    if not any(told):
        return ""
    return f"  ({told[0]})" if told[0] == told[1] else f"  ({told[0] or 'nothing'} | {told[1] or 'nothing'})"


def plain_time(iso: str) -> str:
    """ISO 8601 times without what only machines need: "2026-11-24 18:30"."""
    return MACHINES_ONLY.sub("", iso.replace("T", " ").replace(" / ", " or "))


def sum_lines(decision: Decision) -> list[str]:
    """How the findings add up against the thresholds; nothing where nothing was compared."""
    if not decision.features:
        return []
    sum_line = f"  {decision.score:+6.1f}  in all (merged from {MATCH:+.1f}, asked from {REVIEW:+.1f})"
    return [f"  {PRIOR:+6.1f}  two records of one day are strangers unless something speaks for them", sum_line]
