"""What an initiative does not let us repeat ("title and link only") is in no public byte, whatever is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.clock import fixed_clock
from aggregator.model.sources import Consent
from tests.pipeline.conftest import calendar, vevent
from web.application import create_app

WORDS = ("Geheimrezept", "Einlassrabatt", "Schlagwortwolke", "Frau Beispiel", "anhang.example")
ENTRY = vevent(
    "1",
    "Probe im Advent",
    "20261205T190000",
    "DESCRIPTION:Mit Geheimrezept und Einlassrabatt\\, Eintritt frei. https://anhang.example/bild",
    "CATEGORIES:Schlagwortwolke",
    'ORGANIZER;CN="Frau Beispiel":mailto:beispiel@example.org',
    "LOCATION:Saal",
    "URL:https://chor.example.org/probe",
)
FORMS = (
    "/", "/month/2026-12", "/print?week=2026-12-05", "/calendar.ics", "/calendar.atom", "/calendar.rss",
    "/calendar.json", "/api/v1/events", "/events.csv", "/embed", "/notices", "/initiatives/chor",
)  # fmt: skip


@pytest.mark.parametrize(("consent", "is_told"), [(Consent.WHOLE, True), (Consent.TITLE, False)])
def test_only_who_allows_the_whole_text_is_repeated(world, server, consent, is_told):
    server.put("/chor", calendar(ENTRY))
    town = world("chor")
    town.sources = (replace(town.sources[0], consent=consent),)
    town.refresh()
    client = create_app(town.store, town.settings, fixed_clock(town.now)).test_client()
    [event] = town.events()
    here = f"/event/{event.identity.id}"
    texts = [client.get(path).text for path in (*FORMS, here, f"{here}.ics")]
    assert sum("Probe im Advent" in text for text in texts) >= 8
    assert "https://chor.example.org/probe" in texts[-2]
    assert {word for word in WORDS[:2] if word in "".join(texts)} == (set(WORDS[:2]) if is_told else set())
    assert is_told or not any(word in "".join(texts) for word in WORDS)
    assert ("Probe im Advent" in client.get("/?q=Geheimrezept").text) is is_told
