"""Saved filters of sources.yaml: how they are read, and what is wrong between them and the rest of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from aggregator.config.documents import Document
from aggregator.config.spelling import quoted, suggestion
from aggregator.errors import FilterError, Mistake
from aggregator.model.filters import PARAMETERS, EventFilter, parse_filter

# No dot: what stands behind one in an address is the kind of feed.
NAME_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def short_name_of(text: str) -> str:
    """A name for an address that is read out on the telephone: small letters, digits and dashes, at most 40."""
    if not NAME_SHAPE.fullmatch(text):
        raise ValueError(f'{quoted(text)} cannot be a short name; use small letters, digits and "-" (at most 40)')
    return text


def query_of(text: str) -> EventFilter:
    """A filter as it stands behind the question mark of our own addresses."""
    pairs = parse_qsl(text.removeprefix("?"))
    for name, _ in pairs:
        if name not in PARAMETERS:
            raise ValueError(f"{quoted(name)} is no word of the filter; {suggestion(name, PARAMETERS)}")
    try:
        wanted = parse_filter(pairs)
    except FilterError as error:
        raise ValueError(error.sentences["en"].rstrip(".")) from None
    if wanted.is_empty:
        raise ValueError("this filter lets everything through; write it like topic=kultur&weekday=sa,su")
    return wanted


def wrong_filters(main: Document, topics: Collection[str], initiatives: Collection[str]) -> Iterator[Mistake]:
    """Names that are used twice, and filters that ask for topics or initiatives which are not in the files."""
    first: dict[str, str] = {}
    for steps, _ in main.items("filters"):
        name, query = main.get(*steps, "name"), main.get(*steps, "query")
        if isinstance(name, str):
            if name in first:
                told = f"name: there are two filters called {quoted(name)}; the first is at {first[name]}"
                yield main.mistake((*steps, "name"), told)
            first.setdefault(name, main.where((*steps, "name")))
        if isinstance(query, str):
            for sentence in unknown_ids(query, topics, initiatives):
                yield main.mistake((*steps, "query"), f"query: {sentence}")


def unknown_ids(query: str, topics: Collection[str], initiatives: Collection[str]) -> Iterator[str]:
    """A sentence for each id in the query that nothing has."""
    known = {"topic": sorted(topics), "initiative": sorted(initiatives), "umbrella": sorted(initiatives)}
    for name, value in parse_qsl(query.removeprefix("?")):
        for part in value.split(",") if name in known else ():
            if part and part not in known[name]:
                yield f"{quoted(part)} is not the id of any {name}; {suggestion(part, known[name])}"
