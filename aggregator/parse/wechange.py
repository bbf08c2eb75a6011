"""WECHANGE's public API on a group or project: who publishes, for the directory and for the way to its calendar."""

from __future__ import annotations

import json
from typing import Any

from aggregator.model.discovery import Profile
from aggregator.parse.cleaning import one_line, web_address
from aggregator.parse.json_values import Node, line, objects, paragraphs, words

LONGEST_TEXT = 2000


def read_profile(document: str) -> Profile | None:
    """The group of an answer of `/api/v2/groups/<slug>/` or `/api/v2/groups/?id=<id>`; None if it is none."""
    try:
        answer = json.loads(document)
    except (ValueError, RecursionError):
        return None
    group = _group(answer)
    name, team = line(group, "name", 200), group.get("id")
    if not name or isinstance(team, bool) or not isinstance(team, int):
        return None
    return Profile(
        name=name,
        text=_text(group),
        homepage=web_address(line(group, "website")) or web_address(line(group, "url")),
        topics=words(group.get("topics"), "name"),
        tags=words(group.get("tags"), "name"),
        place=_place(group),
        team=team,
        page=web_address(line(group, "url")),
    )


def _group(answer: Any) -> Node:
    """The group itself, also as the one result of a list; an answer with several is no answer."""
    results = objects(answer.get("results")) if isinstance(answer, dict) else []
    if len(results) == 1:
        return results[0]
    return answer if isinstance(answer, dict) and "results" not in answer else {}


def _text(group: Node) -> str:
    """The long description; the short one only if it is not what the long one repeats as internal."""
    return (paragraphs(group, "description_long") or paragraphs(group, "description"))[:LONGEST_TEXT]


def _place(group: Node) -> str:
    """The first of its places, by name: the coordinates of an organisation are known to be wrong."""
    places = objects(group.get("locations"))
    return one_line(line(places[0], "location", 300)) if places else ""
