"""Work that a page asks for and the worker does, since pages never fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from aggregator.model.events import MergedEvent
from aggregator.model.preview import Preview
from aggregator.model.records import Record
from aggregator.model.sources import Source


class JobKind(StrEnum):
    """What can be asked for."""

    PREVIEW = "preview"
    REFRESH = "refresh"
    RELINK = "relink"
    REPLAY = "replay"
    PROSE = "prose"
    LOGO = "logo"
    MERGED = "merged"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work; `payload` and `result` are JSON texts of the kind's own dataclasses (times UTC)."""

    id: str
    kind: JobKind
    state: JobState
    created_at: datetime
    payload: str = field(default="", repr=False)
    result: str = field(default="", repr=False)
    finished_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class PreviewWish:
    """Look behind this address; `url` may hold a secret and stays out of the repr."""

    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """Which of the coming dates (their positions in the preview) are in the calendar already, and by whom.

    `of` counts the coming dates that were compared, `by` are ids of initiatives, the most frequent first.
    """

    of: int = 0
    dates: tuple[tuple[int, tuple[str, ...]], ...] = ()
    count: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewFound:
    """What came of a preview: the preview, the source that it would become, and what is known already."""

    preview: Preview
    source: Source | None = None
    known: Known = Known()


@dataclass(frozen=True, slots=True)
class RefreshWish:
    """Read this source now, whenever it would be due."""

    source: str


@dataclass(frozen=True, slots=True)
class RefreshDone:
    """What one refresh did, in the words of a SourceReport."""

    outcome: str
    error_class: str = ""
    detail: str = ""
    added: int = 0
    changed: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class RelinkWish:
    """Bring the public calendar up to date with what owners changed; also the answer that it is."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class MergedWish:
    """Say what the public would read if these two records were one event."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class MergedFound:
    """That event; None if there is none (any more)."""

    event: MergedEvent | None = None


@dataclass(frozen=True, slots=True)
class LogoWish:
    """Copy this picture as the logo of an initiative, which said yes to it; also the answer that it was tried."""

    initiative: str
    url: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ProseWish:
    """Read this pasted text for dates, as a newsletter of that source's initiative."""

    text: str = field(repr=False)
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProseFound:
    """The dates that the text tells; nothing is stored until a person says yes.

    `doubtful` are records whose suggestions are dates that the text may tell beside them, not surely enough.
    """

    records: tuple[Record, ...] = ()
    doubtful: tuple[Record, ...] = ()
