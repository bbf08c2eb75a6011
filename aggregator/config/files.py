"""The main file and those it includes, read and held against the schema."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from aggregator.config.documents import Document, read_document
from aggregator.config.mistakes import schema_mistakes
from aggregator.config.shape import IncludedShape, MainShape
from aggregator.config.spelling import quoted
from aggregator.errors import Mistake


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One file: as written (`document`), as understood (`shape`, None when it has mistakes), what it includes."""

    document: Document
    shape: IncludedShape | None
    includes: tuple[ConfigFile, ...]
    mistakes: tuple[Mistake, ...]

    def with_included(self) -> Iterator[ConfigFile]:
        """This file, then every file below it, in the order of their naming."""
        yield self
        for included in self.includes:
            yield from included.with_included()


class FileReader:
    """Reads a file and its includes, each once; names are relative to the folder of the main file."""

    def __init__(self, main: Path) -> None:
        self.folder = main.absolute().parent
        self.read_already: set[Path] = set()

    def read(self, path: Path, shape: type[IncludedShape]) -> ConfigFile:
        """The file with all that it includes."""
        self.read_already.add(path.resolve())
        document = read_document(path, os.path.relpath(path.absolute(), self.folder))
        mistakes = list(document.mistakes)
        understood = None
        if document.content is not None:
            try:
                understood = shape.model_validate(document.content)
            except ValidationError as error:
                mistakes += schema_mistakes(document, shape, error)
        includes = []
        for steps, stated in document.items("include"):
            if isinstance(stated, str) and stated:
                included = path.parent / stated
                problem = self.problem_with(included)
                if problem:
                    mistakes.append(document.mistake(steps, f"include: {quoted(stated)} {problem}"))
                else:
                    includes.append(self.read(included, IncludedShape))
        return ConfigFile(document, understood, tuple(includes), tuple(mistakes))

    def problem_with(self, path: Path) -> str:
        """Why a file cannot be included, as the end of a sentence; empty if it can."""
        if not path.is_file():
            return "is not there; the path starts beside the file that names it"
        if path.resolve() in self.read_already:
            return "is included already; every file is read once only"
        return ""


def read_files(main: Path) -> ConfigFile:
    """The main file with everything below it."""
    return FileReader(main).read(main, MainShape)
