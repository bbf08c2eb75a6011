"""Frozen dataclasses that cost a tenth to make: the type checker proves that none is changed, nobody tries each time.

What a frozen dataclass does at run time to keep its fields is paid for when it is made, field by field, and making
values is what reading and matching do all day. Who takes `dataclass` from here writes it as always: mypy sees the very
one of the standard library, and refuses every change.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: Literal[True], slots: bool = False) -> Callable[[type], Any]:
        """The dataclass with the same fields, equality and hash, without a guard before its fields."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)
