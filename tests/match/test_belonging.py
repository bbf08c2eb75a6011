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
