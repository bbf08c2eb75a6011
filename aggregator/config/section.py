"""What every part of sources.yaml is made of: groups of keys, and values that are read from text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator


def read_by(reader: Callable[[str], object]) -> BeforeValidator:
    """A validator that reads one value with `reader`; lists and mappings are refused."""

    def read(stated: object) -> object:
        if stated is None:
            return reader("")
        if not isinstance(stated, str):
            raise ValueError("a single value belongs here, no list and no further keys")
        return reader(stated.strip())

    return BeforeValidator(read)


class Section(BaseModel):
    """A group of keys; a key without a value counts as not written, an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def without_empty_values(cls, stated: object) -> object:
        """Drop known keys without a value; unknown ones stay, to be told as mistakes."""
        if not isinstance(stated, dict):
            return stated
        return {key: value for key, value in stated.items() if value is not None or key not in cls.model_fields}

    def given(self, *without: str) -> dict[str, Any]:
        """The keys that were written, except `without`, with their values."""
        return {name: getattr(self, name) for name in self.model_fields_set if name not in without}
