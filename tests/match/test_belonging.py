"""An item is known by the word that says what its festival is."""

from __future__ import annotations

import pytest

from aggregator.match.linking import link

FESTIVAL = {"start": "2026-12-04", "end": "2026-12-07", "title": "Umwelttage 2026", "place": "Stadtpark"}


@pytest.mark.parametrize(
    ("item", "belongs"),
    [
        pytest.param({"title": "Umwelttage: Kräuterwanderung"}, True, id="its prefix"),
        pytest.param({"title": "Radtour zu den Umwelttagen"}, True, id="inflected"),
        pytest.param({"title": "Umwelttage: Rückblick", "start": "2026-12-20T18:00"}, False, id="on another day"),
        pytest.param({"title": "Kräuterwanderung"}, False, id="another thing in the same park"),
    ],
)
def test_who_names_the_festival_belongs_to_it(record, town, item, belongs):
    linkage = link([record("a.1", **FESTIVAL), record("b.1", **{"place": "Stadtpark", **item})], town)
    assert [(part.item, part.umbrella) for part in linkage.parts] == ([("b.1", "a.1")] if belongs else [])
    assert len(linkage.clusters) == 2


WEEKS = {
    "start": "2027-03-15",
    "end": "2027-03-29",
    "title": "Internationale Wochen gegen Hass 2027",
    "place": "Viele Orte",
}
TROUPE = {"start": "2027-03-15", "end": "2027-03-18", "title": "Theatertreffen „Grenzgänge“", "place": "Saal"}


@pytest.mark.parametrize(
    ("festival", "title", "source", "belongs"),
    [
        pytest.param(WEEKS, "IWgH: Auftakt mit Musik", "b", True, id="by its initials"),
        pytest.param(WEEKS, "IWgX: Auftakt mit Musik", "b", False, id="by the initials of another"),
        pytest.param(TROUPE, "Grenzgänge: Koffer", "a", True, id="by an opening that is part of its name"),
        pytest.param(TROUPE, "Treffen: Koffer", "a", False, id="by an opening that any name may hold"),
    ],
)
def test_an_item_opens_with_the_short_name_of_its_festival(record, town, festival, title, source, belongs):
    item = record(f"{source}.2", title=title, start="2027-03-16T18:00", end="2027-03-16T20:00", place="Rathaus")
    parts = link([record("a.1", **festival), item], town).parts
    assert bool(parts) is belongs


@pytest.mark.parametrize(
    ("title", "belongs"),
    [
        pytest.param("Auftritt Lichtermarkt Nordstadt", True, id="of the choir"),
        pytest.param("Lichtermarkt Nordstadt", False, id="told once more"),
        pytest.param("Auftritt Lichtermarkt Südstadt", False, id="of the choir on another one"),
    ],
)
def test_an_appearance_is_part_of_a_days_event(record, town, title, belongs):
    market = record(
        "a.1", title="Lichtermarkt Nordstadt", start="2026-12-12T14:00", end="2026-12-12T20:00", place="Platz"
    )
    item = record("b.1", title=title, start="2026-12-12T17:00", end="2026-12-12T17:45", place="Platz")
    assert bool(link([market, item], town).parts) is belongs
