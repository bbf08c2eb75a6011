"""What `places` prints can be pasted into places.yaml as it is."""

from __future__ import annotations

from pathlib import Path

from aggregator.cli.venues import candidate_lines
from aggregator.config.places import read_places
from aggregator.match.candidates import Candidate
from aggregator.model.places import KnownPlace


def test_the_printed_venues_are_a_places_file(tmp_path: Path) -> None:
    places = (
        KnownPlace('Haus "Zur Linde": Saal', ("Linde", "no"), "Am Anger 1, 04109 Leipzig", 51.34, 12.37, "stufenlos"),
        KnownPlace("# 7"),
    )
    lines = ["places:", *(line for place in places for line in candidate_lines(Candidate(place, 2, 3)))]
    file = tmp_path / "places.yaml"
    file.write_text("\n".join(lines), "utf-8")
    assert read_places(file).known == places
    assert read_places(file).mistakes == ()
