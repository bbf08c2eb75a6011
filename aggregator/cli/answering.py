"""A person's word on two records: what may be said, what came of it, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping

import click
from sqlalchemy import Connection

from aggregator.cli.explaining import record
from aggregator.cli.invocation import Invocation
from aggregator.errors import UsageError
from aggregator.model.linkage import HumanVerdict, Relation, Verdict
from aggregator.model.records import Record
from aggregator.pipeline.relink import relink
from aggregator.store import events, verdicts
from aggregator.store import records as stored_records

ANSWERS = {
    "same": (Verdict.MATCH, Relation.SAME),
    "different": (Verdict.NO_MATCH, Relation.SAME),
    "instance": (Verdict.MATCH, Relation.INSTANCE_OF),
    "part": (Verdict.NO_MATCH, Relation.PART_OF),
}
SAID = {
    "same": "{} and {} are one event.",
    "different": "{} and {} are two events.",
    "instance": "{} is a date of the series {}.",
    "part": "{} and {} belong together, as a festival and its item do.",
}


@click.command()
@click.argument("answer", type=click.Choice(list(ANSWERS)))
@click.argument("one")
@click.argument("other")
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--why", default="", metavar="TEXT", help="The reason, for whoever asks later.")
@click.pass_obj
def verdict(invocation: Invocation, answer: str, one: str, other: str, by: str, why: str) -> None:
    """Say of two records that they are the same event, different ones, a date of a series, or an item of a festival."""
    if one == other:
        raise UsageError("A record is always the same as itself; name two.")
    if not by.strip():
        raise UsageError("Say who says so: --by NAME.")
    store, now = invocation.open_store(), invocation.standing_clock()()
    said, relation = ANSWERS[answer]
    with store.writing() as connection:
        known = {stored.record.id: stored.record for stored in stored_records.load(connection)}
        pair = in_order(record(one, known), record(other, known), known)
        if refusal := why_not(answer, *pair, known):
            raise UsageError(refusal)
        verdicts.add(connection, HumanVerdict(one, other, said, by.strip(), why.strip(), relation), now)
    changes = relink(store, invocation.settings, now)
    click.echo(f"Noted: {SAID[answer].format(*map(quoted, pair))} {counted(changes.number)}")
    if said is Verdict.MATCH:
        with store.reading() as connection:
            click.echo(what_keeps_apart(connection, (one, other), known), nl=False)


@click.command()
@click.argument("one")
@click.argument("other")
@click.pass_obj
def undo(invocation: Invocation, one: str, other: str) -> None:
    """Take back what a person said of two records; the evidence decides again."""
    store, now = invocation.open_store(), invocation.standing_clock()()
    with store.writing() as connection:
        pair = {one, other}
        if not any({given.left, given.right} == pair for given in verdicts.load(connection)):
            raise UsageError("Nobody has said anything of these two records.")
        verdicts.undo(connection, one, other, now)
    changes = relink(store, invocation.settings, now)
    click.echo(f"Taken back; the evidence decides again. {counted(changes.number)}")


def in_order(one: Record, other: Record, known: Mapping[str, Record]) -> tuple[Record, Record]:
    """The two records, a series last."""
    repeats = [whole(each, known).is_series for each in (one, other)]
    return (other, one) if repeats == [True, False] else (one, other)


def whole(record: Record, known: Mapping[str, Record]) -> Record:
    """What a record is judged as: the series whose date it changes, else the record itself."""
    return known.get(record.series, record) if record.series else record


def why_not(answer: str, one: Record, other: Record, known: Mapping[str, Record]) -> str:
    """Why nothing could follow from a verdict; empty if something can."""
    for each in (one, other):
        if each.is_notice:
            return f"{quoted(each)} tells no date, so it is no event and is merged with none."
    left, right = whole(one, known), whole(other, known)
    if left.id == right.id:
        return "Both belong to one series of one calendar: the feed itself says so, and no verdict changes that."
    if answer == "instance" and left.is_series == right.is_series:
        which = "Both of them are" if left.is_series else "Neither of them is"
        return f"{which} a series, so none is a date of the other; say same, different or part."
    if answer == "part" and (left.is_series or right.is_series):
        series = left if left.is_series else right
        return f"{quoted(series)} repeats, so it is neither a festival nor an item of one; say instance or different."
    return ""


def what_keeps_apart(connection: Connection, pair: tuple[str, str], known: Mapping[str, Record]) -> str:
    """One line for each earlier word that forbids what was said now; empty if the records are one event."""
    members = events.load_members_of(
        connection, {each.event for each in events.load_members(connection, pair).values()}
    )
    if not all(id_ in members for id_ in pair) or members[pair[0]].event == members[pair[1]].event:
        return ""
    lines = ["They are shown apart all the same, for something else that was said stands against it:"]
    for given in verdicts.load(connection):
        ends = [members[id_].event for id_ in (given.left, given.right) if id_ in members]
        if given.verdict is Verdict.NO_MATCH and len(set(ends)) == 2:
            titles = SAID["different"].format(quoted(known[given.left]), quoted(known[given.right]))
            lines += [f"  {given.by}: {titles}", f"    To take that back: undo {given.left} {given.right}"]
    return "\n".join([*lines, ""]) if len(lines) > 1 else "They are shown apart all the same; `explain` says why.\n"


def quoted(record: Record) -> str:
    """The title of a record, as it stands in a sentence."""
    return f'"{record.stated_title}"'


def counted(number: int) -> str:
    """How many events changed, as a sentence."""
    return "One event changed." if number == 1 else f"{number} events changed."
