"""How our processes behave towards the machine they run on: pages come first, and memory is given back."""

from __future__ import annotations

import ctypes
import os

# From malloc.h of the GNU C library; others know no arenas, or no such call.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
ARENAS = 2
# By itself the library takes this for so much more, after the first large block, that it gives nothing back.
LARGE_BYTES = 256 * 1024
# A visitor who waits goes before a feed that may wait: about a tenth of a busy processor is left to fetching.
BEHIND_PAGES = 10


def spare_memory() -> None:
    """Let all threads take their memory from few arenas, and give large blocks back when they are done with.

    Each new thread would get an arena of its own, up to sixteen on two processors, and what one of them keeps the
    others cannot use: a scheduler that starts threads all day grows by that for weeks.
    """
    try:
        adjust = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for what, value in ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, LARGE_BYTES), (M_TRIM_THRESHOLD, LARGE_BYTES)):
        adjust(what, value)


def step_behind_pages() -> None:
    """Let this process and its children wait where pages want the processor."""
    os.nice(max(0, BEHIND_PAGES - os.nice(0)))
