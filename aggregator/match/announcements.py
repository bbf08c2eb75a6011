"""Notices that announce a known event: an item without any date whose link is the event's own address.

Mobilizon's Atom tells of every event, and never when it is. Such an item joins the event as one more
announcement; it brings no date and founds no event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def with_notices(
    clusters: tuple[Cluster, ...], beside: Iterable[Record], pages: Mapping[str, str]
) -> tuple[Cluster, ...]:
    """The clusters with the notices among `beside` that link to them as members.

    `pages` are the addresses of the records that a notice leads to. One that belongs to several events, such as a
    programme's page, means none of them.
    """
    homes = _homes(clusters, pages) if pages else {}
    joining: dict[int, list[Member]] = {}
    for notice in (record for record in beside if record.is_notice):
        home = homes.get(event_url(notice))
        if home is not None:
            position, matched_with = home
            member = Member(notice.id, Relation.SAME, rule=ANNOUNCES_PAGE, matched_with=matched_with)
            joining.setdefault(position, []).append(member)
    if not joining:
        return clusters
    return tuple(_joined(cluster, joining.get(position, [])) for position, cluster in enumerate(clusters))


def pages_of(records: Iterable[Record]) -> dict[str, str]:
    """The addresses of records, by id, as far as a notice may lead there."""
    return {record.id: url for record in records if not record.is_notice and (url := event_url(record))}


def _homes(clusters: Sequence[Cluster], pages: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """For each address of exactly one event: the position of its cluster, and the record that has the address."""
    homes: dict[str, tuple[int, str]] = {}
    shared: set[str] = set()
    for position, cluster in enumerate(clusters):
        for member in cluster.members:
            url = pages.get(member.record, "") if member.relation is Relation.SAME else ""
            if url and homes.setdefault(url, (position, member.record))[0] != position:
                shared.add(url)
    return {url: home for url, home in homes.items() if url not in shared}


def _joined(cluster: Cluster, notices: Sequence[Member]) -> Cluster:
    if not notices:
        return cluster
    return replace(cluster, members=tuple(sorted((*cluster.members, *notices), key=lambda member: member.record)))
