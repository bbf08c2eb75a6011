"""How much of a feed is read for dates in words: reading takes its time, and a child has ten seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aggregator.model.components import Component
from aggregator.model.records import FeedReading
from aggregator.normalise import prose_dates
from aggregator.normalise.prose_dates import PROSE_OF_A_FEED, longest_read

Build = Callable[..., Component]
Read = Callable[..., FeedReading]


@pytest.mark.parametrize(
    ("lengths", "longest"),
    [
        pytest.param([], PROSE_OF_A_FEED, id="an empty feed"),
        pytest.param([3_000] * 100, PROSE_OF_A_FEED, id="a blog"),
        pytest.param([10_000] * 100, 6_000, id="long articles are cut alike"),
        pytest.param([1_000] * 100 + [500_000] * 2, 250_000, id="short ones are read whole"),
    ],
)
def test_long_items_share_what_the_short_ones_leave(lengths: list[int], longest: int) -> None:
    items = [Component(kind="rss", description="x" * length) for length in lengths]
    assert longest_read(items) == longest
    assert sum(min(length, longest) for length in lengths) <= PROSE_OF_A_FEED


def test_a_calendar_in_which_everyone_is_welcome_is_not_searched_for_courses(
    component: Build, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand entries with two kilobytes each took ten seconds, and the whole calendar was refused."""
    monkeypatch.setattr(prose_dates, "read_prose", lambda *_: pytest.fail("the text was read"))
    entry = component(description="Jeder ist willkommen. Die nächste Sitzung ist am 14. Januar 2027 um 19 Uhr.")
    assert len(read(entry).records) == 1
