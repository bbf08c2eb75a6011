"""Questions to people: what evidence leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from aggregator.cli.announced import announcers, record_lines
from aggregator.cli.invocation import Invocation
from aggregator.cli.reasons import finding_in_words
from aggregator.model.linkage import Decision, Feature
from aggregator.model.records import Record
from aggregator.store import matching, questions
from aggregator.store import records as stored_records

MOST_REASONS = 3
ANSWERING = "Answer with: python -m aggregator verdict same|different|instance|part A B --by NAME --why REASON"


@click.command()
@click.pass_obj
def review(invocation: Invocation) -> None:
    """List the pairs that a person should judge, likeliest first, as the last matching left them open."""
    with invocation.open_store().reading() as connection:
        open_ones = questions.load(connection)
        held = matching.held_by_source(connection)
        asked = {id_ for question in open_ones for id_ in (question.left, question.right)}
        records = {stored.record.id: stored.record for stored in stored_records.load_some(connection, asked)}
    for warning in warnings(held):
        click.echo(f"Warning: {warning}")
    names = announcers(invocation.settings)
    for number, question in enumerate(open_ones, 1):
        click.echo("\n".join(question_lines(number, question, records, names)))
    click.echo(f"{len(open_ones)} open questions, the likeliest first. Nothing happens to what you leave open.")
    click.echo(ANSWERING)


def warnings(held: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """What an operator should look at: matches held back because a feed seems to repeat itself, by its sources."""
    pairs = {tuple(sorted((one, other))): count for one, found in held.items() for other, count in found.items()}
    for (one, other), count in sorted(pairs.items()):
        yield f"{count} matches between {one} and {other} were held back: one event would have too many entries."


def question_lines(
    number: int, question: Decision, records: Mapping[str, Record], names: Mapping[str, str]
) -> Iterator[str]:
    """One question: both announcements, what speaks for and against, and the command that answers it."""
    asked = "Is the first one a date of the second?" if question.occurrence else "Is this one event?"
    yield f"{number}. {asked}  ({question.score:+.1f})"
    for id_, occurrence in ((question.left, ""), (question.right, question.occurrence)):
        yield from record_lines(records[id_], names, occurrence)
    for sign, word in ((1, "for"), (-1, "against")):
        found = sorted((f for f in question.features if f.weight * sign > 0), key=lambda f: -abs(f.weight))
        clauses = [finding_in_words(f.name, f.level) + words_seen(f) for f in found[:MOST_REASONS]]
        if clauses:
            yield f"   {word}: {'; '.join(clauses)}"
    answer = "instance" if question.occurrence else "same"
    yield f"   verdict {answer} {question.left} {question.right} --by NAME   (or: different, part)"
    yield ""


def words_seen(feature: Feature) -> str:
    """The words that two announcements share, where that is what was found."""
    return f" ({feature.left})" if feature.name in ("across", "text") and feature.left else ""
