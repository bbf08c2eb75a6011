"""The properties of one component, read on demand; whatever cannot be read becomes a defect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.content_lines import PROPERTY, Line
from aggregator.parse.values import Property, read_property

T = TypeVar("T")
# More RDATEs or EXDATEs than a series may have (2 000), so that whoever judges it sees that there are too many.
MAX_REPEATS = 3000


class Stated(Protocol):
    """The properties of an event, read on demand."""

    def one(self, name: str, read: Callable[[Property], T], default: T) -> T:
        """The value of a property that stands once."""

    def every(self, name: str, read: Callable[[Property], T]) -> tuple[T, ...]:
        """The values of a property that may stand often."""

    def joined(self, name: str, read: Callable[[Property], tuple[T, ...]]) -> tuple[T, ...]:
        """The values of a list property that may stand often, as one list."""


class Properties:
    """Lines by property name, with the readers of `aggregator.parse.values` applied to them.

    Lines whose name is not among `wanted` are never looked at: ATTENDEE, ATTACH, CONTACT and X- properties
    leave no trace, and cost nothing.
    """

    def __init__(self, lines: Iterable[Line], wanted: frozenset[str]) -> None:
        self.defects: list[Defect] = []
        self._by_name: dict[str, list[Property]] = defaultdict(list)
        for line in lines:
            name = _name_of(line)
            if name in wanted and len(self._by_name[name]) < MAX_REPEATS:
                self._add(name, line)

    def one(self, name: str, read: Callable[[Property], T], default: T) -> T:
        """The value of a property that stands once; the first counts where it stands more often."""
        found = self._by_name.get(name)
        if not found:
            return default
        if len(found) > 1 and len({each.value for each in found}) > 1:
            self._report(DefectKind.BAD_PROPERTY, name, found[1].line)
        value = self._read(found[0], read)
        return default if value is None else value

    def every(self, name: str, read: Callable[[Property], T]) -> tuple[T, ...]:
        """The values of a property that may stand often, without those that cannot be read."""
        values = (self._read(found, read) for found in self._by_name.get(name, []))
        return tuple(value for value in values if value is not None)

    def joined(self, name: str, read: Callable[[Property], tuple[T, ...]]) -> tuple[T, ...]:
        """The values of a list property that may stand often, as one list."""
        return tuple(value for values in self.every(name, read) for value in values)

    def _add(self, name: str, line: Line) -> None:
        try:
            found = read_property(line)
            self._by_name[name].append(found)
        except ValueError:
            self._report(DefectKind.BAD_PROPERTY, name, line.number)
        if line.cut:
            self._report(DefectKind.TOO_LONG, name, line.number)

    def _read(self, found: Property, read: Callable[[Property], T]) -> T | None:
        try:
            return read(found)
        except ValueError:
            self._report(DefectKind.BAD_PROPERTY, found.name, found.line)
            return None

    def _report(self, kind: DefectKind, name: str, line: int) -> None:
        self.defects.append(Defect(kind, line=line, detail=name))


def _name_of(line: Line) -> str:
    found = PROPERTY.match(line.text)
    return found.group()[:-1].strip().upper() if found else ""
