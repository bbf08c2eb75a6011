from __future__ import annotations

import json

import pytest

from aggregator.parse.wechange import read_profile

GROUP = {
    "id": 12,
    "name": "Garten\u0000 am Fluss",
    "description": "Intern",
    "description_long": "Wir gärtnern.\nAlle sind willkommen.",
    "website": "javascript:alert(1)",
    "url": "https://wechange.example/project/garten/",
    "topics": ["Umwelt und Naturschutz"],
    "tags": ["garten"],
    "locations": [{"location": "Am Fluss 1", "lat": 53.2, "lon": 53.2}],
    "contact_info": "anna@example.org",
}


def test_a_group_is_read_without_its_contact() -> None:
    profile = read_profile(json.dumps(GROUP))
    assert profile is not None
    assert (profile.name, profile.team, profile.place) == ("Garten am Fluss", 12, "Am Fluss 1")
    assert profile.text.startswith("Wir gärtnern.\nAlle")
    assert profile.homepage == "https://wechange.example/project/garten/"
    assert "anna" not in repr(profile)


def test_a_list_with_one_group_is_that_group() -> None:
    profile = read_profile(json.dumps({"count": 1, "results": [GROUP]}))
    assert profile is not None and profile.team == 12


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"count": 2, "results": [GROUP, GROUP]}, id="several groups"),
        pytest.param({"results": []}, id="none"),
        pytest.param({"detail": "Nicht gefunden."}, id="an error"),
        pytest.param({**GROUP, "id": "12"}, id="no number"),
        pytest.param({**GROUP, "name": None}, id="no name"),
        pytest.param([GROUP], id="a bare list"),
    ],
)
def test_anything_else_is_no_group(answer: object) -> None:
    assert read_profile(json.dumps(answer)) is None


def test_what_is_no_json_is_no_group() -> None:
    assert read_profile("<html>") is None
