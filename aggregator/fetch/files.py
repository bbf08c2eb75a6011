"""Sources that are files on this machine: only entries of sources.yaml ever come here."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.conditional import validators_to_send
from aggregator.model.fetching import Answer, Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source


def read_file(source: Source, state: SourceState, settings: FetchSettings, now: datetime) -> Answer:
    """The file's bytes, NotModified while its time and size are as before, or why it cannot be read.

    Never raises. The failure's detail is the file's name without its folder.
    """
    path = path_of(source.url)
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return _failed(ErrorClass.FILE, path.name)
            validators = Validators(etag=f'"{status.st_mtime_ns}-{status.st_size}"')
            if validators == validators_to_send(state, now):
                return NotModified()
            content = file.read(settings.max_bytes + 1)
    except (OSError, ValueError):
        return _failed(ErrorClass.FILE, path.name)
    return _answer(content, validators, source.url, settings)


def _open_without_waiting(path: str, flags: int) -> int:
    """Opens like open(), but does not wait for the writer of a named pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def path_of(url: str) -> Path:
    """The path behind `file:`, exactly as it stands."""
    return Path(url.removeprefix("file:"))


def _answer(content: bytes, validators: Validators, url: str, settings: FetchSettings) -> Answer:
    name = path_of(url).name
    if len(content) > settings.max_bytes:
        return _failed(ErrorClass.TOO_LARGE, name)
    if not content.strip():
        return _failed(ErrorClass.EMPTY, name)
    return Body(content, validators=validators, final_url=url)


def _failed(error_class: ErrorClass, name: str) -> FetchFailed:
    return FetchFailed(Failure(error_class, name))
