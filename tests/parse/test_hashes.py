from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.model.components import Component
from aggregator.parse.content_lines import Line
from aggregator.parse.hashes import hash_of_lines, with_hash

EVENT = ("UID:a", "DTSTART:20261205T183000", "SUMMARY:Fest", "CATEGORIES:Musik")


def hashed(*texts: str) -> str:
    return hash_of_lines(Line(number, text) for number, text in enumerate(texts))


@pytest.mark.parametrize(
    "noise", ["DTSTAMP:20261122T130949Z", "LAST-MODIFIED:20261122T130949Z", "created:20261122T130949Z"]
)
def test_a_new_time_stamp_is_no_change(noise: str) -> None:
    assert hashed(*EVENT, noise) == hashed(*EVENT)


def test_another_order_is_no_change() -> None:
    assert hashed(*reversed(EVENT)) == hashed(*EVENT)


@pytest.mark.parametrize("line", ["CATEGORIES:Kunst", "SEQUENCE:1", "STATUS:CANCELLED", "SUMMARY:ABGESAGT: Fest"])
def test_any_other_line_is_a_change(line: str) -> None:
    assert hashed(*EVENT, line) != hashed(*EVENT)


def test_an_item_published_anew_is_no_change_but_a_new_title_is() -> None:
    item = Component(kind="rss", title="Fest", guid="1")
    again = replace(item, published=datetime(2026, 11, 22, tzinfo=UTC), line=7)
    assert with_hash(again).content_hash == with_hash(item).content_hash
    assert with_hash(replace(item, title="Festival")).content_hash != with_hash(item).content_hash
