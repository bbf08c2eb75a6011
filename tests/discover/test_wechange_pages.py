from __future__ import annotations

import pytest

from aggregator.discover.wechange import GroupPage, group_page, legacy_feed, profile_addresses, team_feed

PORTAL = "https://wechange.example"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/project/garten/", GroupPage(PORTAL, kind="project", slug="garten")),
        ("/group/garten", GroupPage(PORTAL, kind="group", slug="garten")),
        ("/conference/tag/event/x/?v=1", GroupPage(PORTAL, kind="conference", slug="tag")),
        ("/events/team/12/feed/", GroupPage(PORTAL, team="12")),
        ("/projects/", None),
        ("/", None),
    ],
)
def test_a_page_of_a_group_is_recognised(address: str, page: GroupPage | None) -> None:
    assert group_page(f"{PORTAL}{address}") == page


def test_the_likelier_api_is_asked_first() -> None:
    first, second = profile_addresses(GroupPage(PORTAL, kind="project", slug="garten"))
    assert (first, second) == (f"{PORTAL}/api/v2/projects/garten/", f"{PORTAL}/api/v2/groups/garten/")


def test_a_group_known_by_number_is_looked_up_by_number() -> None:
    assert profile_addresses(GroupPage(PORTAL, team="12"))[0] == f"{PORTAL}/api/v2/groups/?id=12"


def test_the_calendar_is_named_by_number_else_by_its_old_address() -> None:
    page = GroupPage(PORTAL, kind="group", slug="garten")
    old = legacy_feed(page)
    assert team_feed(page, 12).url == f"{PORTAL}/events/team/12/feed/"
    assert old is not None and old.url == f"{PORTAL}/group/garten/event/feed/"
