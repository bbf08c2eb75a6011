"""The venues that the instance knows, and those that its feeds agree on."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from aggregator.cli.invocation import Invocation
from aggregator.match.candidates import Candidate, candidates
from aggregator.match.naming import first_clause
from aggregator.model.places import KnownPlace
from aggregator.store import known_places, registered
from aggregator.store import records as stored_records


@click.command()
@click.option("--candidates", "proposing", is_flag=True, help="Those that feeds agree on and nobody has entered yet.")
@click.pass_obj
def places(invocation: Invocation, proposing: bool) -> None:
    """Print venues as YAML, ready to be pasted into places.yaml; nothing is looked up anywhere."""
    with invocation.open_store().reading() as connection:
        settings = known_places.with_places(registered.with_registered(invocation.settings, connection), connection)
        records = [each.record for each in stored_records.load(connection) if each.withdrawn_at is None]
    if not proposing:
        click.echo("\n".join(["places:", *(line for place in settings.places for line in place_lines(place))]))
        return
    names = [first_clause(each.name) for each in settings.initiatives]
    found = candidates([(record.source, record.place) for record in records], settings.places, names)
    click.echo("\n".join(["places:", *(line for each in found for line in candidate_lines(each))]))
    click.echo(f"# {len(found)} venues that several calendars name. Check them before you paste them.")


def candidate_lines(candidate: Candidate) -> Iterator[str]:
    """One proposal with why it is one."""
    yield f"  # named {candidate.entries} times by {candidate.sources} calendars"
    yield from place_lines(candidate.place)


def place_lines(place: KnownPlace) -> Iterator[str]:
    """One entry of places.yaml; every text in quotes, so that none is read as anything else."""
    yield f"  - name: {quoted(place.name)}"
    if place.aliases:
        yield f"    aliases: [{', '.join(map(quoted, place.aliases))}]"
    if place.address:
        yield f"    address: {quoted(place.address)}"
    if place.latitude is not None and place.longitude is not None:
        yield f"    lat: {place.latitude:.5f}"
        yield f"    lon: {place.longitude:.5f}"
    if place.accessibility:
        yield f"    accessibility: {quoted(place.accessibility)}"


def quoted(text: str) -> str:
    """A text as a YAML scalar: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)
