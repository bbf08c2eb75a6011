"""Two instances may read each other; no event may ever come home."""

from __future__ import annotations

import pytest

from aggregator.model.components import Component, ParsedFeed
from aggregator.parse.buendel import is_ours, own_events

OURS = "town.example:8443"
PAGE = "https://third.example/event/0123456789"


def kept(**fields: object) -> bool:
    component = Component("vevent", uid="1@nachbar.example", **fields)  # type: ignore[arg-type]
    feed = own_events(ParsedFeed((component,), loop_mark=True), OURS)
    assert len(feed.components) + len(feed.defects) == 1
    return bool(feed.components)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="without any word of its sources"),
        pytest.param({"description": "Fein.\n\nQuelle: Verein – https://verein.example/1"}, id="of its own initiative"),
        pytest.param({"description": f"Quelle: Verein – https://verein.example/1\nQuelle: X – {PAGE}"}, id="of both"),
        pytest.param(
            {"description": "Source: Club – https://club.example/event/fest"}, id="on a page that looks alike"
        ),
    ],
)
def test_what_another_instance_has_first_hand_is_taken(fields: dict[str, object]) -> None:
    assert kept(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"uid": "2@town.example"}, id="our own identifier"),
        pytest.param({"link": f"https://{OURS}/event/0123456789"}, id="our own page"),
        pytest.param({"links": (f"http://{OURS.upper()}/event/0123456789",)}, id="a link to our page"),
        pytest.param({"description": f"Fest\n\nQuelle: Nachbarstadt – {PAGE}"}, id="only from a third instance"),
    ],
)
def test_what_comes_from_us_or_a_third_instance_is_left(fields: dict[str, object]) -> None:
    component = Component("vevent", **({"uid": "1@nachbar.example"} | fields))  # type: ignore[arg-type]
    feed = own_events(ParsedFeed((component,), loop_mark=True), OURS)
    assert feed.components == ()
    assert [defect.skipped for defect in feed.defects] == [True]


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("https://town.example:8443/calendar.ics", True),
        ("https://TOWN.example:8443/", True),
        ("https://town.example/", False),
        ("https://town.example.org:8443/", False),
        ("file:/x.ics", False),
        ("https://[x", False),
    ],
)
def test_our_own_server_is_told_by_host_and_port(address: str, ours: bool) -> None:
    assert is_ours(address, OURS) is ours
