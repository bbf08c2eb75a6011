"""How our processes behave towards the machine they run on: pages come first, and memory is given back."""

from __future__ import annotations

import ctypes
import os

# From malloc.h of the GNU C library; others know no arenas, or no such call.
M_ARENA_MAX = -8
ARENAS = 2
# A visitor who waits goes before a feed that may wait: about a tenth of a busy processor is left to fetching.
BEHIND_PAGES = 10


def share_arenas() -> None:
    """Let all threads take their memory from few arenas.

    Each new thread would get one of its own, up to sixteen on two processors, and what one of them keeps the others
    cannot use: a scheduler that starts threads all day grows by that for weeks.
    """
    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
    except (AttributeError, OSError, TypeError):
        return


def step_behind_pages() -> None:
    """Let this process and its children wait where pages want the processor."""
    os.nice(max(0, BEHIND_PAGES - os.nice(0)))
