"""Configuration files for one test, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from aggregator.config.loading import load_settings
from aggregator.errors import ConfigurationError
from aggregator.model.settings import Settings


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of this test; gives its path."""

    def write_file(text: str, name: str = "sources.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), "utf-8")
        return path

    return write_file


@pytest.fixture
def load(write: Callable[..., Path]) -> Callable[[str], Settings]:
    """The settings that a sources.yaml of this text gives."""
    return lambda text: load_settings(write(text), {})


@pytest.fixture
def mistakes(write: Callable[..., Path]) -> Callable[[str], list[str]]:
    """Every mistake of a sources.yaml of this text, as a person reads it."""

    def found(text: str) -> list[str]:
        with pytest.raises(ConfigurationError) as caught:
            load_settings(write(text), {})
        return [str(mistake) for mistake in caught.value.mistakes]

    return found
