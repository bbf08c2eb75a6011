"""Initiatives and sources written back as sources.yaml says them; addresses that are secrets are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import yaml

from aggregator.config.values import PRIORITIES
from aggregator.model.secrets import holds_secret, shown_host
from aggregator.model.sources import Initiative, Source

HEAD = "# Initiatives and sources as they are pulled now; put this in place of `initiatives:` in sources.yaml.\n"
LEFT_OUT = "# Left out, since its address is a secret: {source} of {initiative} ({host})\n"
PRIORITY_NAMES = {priority: name for name, priority in PRIORITIES.items()}
DEFAULTS = Source("", "", "")

Entry = dict[str, object]


def written(initiatives: Iterable[Initiative], sources: Sequence[Source]) -> str:
    """The text of the entry `initiatives`, with what differs from the defaults."""
    shown = [source for source in sources if not holds_secret(source.url) and not source.is_own]
    secret = [source for source in sources if holds_secret(source.url)]
    entries = [initiative_entry(one, [each for each in shown if each.initiative == one.id]) for one in initiatives]
    notes = (LEFT_OUT.format(source=s.id, initiative=s.initiative, host=shown_host(s.url)) for s in secret)
    text: str = yaml.safe_dump({"initiatives": entries}, allow_unicode=True, sort_keys=False, width=100)
    return HEAD + "".join(notes) + text


def initiative_entry(one: Initiative, sources: Sequence[Source]) -> Entry:
    """One initiative with its sources."""
    entry: Entry = {
        "id": one.id,
        "name": one.name,
        "kind": one.kind if one.kind != Initiative("", "").kind else "",
        "homepage": one.homepage,
        "text": one.text,
        "place": one.place,
        "topics": list(one.topics),
        "umbrella": one.umbrella,
        "demo": one.demo,
    }
    said = {key: value for key, value in entry.items() if value}
    if one.latitude is not None:
        said |= {"lat": one.latitude, "lon": one.longitude}
    return said | {"sources": [source_entry(each) for each in sources]}


def source_entry(source: Source) -> Entry:
    """One source."""
    entry: Entry = {"id": source.id, "url": source.url}
    for name in ("format", "timezone", "language", "default_place"):
        if getattr(source, name) != getattr(DEFAULTS, name):
            entry[name] = getattr(source, name)
    if source.interval != DEFAULTS.interval:
        entry["interval"] = f"{source.interval // timedelta(minutes=1)} min"
    if source.priority != DEFAULTS.priority:
        entry["priority"] = PRIORITY_NAMES[source.priority]
    if source.base_url:
        entry["homepage"] = source.base_url
    if source.within:
        circle = source.within
        entry["within"] = {"lat": circle.latitude, "lon": circle.longitude, "radius_km": circle.radius_km}
    return entry
