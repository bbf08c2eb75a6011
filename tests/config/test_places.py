"""The houses that an instance knows: an optional file beside sources.yaml, checked like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.config.loading import load_settings
from aggregator.config.places import read_places
from aggregator.errors import ConfigurationError
from aggregator.model.places import KnownPlace

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "site: {title: T, timezone: UTC}\ninitiatives: []\n"


def test_a_missing_file_knows_nothing(tmp_path):
    assert read_places(tmp_path / "places.yaml").known == ()


def test_places_come_with_the_settings(tmp_path):
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    stated = "{name: Teehaus, aliases: [Tee], address: Ring 1, lat: 51.3, lon: 12.4, accessibility: stufenlos}"
    (tmp_path / "places.yaml").write_text(f"places: [{stated}]", "utf-8")
    (known,) = load_settings(tmp_path / "sources.yaml", {}).places
    assert known == KnownPlace("Teehaus", ("Tee",), "Ring 1", 51.3, 12.4, "stufenlos")


@pytest.mark.parametrize(
    ("stated", "where"),
    [
        pytest.param("places:\n  - {nam: Teehaus}\n", "places.yaml:2:", id="an unknown key"),
        pytest.param("places:\n  - {name: Teehaus, lat: 91}\n", "places.yaml:2:", id="an impossible latitude"),
        pytest.param("places: [\n", "places.yaml:", id="no YAML"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path, stated, where):
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    (tmp_path / "places.yaml").write_text(stated, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path / "sources.yaml", {})
    assert any(mistake.where.startswith(where) for mistake in caught.value.mistakes)


def test_the_demonstrations_places_are_sound():
    shipped = read_places(ROOT / "demo" / "places.yaml")
    assert shipped.mistakes == ()
    assert shipped.known
