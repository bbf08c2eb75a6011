"""The one way to the configuration: `load_settings`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from aggregator.config.building import build_settings
from aggregator.config.checking import check_across
from aggregator.config.documents import Document
from aggregator.config.environment import environment_mistakes, open_settings
from aggregator.config.files import read_files
from aggregator.config.places import read_places
from aggregator.config.shape import MainShape
from aggregator.errors import ConfigurationError, Mistake
from aggregator.model.settings import Settings

# The venues that this instance knows, beside a file that names its sources.
PLACES_FILE = "places.yaml"


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """Read sources.yaml with its includes, and each `places.yaml` beside them; `environ` is checked along with it.

    Raises ConfigurationError with every mistake at once: first those of the environment, then those of
    each file from top to bottom.
    """
    main = read_files(path)
    files = tuple(main.with_included())
    documents = [file.document for file in files]
    places = [read_places(place, main.document.path.parent) for place in beside(documents)]
    found = [*(mistake for file in files for mistake in file.mistakes), *check_across(documents)]
    found += [mistake for file in places for mistake in file.mistakes]
    documents += [document for file in places for document in file.documents]
    mistakes = (*environment_mistakes(environ), *in_order(found, [document.name for document in documents]))
    if mistakes or not isinstance(main.shape, MainShape):
        raise ConfigurationError(mistakes)
    known = tuple(place for file in places for place in file.known)
    return replace(build_settings(main, main.shape, open_settings(environ)), places=known)


def beside(documents: Sequence[Document]) -> list[Path]:
    """Where venues may be listed: in the folder of every file, each once."""
    return list(dict.fromkeys(document.path.parent / PLACES_FILE for document in documents))


def in_order(mistakes: Iterable[Mistake], names: Sequence[str]) -> list[Mistake]:
    """Sorted by file (in the order of reading), line and column."""

    def position(mistake: Mistake) -> tuple[int, int, int]:
        name, line, column = mistake.where.rsplit(":", 2)
        return names.index(name), int(line), int(column)

    return sorted(mistakes, key=position)
