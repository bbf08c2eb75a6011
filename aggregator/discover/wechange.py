"""WECHANGE: from the address of any page of a group to the public API and the calendar of that group.

The calendar's address holds the group's number, which survives renaming; only the API tells it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from aggregator.model.discovery import Candidate

GROUP_PAGE = re.compile(r"^/(?P<kind>project|group|conference)/(?P<slug>[^/]+)(?:/|$)")
TEAM_FEED = re.compile(r"^/events/team/(?P<team>\d{1,12})/")


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page of a group: where the portal is, and the group's slug or number."""

    portal: str
    kind: str = ""
    slug: str = ""
    team: str = ""


def group_page(address: str) -> GroupPage | None:
    """The group whose page the address is; None if it has no such shape."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    portal = f"{parts.scheme}://{parts.netloc}"
    if found := GROUP_PAGE.match(parts.path):
        return GroupPage(portal, kind=found["kind"], slug=found["slug"])
    found = TEAM_FEED.match(parts.path)
    return GroupPage(portal, team=found["team"]) if found else None


def profile_addresses(page: GroupPage) -> tuple[str, ...]:
    """Where the API may describe the group, the likelier place first."""
    kinds = ("groups", "projects") if page.kind in ("", "group") else ("projects", "groups")
    if page.team:
        return tuple(f"{page.portal}/api/v2/{kind}/?id={page.team}" for kind in kinds)
    return tuple(f"{page.portal}/api/v2/{kind}/{quote(page.slug, safe='%')}/" for kind in kinds)


def team_feed(page: GroupPage, team: int) -> Candidate:
    """The group's public calendar."""
    return Candidate(
        f"{page.portal}/events/team/{team}/feed/",
        "ics",
        "Kalender dieser Gruppe auf WECHANGE",
        "this group's calendar on WECHANGE",
        rank=1,
    )


def legacy_feed(page: GroupPage) -> Candidate | None:
    """The calendar under its old address, for portals whose API is closed."""
    if not page.slug:
        return None
    return Candidate(
        f"{page.portal}/{page.kind}/{page.slug}/event/feed/",
        "ics",
        "Kalender dieser Gruppe auf WECHANGE (alte Adresse)",
        "this group's calendar on WECHANGE (old address)",
        rank=2,
    )
