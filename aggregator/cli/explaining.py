"""Why records were merged, or why not, in words."""

from __future__ import annotations

from collections.abc import Mapping

import click
from sqlalchemy.engine import Connection

from aggregator.cli.invocation import Invocation
from aggregator.errors import UsageError
from aggregator.match.linking import explain as explain_pair
from aggregator.model.linkage import Decision, Verdict
from aggregator.model.publishing import StoredMember
from aggregator.model.records import Record
from aggregator.store import events, queries, records, sources, verdicts

RULES = {
    "same_uid": "both carry the same UID and start",
    "same_url": "both link to the same event page and start at the same time",
    "same_title_start_place": "title, start and place are the same",
    "override": "it changes one date of that series",
    "human": "a person said so",
    "same_source": "two entries of one calendar are two events unless title, start and place are equal",
    "generic_title": "the title could stand over any group's evening, and nothing else agrees",
    "one_series": "two dates of one series are never one event",
    "announces_page": "an item without a date that links to the event's own page",
    "notice": "an item without a date is not an event",
    "": "none of the rules holds",
}


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
            click.echo("\n".join(event_lines(event_id(connection, one, members), known, members)))
        else:
            click.echo("\n".join(pair_lines(connection, record(one, known), record(other, known), known)))


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
        where = f", the date {member.occurrence} of the series" if member.occurrence else ""
        why = f"{RULES.get(member.rule, member.rule)} ({member.matched_with})" if member.rule else "the first record"
        lines += [f"  {member.record}: {known[member.record].stated_title}{where}", f"      {why}"]
    return lines


def pair_lines(connection: Connection, left: Record, right: Record, known: Mapping[str, Record]) -> list[str]:
    """The decision on two records with everything that was compared."""
    by_id = {source.id: source for source, _ in sources.load_active(connection)}
    decision = explain_pair(left, right, tuple(known.values()), by_id, verdicts.load(connection))
    return [verdict_line(decision), *(feature_line(decision, index) for index in range(len(decision.features)))]


def verdict_line(decision: Decision) -> str:
    """The verdict in words."""
    answer = "The same event" if decision.verdict is Verdict.MATCH else "Not the same event"
    if decision.verdict is Verdict.MATCH and decision.occurrence:
        answer = f"One date ({decision.occurrence}) of that series"
    return f"{answer}: {RULES.get(decision.rule, decision.rule)}."


def feature_line(decision: Decision, index: int) -> str:
    """One feature: agrees, differs or says nothing, and what was seen."""
    feature = decision.features[index]
    word = "agrees" if feature.weight > 0 else "differs" if feature.weight < 0 else "says nothing"
    return f"  {feature.name:<14} {word:<12} {feature.left!r} / {feature.right!r}"
