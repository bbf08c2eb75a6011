"""What is in the store, as lines for people and programs: records, events, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from urllib.parse import parse_qsl

import click
from sqlalchemy.engine import Connection

from aggregator.cli.invocation import Invocation
from aggregator.export.atom import render_atom
from aggregator.export.description import FeedDescription
from aggregator.export.events_json import event_object
from aggregator.export.ics import assemble
from aggregator.export.jsonfeed import render_json_feed
from aggregator.model.filters import EventFilter, parse_filter
from aggregator.model.linkage import Relation
from aggregator.model.publishing import StoredMember
from aggregator.model.records import Record, StoredRecord
from aggregator.store import events as stored_events
from aggregator.store import queries
from aggregator.store import records as stored_records

MOST_ENTRIES = 100


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.pass_obj
def records(invocation: Invocation, as_json: bool) -> None:
    """Print every record: one source's statement about one event."""
    store = invocation.open_store()
    with store.reading() as connection:
        live = [each for each in stored_records.load(connection) if each.withdrawn_at is None]
        members = stored_events.load_members(connection)
    for each in sorted(live, key=lambda stored: stored.record.id):
        line = record_object(each, members)
        click.echo(json.dumps(line, ensure_ascii=False) if as_json else record_line(each.record, line))


def record_object(stored: StoredRecord, members: Mapping[str, StoredMember]) -> dict[str, object]:
    """One record with exactly the keys that others read; a notice has neither times nor event."""
    record = stored.record
    place = members.get(record.id)
    is_instance = record.is_override or (place is not None and place.member.relation is Relation.INSTANCE_OF)
    return {
        "id": record.id,
        "source": record.source,
        "kind": record.kind,
        "uid": record.uid or None,
        "recurrence_id": record.original.iso() if record.is_override and record.original else None,
        "guid": record.guid or None,
        "link": record.link or None,
        "title": record.stated_title,
        "start": record.start.iso() if record.start else None,
        "end": record.end.iso() if record.end else None,
        "all_day": bool(record.start and record.start.is_date),
        "event": place.event if place else None,
        "relation": (Relation.INSTANCE_OF if is_instance else Relation.SAME).value,
        "occurrence": (place.member.occurrence or None) if place and is_instance else None,
    }


def record_line(record: Record, line: Mapping[str, object]) -> str:
    """One record for people."""
    return f"{line['start'] or 'notice':<25}  {record.title:<60.60}  {record.source:<20}  {record.id}"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option("--filter", "query", default="", metavar="QUERY", help="For instance topic=klimaschutz&from=2026-12-01.")
@click.pass_obj
def events(invocation: Invocation, as_json: bool, query: str) -> None:
    """Print the merged events with their sources."""
    settings = invocation.settings
    with invocation.open_store().reading() as connection:
        initiatives = queries.initiatives(connection)
        for published in queries.feed_events(connection, wanted(query)):
            if as_json:
                shape = event_object(published, settings.site, initiatives, settings.topics)
                click.echo(json.dumps(shape, ensure_ascii=False))
            else:
                event = published.event
                names = ", ".join(sorted({statement.source for statement in event.statements}))
                click.echo(f"{event.start.iso():<25}  {event.title:<60.60}  {names}  {published.identity.id}")


@click.command()
@click.argument("kind", type=click.Choice(["ics", "atom", "json"]))
@click.option("--filter", "query", default="", metavar="QUERY", help="For instance topic=klimaschutz&from=2026-12-01.")
@click.pass_obj
def export(invocation: Invocation, kind: str, query: str) -> None:
    """Print the calendar as iCalendar, Atom or JSON Feed."""
    with invocation.open_store().reading() as connection:
        sys.stdout.buffer.write(rendered(invocation, connection, kind, wanted(query)))


def rendered(invocation: Invocation, connection: Connection, kind: str, filtered: EventFilter) -> bytes:
    """The bytes of one export."""
    site = invocation.settings.site
    if kind == "ics":
        return assemble(queries.feed_fragments(connection, filtered), site, site.title)
    entries = queries.recently_changed(connection, filtered, MOST_ENTRIES)
    path, media = ("calendar.atom", render_atom) if kind == "atom" else ("calendar.json", render_json_feed)
    query = filtered.query()
    newest = entries[0].identity.modified_at if entries else invocation.standing_clock()()
    description = FeedDescription(
        title=site.title,
        self_url=f"{site.base_url}/{path}" + (f"?{query}" if query else ""),
        page_url=f"{site.base_url}/" + (f"?{query}" if query else ""),
        site=site,
        initiatives=queries.initiatives(connection),
        topics=invocation.settings.topics,
        language=site.languages[0],
        updated=newest,
    )
    return media(entries, description)


def wanted(query: str) -> EventFilter:
    """The filter of a query string; raises FilterError."""
    return parse_filter(parse_qsl(query.lstrip("?"), keep_blank_values=True))
