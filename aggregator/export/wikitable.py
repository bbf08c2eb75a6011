"""Tables for MediaWiki, in which text of others stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aggregator.export.characters import one_line, web_address

# Everything that MediaWiki could read as markup, also "http:", which would become a link, and "ISBN 1".
MARKUP = re.compile(r"[^\w ,.()?!\"„“”‚‘’–…€%/:+-]|(?<=[a-z]):|__|--|//|\b(?:ISBN|RFC|PMID)(?= )", re.IGNORECASE)
UNSAFE_IN_LINK = re.compile(r"[^\w:/?#@!$&()*+,;=.~%-]|'", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another website."""

    address: str
    words: str


WikiCell = str | Link


def render_wiki(columns: Sequence[str], rows: Iterable[Sequence[WikiCell]]) -> bytes:
    """A sortable table in UTF-8, its first column as the heading of each row."""
    lines = ['{| class="wikitable sortable"', "! " + " !! ".join(plain(name) for name in columns)]
    for first, *others in rows:
        lines += ["|-", f'! scope="row" | {cell(first)}', *(f"| {cell(value)}" for value in others)]
    return "\n".join([*lines, "|}", ""]).encode()


def cell(value: WikiCell) -> str:
    """The wikitext of one cell."""
    if not isinstance(value, Link):
        return plain(value)
    if not web_address(value.address):
        return plain(value.words)
    address = UNSAFE_IN_LINK.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), value.address)
    return f"[{address} {plain(value.words)}]"


def plain(text: str) -> str:
    """The text on one line, every sign that could be markup written as an entity."""
    escaped = MARKUP.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), one_line(text))
    # At its beginning even a harmless sign begins a list, a heading or a parameter.
    return re.sub(r"^[-+/:]", lambda match: f"&#{ord(match[0])};", escaped)
