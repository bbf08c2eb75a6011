"""Questions to people, and their answers: what evidence leaves open, and who said what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from aggregator.cli.explaining import record
from aggregator.cli.invocation import Invocation
from aggregator.cli.reasons import finding_in_words
from aggregator.errors import UsageError
from aggregator.model.linkage import Decision, Feature, HumanVerdict, Relation, Verdict
from aggregator.model.records import Record
from aggregator.model.settings import Settings
from aggregator.model.times import EventTime
from aggregator.pipeline.relink import relink
from aggregator.store import matching, questions, verdicts
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


def announcers(settings: Settings) -> dict[str, str]:
    """The name of who publishes each source."""
    names = {initiative.id: initiative.name for initiative in settings.initiatives}
    return {source.id: names.get(source.initiative, source.initiative) for source in settings.sources}


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


def record_lines(record: Record, names: Mapping[str, str], occurrence: str) -> Iterator[str]:
    """One announcement as people read it; of a series the date that is meant."""
    when = f"{spoken(record.start)}"
    if occurrence:
        when = f"a series, here its date {spoken(time_of(occurrence, record))}"
    yield f"   - {record.stated_title}"
    yield f"     {when}; {record.place.text or 'no place told'}; by {names.get(record.source, record.source)}"


def time_of(iso: str, record: Record) -> EventTime | None:
    """The date of a series that begins at an ISO 8601 time, as the series tells it."""
    return next((each.start for each in record.occurrences if each.original.iso() == iso), record.start)


def spoken(time: EventTime | None) -> str:
    """A start in words: "Wed 4 Nov 2026, 19:00"."""
    if time is None:
        return "no date"
    return f"{time.wall:%a} {time.wall.day} {time.wall:%b %Y}" + ("" if time.is_date else f", {time.wall:%H:%M}")


def words_seen(feature: Feature) -> str:
    """The words that two announcements share, where that is what was found."""
    return f" ({feature.left})" if feature.name in ("across", "text") and feature.left else ""


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
        titles = [f'"{record(id_, known).stated_title}"' for id_ in (one, other)]
        verdicts.add(connection, HumanVerdict(one, other, said, by, why, relation), now)
    changes = relink(store, invocation.settings, now)
    click.echo(f"Noted: {SAID[answer].format(*titles)} {changes.number} events changed.")


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
    click.echo(f"Taken back; the evidence decides again. {changes.number} events changed.")
