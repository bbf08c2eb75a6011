"""All data about an initiative as one JSON document, for its owner alone."""

from __future__ import annotations

import json
from typing import Any

from aggregator.model.filters import EventFilter
from aggregator.store import (
    alliance_pages,
    alliances,
    corrections,
    fetches,
    own_dates,
    queries,
    registered,
    registrations,
    saved_filters,
    verdicts,
)
from aggregator.store.codec import encode
from web.manage.desk import Desk


def everything(desk: Desk) -> dict[str, Any]:
    """What is stored of the initiative, its owner, its calendars and events; the keys are a promise."""
    connection, name = desk.connection, desk.initiative.id
    theirs = registered.sources_of(connection, name)
    events = queries.feed_events(connection, EventFilter(initiatives=(name,)))
    ids = {one.identity.id for one in events}
    return {
        "initiative": plain(desk.initiative),
        "owner": {
            "email": desk.owner.email,
            "language": desk.owner.language,
            "link_made_at": desk.owner.created_at.isoformat(),
            "link_valid_until": desk.owner.expires_at.isoformat(),
        },
        "registrations": [plain(one) for one in registrations.about(connection, name)],
        "sources": [
            {
                **plain(each.source),
                "state": plain(each.state),
                "fetches": [plain(entry) for entry in fetches.recent(connection, each.source.id, 1000)],
                "own_dates": [plain(one) for one in own_dates.load(connection, each.source.id)],
            }
            for each in theirs
        ],
        "alliance_members": [plain(one) for one in alliances.of_umbrella(connection, name)],
        "alliance_shows_only_what_it_approved": alliance_pages.is_choosing(connection, name),
        "saved_filters": [
            {"name": one.name, "title": one.title, "query": one.wanted.query()}
            for one in saved_filters.of_initiative(connection, name)
        ],
        "corrections": [plain(one) for one in corrections.load(connection) if one.event in ids or one.by == desk.by],
        "verdicts": [plain(one) for one in verdicts.load(connection) if one.by == desk.by],
        "events": [plain(one) for one in events],
    }


def plain(value: object) -> Any:
    """A dataclass of ours as JSON values."""
    return json.loads(encode(value))[0]
