"""Notices that announce a known event: an item without any date whose link is the event's own address.

Mobilizon's Atom tells of every event, and never when it is. Such an item joins the event as one more
announcement; it brings no date and founds no event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aggregator.match.identifiers import event_url
from aggregator.match.keys import hashed
from aggregator.model.linkage import Cluster, Member, Relation
from aggregator.model.records import Record

ANNOUNCES_PAGE = "announces_page"


def address_key(record: Record) -> int:
    """The number that stands for the page of an event, or the one that a notice leads to; 0 without one."""
    url = event_url(record)
    return hashed("address", url) if url else 0


def with_notices(clusters: Sequence[Cluster], records: Iterable[Record]) -> tuple[Cluster, ...]:
    """The clusters with the notices that link to them as members.

    An address that belongs to several events, such as a programme's page, means none of them.
    """
    known = {record.id: record for record in records}
    homes = _homes(clusters, known)
    joining: dict[int, list[Member]] = {}
    for notice in (record for record in known.values() if record.is_notice):
        home = homes.get(event_url(notice))
        if home is not None:
            position, matched_with = home
            member = Member(notice.id, Relation.SAME, rule=ANNOUNCES_PAGE, matched_with=matched_with)
            joining.setdefault(position, []).append(member)
    return tuple(_joined(cluster, joining.get(position, [])) for position, cluster in enumerate(clusters))


def _homes(clusters: Sequence[Cluster], known: dict[str, Record]) -> dict[str, tuple[int, str]]:
    """For each address of exactly one event: the position of its cluster, and the record that has the address."""
    homes: dict[str, tuple[int, str]] = {}
    shared: set[str] = set()
    for position, cluster in enumerate(clusters):
        for member in cluster.members:
            url = event_url(known[member.record]) if member.relation is Relation.SAME else ""
            if url and homes.setdefault(url, (position, member.record))[0] != position:
                shared.add(url)
    return {url: home for url, home in homes.items() if url not in shared}


def _joined(cluster: Cluster, notices: Sequence[Member]) -> Cluster:
    if not notices:
        return cluster
    return replace(cluster, members=tuple(sorted((*cluster.members, *notices), key=lambda member: member.record)))
