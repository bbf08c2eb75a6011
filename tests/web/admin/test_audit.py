"""Whatever an operator does is noted, also by buttons of tomorrow."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator

import pytest

from web.admin import routes
from web.admin.log import deed_words

# It shows what would be, and changes nothing.
ONLY_LOOKING = {"/review/together"}
BUTTONS = [(path, view) for path, view, methods in routes.PAGES if "POST" in methods and path not in ONLY_LOOKING]


def sources_of(view: Callable[..., object]) -> Iterator[str]:
    """The text of a view and of the functions of its module that it calls, and of those that they call."""
    module, todo, seen = sys.modules[view.__module__], [view], set()
    while todo:
        one = todo.pop()
        seen.add(one)
        yield inspect.getsource(one)
        called = (getattr(module, name, None) for name in one.__code__.co_names)
        todo += [each for each in called if inspect.isfunction(each) and each not in seen]


@pytest.mark.parametrize(("path", "view"), BUTTONS, ids=[path for path, _ in BUTTONS])
def test_every_button_leaves_a_line_in_the_log(path: str, view: Callable[..., object]) -> None:
    assert any("note(" in text for text in sources_of(view))


def test_the_words_of_new_deeds_are_there(anna) -> None:
    with anna.client.application.test_request_context("/admin/log"):
        for deed in ("topic word", "topic word removed", "look", "umbrella"):
            assert deed_words(deed) != deed
