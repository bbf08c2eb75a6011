"""Every address that the application answers, read from its routes: a page that is added cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Flask

# One good value for each part of a path; an unknown one leads to the page that says so, which is a page too.
VALUES: Mapping[str, str] = {
    "event_id": "podium",
    "initiative_id": "mosaique",
    "umbrella_id": "mosaique",
}
# Where the same part means different things.
PATHS: Mapping[str, tuple[str, ...]] = {
    "/month/<name>": ("/month/2026-12",),
    "/week/<name>": ("/week/2026-W49",),
    "/k/<name>": ("/k/kultur-wochenende",),
    "/event/<event_id:event_id>": ("/event/podium", "/event/repair?on=2026-12-19", "/event/boese"),
    "/static/<digest>/<name>": ("/static/x/style.css",),
    "/static/vendor/<library>/<version>/<path:name>": ("/static/vendor/leaflet/1.9.4/leaflet.css",),
    "/clash": ("/clash", "/clash?date=2026-11-24&topic=klima-umwelt&place=Freiraum"),
    "/": (
        "/",
        "/?q=quatsch&topic=kultur",
        "/?q=cafe&lang=en",
        "/?from=1999-01-01",
        "/?free=1&weekday=sa,su&after=18:00",
        "/nirgends",
    ),
    "/map": ("/map", "/map?what=initiatives", "/map?q=quatsch"),
    "/near": ("/near", "/near?at=quatsch"),
    "/initiatives": ("/initiatives", "/initiatives?q=quatsch"),
    "/notices": ("/notices", "/notices?q=quatsch"),
    "/embed": (
        *("/embed", "/embed?view=next", "/embed?view=month&month=2026-12&day=2026-12-05"),
        *("/embed?view=map", "/embed?event=repair", "/embed?topic=nix"),
    ),
    "/digest": ("/digest?topic=kultur",),
    "/digest/confirm/<token>": ("/digest/confirm/x", "/digest/confirm/known"),
    "/digest/leave/<token>": ("/digest/leave/x", "/digest/leave/known"),
    "/oembed": ("/oembed?url=https://kalender.example.org/",),
}


def addresses(app: Flask, values: Mapping[str, str] = VALUES) -> Iterator[str]:
    """At least one address for each path that answers GET, without host."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        # The operators' rooms need a log-in, which alone sets a cookie; they have walks of their own.
        if "GET" not in (rule.methods or ()) or rule.rule.startswith("/admin"):
            continue
        if rule.rule in PATHS and values is VALUES:
            yield from PATHS[rule.rule]
        else:
            yield filled(rule.rule, values)


def filled(rule: str, values: Mapping[str, str]) -> str:
    """The path of a rule with a value in each of its parts."""
    parts = []
    for part in rule.split("/"):
        name = part[part.find("<") + 1 : part.find(">")].rpartition(":")[2] if "<" in part else ""
        parts.append(part[: part.find("<")] + values.get(name, "x") + part[part.find(">") + 1 :] if name else part)
    return "/".join(parts)


def pages(app: Flask) -> list[str]:
    """The addresses that answer with a page for people, whatever they say; of those that lead nowhere one is enough."""
    client = app.test_client()
    answers = {path: client.get(path) for path in addresses(app)}
    found = [path for path, answer in answers.items() if answer.mimetype == "text/html" and answer.status_code != 404]
    return ["/nirgends", *found]
