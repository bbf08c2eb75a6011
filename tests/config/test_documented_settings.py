from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel

from aggregator.config.environment import VARIABLES
from aggregator.config.mistakes import without_none
from aggregator.config.shape import FetchShape, MainShape, ReadingShape
from aggregator.model.settings import FetchSettings, ReadingLimits

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def key_paths(shape: type[BaseModel], before: str = "") -> Iterator[str]:
    """Every key of the schema as the page writes it: `initiatives[].sources[].url`."""
    for name, field in shape.model_fields.items():
        kind, path = without_none(field.annotation), before + name
        if get_origin(kind) is list:
            kind, path = get_args(kind)[0], path + "[]"
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from key_paths(kind, path + ".")
        else:
            yield path


def rows(page: str) -> list[tuple[str, str, str]]:
    return ROW.findall((DOCS / page).read_text("utf-8"))


def test_the_page_explains_exactly_the_keys_of_sources_yaml():
    assert sorted(name for name, _, _ in rows("sources.md")) == sorted(key_paths(MainShape))


def test_the_page_shows_exactly_the_variables_of_the_environment():
    shown = [(name, default.strip("`"), meaning) for name, default, meaning in rows("configuration.md")]
    assert shown == [(variable.name, variable.default or "–", variable.meaning) for variable in VARIABLES]


@pytest.mark.parametrize(
    ("prefix", "settings"), [("fetch.", FetchSettings), ("reading.", ReadingLimits)], ids=["fetch", "reading"]
)
def test_the_page_shows_the_defaults_that_apply(prefix, settings):
    shown = {name.removeprefix(prefix): default.strip("`") for name, default, _ in rows("sources.md") if prefix in name}
    applied = {
        field.name: f"{field.default:.0f}" for field in fields(settings) if isinstance(field.default, int | float)
    }
    assert {name: shown.get(name) for name in applied} == applied


def test_every_limit_of_the_model_can_be_set():
    assert set(FetchShape.model_fields) == {field.name for field in fields(FetchSettings)} - {"user_agent"}
    assert set(ReadingShape.model_fields) == {field.name for field in fields(ReadingLimits)}
