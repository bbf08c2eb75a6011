"""What the tests of this room share: the golden bodies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aggregator.model.components import ParsedFeed
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.bodies import parse_body

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data" / "parse"
BASE = "https://example.org/"


@pytest.fixture
def parsed() -> Callable[[str], ParsedFeed]:
    """The parsed golden body of that name."""

    def parse(name: str) -> ParsedFeed:
        feed = parse_body(Body((DATA / name).read_bytes()), "auto", BASE, ReadingLimits())
        assert isinstance(feed, ParsedFeed), feed
        return feed

    return parse
