"""A quick look at an XML document before feedparser sees it.

feedparser is quadratic in attributes, namespaces and the length of an author's name, and would expand entities:
80 kB can cost half a minute. expat counts all of this in one linear pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from aggregator.errors import ErrorClass, Failure

MAX_CHARACTERS = 5_000_000
MAX_ELEMENTS = 200_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 100
MAX_NAMESPACES = 100
MAX_TEXT = 2_000_000
MAX_SHORT = 500
# Elements that feedparser searches for an e-mail address or a date, with costly patterns.
PERSONS = frozenset(["author", "creator", "managingeditor", "webmaster", "contributor", "publisher", "name", "email"])
DATES = frozenset(["pubdate", "lastbuilddate", "published", "updated", "issued", "modified", "created", "date"])
SHORT = PERSONS | DATES
OVERLONG = re.compile(
    rf"<(?:[\w.-]{{1,40}}:)?(?:{'|'.join(SHORT)})(?:\s[^<>]{{0,500}})?>[^<]{{{MAX_SHORT + 1}}}", re.IGNORECASE
)
LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000}")


class _LimitPassed(Exception):
    """Raised inside expat's callbacks to end the pass."""


@dataclass(frozen=True, slots=True)
class XmlShape:
    """What the pass found: whether the document is well-formed, and if not, the line of the first mistake."""

    well_formed: bool
    bad_line: int | None = None


@dataclass(slots=True)
class _Counter:
    """Counts while expat reads."""

    elements: int = 0
    text: int = 0
    namespaces: int = 0
    path: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.text = 0
        self.namespaces += sum(1 for key in attributes if key.startswith("xmlns"))
        self.path.append(name.rpartition(":")[2].lower())
        _require(self.elements <= MAX_ELEMENTS and len(self.path) <= MAX_DEPTH)
        _require(len(attributes) <= MAX_ATTRIBUTES and self.namespaces <= MAX_NAMESPACES)

    def end(self, _name: str) -> None:
        self.path.pop()
        self.text = 0

    def characters(self, text: str) -> None:
        self.text += len(text)
        is_short = bool(self.path) and self.path[-1] in SHORT
        _require(self.text <= (MAX_SHORT if is_short else MAX_TEXT))


def examine(document: str, first_line: int = 1) -> XmlShape | Failure:
    """The shape of a document without its prolog, or a failure if it asks for too much.

    `first_line` is the line of the whole document on which `document` begins.
    """
    if len(document) > MAX_CHARACTERS:
        return Failure(ErrorClass.TOO_LARGE, f"{len(document) // 1_000_000} MB")
    counter = _Counter()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.characters
    try:
        parser.Parse(document.encode(), True)
    except _LimitPassed:
        return Failure(ErrorClass.LIMIT, "XML")
    except expat.ExpatError as error:
        # expat stops here, feedparser's second, lenient parser does not: the rest gets a rougher look.
        return _examine_roughly(document) or XmlShape(False, first_line + error.lineno - 1)
    return XmlShape(True)


def _examine_roughly(document: str) -> Failure | None:
    too_much = document.count("<") > 2 * MAX_ELEMENTS or LONG_TAG.search(document) or OVERLONG.search(document)
    return Failure(ErrorClass.LIMIT, "XML") if too_much else None


def _require(within: bool) -> None:
    if not within:
        raise _LimitPassed
