"""What the public would read if a person said of two records that they are the same event; nothing is written."""

from __future__ import annotations

from sqlalchemy import Connection

from aggregator.model.events import MergedEvent
from aggregator.model.jobs import MergedWish
from aggregator.model.linkage import Cluster, Member
from aggregator.model.settings import Settings
from aggregator.pipeline.frames import load_frame
from aggregator.pipeline.merging import told_by, with_default_topics
from aggregator.pipeline.placing import at_known_place
from aggregator.store import events, records


def supposed(connection: Connection, settings: Settings, wish: MergedWish) -> MergedEvent | None:
    """The event of everything that announces either record's; None if one of them is gone, or neither has a date.

    Corrections are left out: whose would hold is only known once the ids are.
    """
    pair = (wish.left, wish.right)
    homes = {member.event for member in events.load_members(connection, pair).values()}
    members = {id_: stored.member for id_, stored in events.load_members_of(connection, homes).items()}
    members |= {id_: Member(id_) for id_ in pair if id_ not in members}
    known = {stored.record.id: stored for stored in records.load_some(connection, members)}
    dated = any(known[id_].record.start for id_ in members if id_ in known)
    if not dated or not known.keys() >= set(pair):
        return None
    frame = load_frame(connection, settings)
    cluster = Cluster(tuple(members[id_] for id_ in sorted(members) if id_ in known))
    event = at_known_place(told_by(cluster, known, frame), frame.settings.places)
    return with_default_topics(event, frame.initiatives)
