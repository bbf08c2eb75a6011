"""One task of a peer in a fresh process, measured in processor seconds; run with the peer's own Python.

    python theirs.py TASK FOLDER [PORT]

Tasks: `icalendar` parses every .ics of the folder and reads six fields of each event; `mergecal` merges them into one
calendar; `reader-first` subscribes to every .xml at the port, `reader-again` asks for all of them once more.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def icalendar(folder: Path, port: str) -> int:
    from icalendar import Calendar

    seen = 0
    for path in sorted(folder.glob("*.ics")):
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
            seen += 1
            str(event.get("UID")), str(event.get("SUMMARY")), str(event.get("LOCATION")), str(event.get("DESCRIPTION"))
            event.get("DTSTART").dt, event.get("DTEND").dt if event.get("DTEND") else None
    return seen


def mergecal(folder: Path, port: str) -> int:
    from icalendar import Calendar
    from mergecal import merge_calendars

    merged = merge_calendars([Calendar.from_ical(path.read_bytes()) for path in sorted(folder.glob("*.ics"))]).to_ical()
    return merged.count(b"\nBEGIN:VEVENT")


def reader_first(folder: Path, port: str) -> int:
    from reader import make_reader

    known = make_reader(str(folder / "reader.sqlite"))
    for path in sorted(folder.glob("*.xml")):
        known.add_feed(f"http://127.0.0.1:{port}/{path.name}")
    return sum(1 for _ in known.update_feeds_iter())


def reader_again(folder: Path, port: str) -> int:
    from reader import make_reader

    return sum(1 for _ in make_reader(str(folder / "reader.sqlite")).update_feeds_iter(scheduled=False))


# What a task needs is imported before the clock starts, as with ours (ours.py).
IMPORTS = {
    "icalendar": ("icalendar",),
    "mergecal": ("icalendar", "mergecal"),
    "reader-first": ("reader",),
    "reader-again": ("reader",),
}

TASKS: dict[str, Callable[[Path, str], int]] = {
    "icalendar": icalendar,
    "mergecal": mergecal,
    "reader-first": reader_first,
    "reader-again": reader_again,
}


def main() -> None:
    task, folder, *port = sys.argv[1:]
    for name in IMPORTS[task]:
        import_module(name)
    began, wall = time.process_time(), time.perf_counter()
    seen = TASKS[task](Path(folder), port[0] if port else "")
    cpu, wall = time.process_time() - began, time.perf_counter() - wall
    print(
        json.dumps(
            {"cpu": cpu, "wall": wall, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "seen": seen}
        )
    )


if __name__ == "__main__":
    main()
