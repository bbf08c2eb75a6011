"""The options of a calendar, as they stand in its address."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.export.reader_options import Cancelled, LinkTo, ReaderOptions
from aggregator.model.filters import refusal

CHOICES = {
    "expand": ("0", "1"),
    "cancelled": tuple(Cancelled),
    "links": tuple(LinkTo),
    "tz": ("local", "utc"),
}
OPTIONS = tuple(CHOICES)


def read_reader_options(own: Mapping[str, str]) -> ReaderOptions:
    """What the reader of a calendar wants.

    Raises FilterError that names the values there are.
    """
    chosen = {name: choice(name, own.get(name, values[0])) for name, values in CHOICES.items()}
    return ReaderOptions(
        expand=chosen["expand"] == "1",
        cancelled=Cancelled(chosen["cancelled"]),
        links=LinkTo(chosen["links"]),
        utc=chosen["tz"] == "utc",
    )


def choice(name: str, value: str) -> str:
    """The value, if it is one of those there are."""
    *first, last = CHOICES[name]
    if value in CHOICES[name]:
        return value
    names = ", ".join(first)
    raise refusal(name, f"Hier geht nur {names} oder {last}", f"Only {names} or {last} is possible here")
