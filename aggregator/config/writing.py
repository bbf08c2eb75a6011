"""Initiatives and sources written back as sources.yaml says them; what may not or cannot stand there is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import yaml

from aggregator.config.values import PRIORITIES
from aggregator.model.secrets import holds_secret, shown_host
from aggregator.model.sources import Consent, Initiative, Source, Topic

HEAD = "# Initiatives and sources as they are pulled now; put this in place of `initiatives:` in sources.yaml.\n"
LEFT_OUT = "# Left out: {source} of {initiative} ({host}), {why}\n"
PRIORITY_NAMES = {priority: name for name, priority in PRIORITIES.items()}
DEFAULTS = Source("", "", "")

Entry = dict[str, object]


def written(initiatives: Iterable[Initiative], sources: Sequence[Source], topics: Sequence[Topic] = ()) -> str:
    """The text of `initiatives`, with what differs from the defaults; and of `topics`, where some are given."""
    shown = [source for source in sources if not obstacle(source)]
    entries = [initiative_entry(one, [each for each in shown if each.initiative == one.id]) for one in initiatives]
    notes = (
        LEFT_OUT.format(source=one.id, initiative=one.initiative, host=shown_host(one.url) or "–", why=why)
        for one in sources
        if (why := obstacle(one))
    )
    said: Entry = {"topics": [topic_entry(one) for one in topics]} if topics else {}
    text: str = yaml.safe_dump(said | {"initiatives": entries}, allow_unicode=True, sort_keys=False, width=100)
    return HEAD + "".join(notes) + text


def topic_entry(one: Topic) -> Entry:
    """One topic with its words."""
    return {"id": one.id, "labels": dict(one.labels), "words": list(one.words)}


def lines_to_change(source: Source) -> str:
    """The lines of sources.yaml by which an operator changes how this source is read; no address stands in them.

    Topics stand with the initiative, interval and priority with the source; all three are written, defaults too.
    """
    reading = {
        "id": source.id,
        "interval": f"{source.interval // timedelta(minutes=1)} min",
        "priority": PRIORITY_NAMES[source.priority],
    }
    entry = {"id": source.initiative, "topics": list(source.topics), "sources": [reading]}
    text: str = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)
    return text


def obstacle(source: Source) -> str:
    """Why a source cannot stand in sources.yaml, "" if it can; a paste must not give away more than was allowed."""
    if source.is_own:
        return "its dates were typed in on the website"
    if holds_secret(source.url):
        return "its address is a secret"
    if source.consent is not Consent.WHOLE:
        return "it allows title and link only"
    if source.paused:
        return "its owner has paused it"
    return "its licence cannot be named there" if source.licence else ""


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
    if source.follow:
        entry["follow"] = True
    if source.base_url:
        entry["homepage"] = source.base_url
    if source.within:
        circle = source.within
        entry["within"] = {"lat": circle.latitude, "lon": circle.longitude, "radius_km": circle.radius_km}
    return entry
