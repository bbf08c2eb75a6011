"""What is written back is read again as it was, and holds no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aggregator.config.loading import load_settings
from aggregator.config.writing import written
from aggregator.model.places import Circle
from aggregator.model.sources import Initiative, Priority, Source

SITE = "site: {title: Stadt, timezone: Europe/Berlin, base_url: 'https://stadt.example.org'}\n"
GROUP = Initiative(
    "chor", "Chor „Querbeet“", "Verein", "https://chor.example.org", "Wir singen.\n\nMittwochs.", "Saal",
    latitude=53.25, longitude=10.4, umbrella="haus",
)  # fmt: skip
FEED = Source(
    "chor-ics", "chor", "https://chor.example.org/cal.ics", "ics", timedelta(hours=2), Priority.PRESS,
    default_place="Saal", base_url="https://chor.example.org", within=Circle(53.2, 10.4, 5),
)  # fmt: skip
SECRET = replace(FEED, id="chor-2", url="https://cloud.example.org/public-calendars/hUnTeR2hUnTeR2?export")


def test_what_is_written_is_read_again_as_it_was(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(SITE + written([Initiative("haus", "Haus"), GROUP], [FEED]), "utf-8")
    found = load_settings(path, {})
    assert found.initiatives == (Initiative("haus", "Haus"), GROUP)
    assert found.sources == (FEED,)


def test_a_source_whose_address_is_a_secret_is_named_but_not_told():
    text = written([GROUP], [SECRET])
    assert "hUnTeR2" not in text
    assert "chor-2 of chor (cloud.example.org)" in text
