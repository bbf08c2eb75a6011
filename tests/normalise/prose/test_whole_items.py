"""Whole items as people of other towns write them, and what a reader takes from them.

tests/data/normalise/prose_items.txt holds a title line ("# "), the text, and the reading ("=> ", empty for a notice).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ITEMS = Path(__file__).parents[2] / "data" / "normalise" / "prose_items.txt"


def items() -> Iterator[object]:
    for number, block in enumerate(ITEMS.read_text("utf-8").split("\n\n# ")):
        title, _, rest = block.removeprefix("# ").partition("\n")
        text, _, expected = rest.rpartition("=>")
        yield pytest.param(title, text.strip(), expected.strip(), id=f"{number} {title}")


@pytest.mark.parametrize(("title", "text", "expected"), [*items()])
def test_an_item_is_understood_as_a_reader_would(
    told: Callable[..., str], title: str, text: str, expected: str
) -> None:
    language = "en" if title.startswith("[en]") else "de"
    assert told(text, title.removeprefix("[en] "), language=language) == expected
