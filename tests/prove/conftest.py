"""The hostile feed server, for every proof that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest

from tests.prove.hostile.server import FOLDER, HostileServer, running


@pytest.fixture(scope="module")
def server(require: Callable[[str], NoReturn]) -> Iterator[HostileServer]:
    """The server on a port of its own, with counters of its own."""
    if not FOLDER.is_dir():
        require(f"no hostile feed server at {FOLDER}")
    with running() as found:
        yield found
