"""A YAML file as plain text data that remembers where every key and value stands.

Nodes are composed but never constructed: every scalar stays the text that was written, so that
`id: NO` is "NO" and `19:30` is no number. Duplicate keys and aliases are mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from aggregator.config.spelling import quoted
from aggregator.errors import Mistake

Steps = tuple[str | int, ...]
Position = tuple[int, int]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
START: Position = (1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the configuration.

    `name` is how mistakes call it. `content` is made of dict, list, str and None (for an empty value);
    it is None as a whole when the file could not be read. `keys` and `values` give the 1-based line and
    column at which the key, or the value, of a path of steps begins.
    """

    path: Path
    name: str
    content: object = None
    keys: dict[Steps, Position] = field(default_factory=dict)
    values: dict[Steps, Position] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()

    def mistake(self, steps: Steps, sentence: str) -> Mistake:
        """A mistake at the value there, or at the nearest surrounding value that exists."""
        while steps and steps not in self.values:
            steps = steps[:-1]
        return self.mistake_at(self.values.get(steps, START), sentence)

    def mistake_at_key(self, steps: Steps, sentence: str) -> Mistake:
        """A mistake at the key itself."""
        return self.mistake_at(self.keys.get(steps, START), sentence)

    def mistake_at(self, position: Position, sentence: str) -> Mistake:
        """A mistake at a line and column of this file."""
        return Mistake(f"{self.name}:{position[0]}:{position[1]}", sentence)

    def where(self, steps: Steps) -> str:
        """`file:line:column` of a value."""
        return self.mistake(steps, "").where

    def get(self, *steps: str | int) -> object:
        """The value there, or None; whatever is of another shape on the way counts as absent."""
        value = self.content
        for step in steps:
            if isinstance(step, str):
                value = value.get(step) if isinstance(value, dict) else None
            else:
                value = value[step] if isinstance(value, list) and step < len(value) else None
        return value

    def items(self, *steps: str | int) -> Iterator[tuple[Steps, object]]:
        """The items of the list there, each with its own steps; nothing if there is no list."""
        found = self.get(*steps)
        for index, item in enumerate(found if isinstance(found, list) else ()):
            yield (*steps, index), item


def read_document(path: Path, name: str) -> Document:
    """Read one file; an unreadable one comes back without content and with the mistake that says why."""
    document = Document(path, name)
    try:
        return Walk(document).walked(yaml.compose(path.read_text("utf-8-sig"), Loader=LOADER))
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        return unreadable(document, START, f"the file cannot be read: {reason}")
    except UnicodeDecodeError:
        return unreadable(document, START, "the file is not written in UTF-8; please save it as UTF-8 text")
    except yaml.YAMLError as error:
        return unreadable(document, position_of(error, path), sentence_of(error))
    except RecursionError:
        return unreadable(document, START, "the file is nested too deeply to be read")


def unreadable(document: Document, position: Position, sentence: str) -> Document:
    """The document with nothing but the reason why it could not be read."""
    return Document(document.path, document.name, mistakes=(document.mistake_at(position, sentence),))


def position_of(error: yaml.YAMLError, path: Path) -> Position:
    """Where the YAML reader gave up."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 1, error.problem_mark.column + 1
    if isinstance(error, yaml.reader.ReaderError):
        # Its own position counts bytes or characters, depending on the loader.
        text = path.read_text("utf-8-sig")
        refused = yaml.reader.Reader.NON_PRINTABLE.search(text)
        before = text[: refused.start()] if refused else ""
        return before.count("\n") + 1, len(before) - before.rfind("\n")
    return START


def sentence_of(error: yaml.YAMLError) -> str:
    """The YAML reader's complaint as a sentence, with the usual causes."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is damaged"
    if "undefined alias" in problem:
        return 'a value that begins with * must stand in quotation marks, as in "*abc"'
    if "cannot start any token" in problem:
        return "the line cannot begin like this: use blanks instead of tabs, and put special characters in quotes"
    opened = getattr(error, "context_mark", None)
    around = f"from line {opened.line + 1} to here" if opened else "around here"
    return f"this is not readable as YAML ({problem}); check indentation, brackets and quotation marks {around}"


class Walk:
    """One way through the nodes of a document, collecting data, places and mistakes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mistakes: list[Mistake] = []
        self.seen: set[int] = set()

    def walked(self, root: yaml.Node | None) -> Document:
        """The document with the content of `root`; an empty file is an empty mapping."""
        content = {} if root is None else self.data_of(root, ())
        if not isinstance(content, dict):
            content = None
            self.mistakes.append(self.document.mistake_at(START, 'the file must hold keys and values, like "site: …"'))
        known = self.document
        return Document(known.path, known.name, content, known.keys, known.values, tuple(self.mistakes))

    def data_of(self, node: yaml.Node, steps: Steps) -> object:
        """The plain data of one node; its place is noted on the way."""
        # The key of an alias says better where to look than the anchor, which may be far away.
        place = self.document.keys.get(steps) or position_of_node(node)
        self.document.values[steps] = position_of_node(node)
        if id(node) in self.seen:
            sentence = "YAML references (&name and *name) are not used here; please write the value out"
            self.mistakes.append(self.document.mistake_at(place, sentence))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping_of(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.data_of(item, (*steps, index)) for index, item in enumerate(node.value)]
        is_nothing = isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~")
        return None if is_nothing else str(node.value)

    def mapping_of(self, node: yaml.MappingNode, steps: Steps) -> dict[str, object]:
        """The keys and values of one mapping; of a doubled key the first value counts."""
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            position = position_of_node(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.mistakes.append(self.document.mistake_at(position, "a key must be a single word"))
                continue
            key = str(key_node.value)
            if key in found:
                first = self.document.keys[(*steps, key)][0]
                sentence = f"the key {quoted(key)} stands here twice (first in line {first}); keep only one"
                self.mistakes.append(self.document.mistake_at(position, sentence))
                continue
            self.document.keys[(*steps, key)] = position
            found[key] = self.data_of(value_node, (*steps, key))
        return found


def position_of_node(node: yaml.Node) -> Position:
    """The 1-based line and column at which a node begins."""
    return node.start_mark.line + 1, node.start_mark.column + 1
