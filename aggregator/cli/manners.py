"""How our processes behave towards the machine they run on: pages come first."""

from __future__ import annotations

import os

# A visitor who waits goes before a feed that may wait: about a tenth of a busy processor is left to fetching.
BEHIND_PAGES = 10


def step_behind_pages() -> None:
    """Let this process and its children wait where pages want the processor."""
    os.nice(max(0, BEHIND_PAGES - os.nice(0)))
