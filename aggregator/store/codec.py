"""Our frozen dataclasses as JSON text and back: in the store, and over a child process's pipe.

Fields that hold their default are left out, which halves the store. So a field may be added with a
default at any time, but a default that has once been stored must keep its meaning.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter

Value = TypeVar("Value")

# Bodies of feeds are any bytes, not UTF-8; coordinates of bad feeds may be no numbers.
CONFIG = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="constants")


@cache
def adapter_of(shape: Any) -> TypeAdapter[tuple[Any]]:
    """The reader and writer of one type.

    It is wrapped in a list of one, the only way to give pydantic a configuration for plain dataclasses.
    """
    return TypeAdapter(tuple[shape], config=CONFIG)


def encode(value: object) -> str:
    """The value as compact JSON text; equal values give equal text."""
    shape: Any = type(value)
    return adapter_of(shape).dump_json((value,), exclude_defaults=True).decode()


def decode(shape: type[Value], text: str | bytes) -> Value:
    """The value of type `shape` (a dataclass, or for instance `tuple[Defect, ...]`) that `encode` wrote.

    Raises pydantic's ValidationError (a ValueError) for text that says something else.
    """
    hashable: Any = shape
    value: Value = adapter_of(hashable).validate_json(text)[0]
    return value
