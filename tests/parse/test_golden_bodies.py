"""Each file of tests/data/parse shows one quirk; the JSON file of the same name says what must come of it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data" / "parse"
BODIES = sorted(path.name for path in DATA.iterdir() if path.suffix != ".json")


def plain(value: Any) -> Any:
    """A dataclass as JSON would hold it, without what is at its default."""
    if is_dataclass(value):
        stated = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "content_hash"}
        defaults = {field.name: field.default for field in fields(value)}
        return {name: plain(item) for name, item in stated.items() if item != defaults[name]}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.0f} s"
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("name", BODIES)
def test_a_golden_body_reads_as_its_json_says(name: str, parsed) -> None:
    expected = json.loads((DATA / name).with_suffix(".json").read_text("utf-8"))
    assert plain(parsed(name)) == expected


def test_every_json_file_belongs_to_a_body() -> None:
    assert {path.stem for path in DATA.glob("*.json")} == {Path(name).stem for name in BODIES}
