from __future__ import annotations

import tomllib
from pathlib import Path

from aggregator.model.version import VERSION


def test_the_version_is_that_of_the_project_file():
    project = tomllib.loads((Path(__file__).parent.parent.parent / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION
