"""What a process that lives for months does about its memory."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable

# From malloc.h of the GNU C library; others know no arenas, or no such call.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
ARENAS = 2
# By itself the library takes this for so much more, after the first large block, that it gives nothing back.
LARGE_BYTES = 256 * 1024


def spare_memory() -> None:
    """Let all threads take their memory from few arenas, and give large blocks back when they are done with.

    Each new thread would get an arena of its own, up to sixteen on two processors, and what one of them keeps the
    others cannot use: a scheduler that starts threads all day grows by that for weeks. What is loaded by now stays, so
    nobody looks through it for garbage again.
    """
    gc.freeze()
    adjust = of_library("mallopt")
    for what, value in ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, LARGE_BYTES), (M_TRIM_THRESHOLD, LARGE_BYTES)):
        adjust(what, value)


def give_back() -> None:
    """Hand the system what work has left: some ten megabytes after reading and matching a few calendars."""
    gc.collect()
    of_library("malloc_trim")(0)


def of_library(name: str) -> Callable[..., object]:
    """A function of the C library; one that does nothing where it has no such."""
    try:
        found: Callable[..., object] = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):
        return lambda *_: None
    return found
