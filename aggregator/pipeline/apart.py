"""A look at all records in a process of its own: what that took goes back to the system when the process ends.

A scheduler that looked by itself would keep tens of megabytes for good, scattered among what it needs. The child has
connections of its own; killed at any moment it leaves the store as it was, since all is written in one transaction.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from traceback import format_exc

from aggregator.errors import StoreError
from aggregator.model.publishing import EventChanges
from aggregator.model.settings import Settings
from aggregator.pipeline.children import end_kept, fork_server
from aggregator.pipeline.relink import relink_whole
from aggregator.pipeline.thrift import give_back
from aggregator.store.database import Store

# A million records take a quarter of an hour; what takes longer than this hangs.
LONGEST_SECONDS = 2 * 60 * 60


class LookFailedError(Exception):
    """A look at all records did not come to its end, with what its process told of that."""


def look_apart(store: Store, settings: Settings, now: datetime) -> EventChanges:
    """The same as `relink_whole`, telling only how many events were written and which are gone.

    Raises StoreError as that does, LookFailedError when the child made a mistake of ours, died, or took two hours;
    then nothing was written.
    """
    # Reading is over for now: who waits for the next feed, and what the last ones left, would only take room.
    end_kept()
    give_back()
    context = fork_server()
    ours, theirs = context.Pipe()
    child = context.Process(target=look, args=(theirs, store, settings, now), daemon=True)
    child.start()
    theirs.close()
    try:
        told = ours.recv() if ours.poll(LONGEST_SECONDS) else f"more than {LONGEST_SECONDS} s"
    except (EOFError, OSError):
        told = "the process ended"
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()
    if isinstance(told, StoreError):
        raise told
    if not isinstance(told, EventChanges):
        raise LookFailedError(told)
    return told


# --- in the child -------------------------------------------------------------------------------------


def look(pipe: Connection, store: Store, settings: Settings, now: datetime) -> None:
    """Look, and send what came of it."""
    # Ctrl-C reaches the whole family; the parent knows what to do.
    signal(SIGINT, SIG_IGN)
    Thread(target=end_with, args=(pipe,), daemon=True).start()
    told: EventChanges | StoreError | str
    try:
        changes = relink_whole(store, settings, now)
        told = EventChanges(removed=changes.removed, written=changes.number)
    except StoreError as error:
        told = error
    except Exception:  # noqa: BLE001 - a mistake of ours is told by the process that keeps the log
        told = format_exc()
    store.close()
    with suppress(OSError):
        pipe.send(told)


def end_with(pipe: Connection) -> None:
    """End at once when nobody waits for the answer any more: whoever comes next looks again."""
    with suppress(OSError):
        pipe.poll(None)
    os._exit(1)
