"""What a program and the processes below it use, read from /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path


def family(process: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            children[int((entry / "stat").read_text().rpartition(")")[2].split()[1])].append(int(entry.name))
    found = [process]
    for one in found:
        found += children[one]
    return found


def processor_seconds(process: int) -> float:
    """What a process and those below it, as far as they live, have used."""
    ticks = 0
    for one in family(process):
        with suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_megabytes(process: int) -> float:
    """The most memory that one of the processes has had."""
    lines = (Path(f"/proc/{one}/status").read_text() for one in family(process))
    return max(int(text.partition("VmHWM:")[2].split()[0]) for text in lines) / 1024
