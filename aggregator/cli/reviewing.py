"""Questions to people, and their answers: what evidence leaves open, and who said what."""

from __future__ import annotations

import click

from aggregator.cli.explaining import record
from aggregator.cli.invocation import Invocation
from aggregator.cli.reasons import finding_in_words
from aggregator.errors import UsageError
from aggregator.model.linkage import Decision, HumanVerdict, Relation, Verdict
from aggregator.model.records import Record
from aggregator.pipeline.relink import linkage_of, load, relink
from aggregator.store import records as stored_records
from aggregator.store import verdicts

ANSWERS = {
    "same": (Verdict.MATCH, Relation.SAME),
    "different": (Verdict.NO_MATCH, Relation.SAME),
    "instance": (Verdict.MATCH, Relation.INSTANCE_OF),
    "part": (Verdict.NO_MATCH, Relation.PART_OF),
}
MOST_REASONS = 3


@click.command()
@click.pass_obj
def review(invocation: Invocation) -> None:
    """List the pairs that a person should judge, likeliest first."""
    known = load(invocation.open_store(), invocation.settings, invocation.standing_clock()())
    linkage = linkage_of(known)
    records = {id_: stored.record for id_, stored in known.records.items()}
    for warning in linkage.warnings:
        click.echo(f"Warning: {warning}")
    for question in linkage.questions:
        click.echo("\n".join(question_lines(question, records)))
    click.echo(f"{len(linkage.questions)} open questions.")
    click.echo("Answer with: verdict same|different|instance|part A B --by NAME --why REASON")


def question_lines(question: Decision, records: dict[str, Record]) -> list[str]:
    """One question: both records, and what speaks for and against."""
    lines = [f"{question.score:+.1f}  same event?"]
    for id_ in (question.left, question.right):
        told = records[id_]
        start = told.start.iso() if told.start else "no date"
        lines.append(f"      {id_}  {start}  {told.stated_title}  ({told.place.text or 'no place'})")
    for sign, word in ((1, "for"), (-1, "against")):
        found = sorted((f for f in question.features if f.weight * sign > 0), key=lambda f: -abs(f.weight))
        clauses = [finding_in_words(f.name, f.level) or f.name for f in found[:MOST_REASONS]]
        lines += [f"      {word}: {'; '.join(clauses)}"] if clauses else []
    return lines


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
    store, now = invocation.open_store(), invocation.standing_clock()()
    said, relation = ANSWERS[answer]
    with store.writing() as connection:
        known = {stored.record.id: stored.record for stored in stored_records.load(connection)}
        record(one, known), record(other, known)
        verdicts.add(connection, HumanVerdict(one, other, said, by, why, relation), now)
    changes = relink(store, invocation.settings, now)
    click.echo(f"Noted: {answer}. {len(changes.events)} events changed.")


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
    click.echo(f"Taken back. {len(changes.events)} events changed.")
