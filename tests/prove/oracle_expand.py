"""Runs in the oracle's own environment: the starts of every series that the `ical` package finds.

Reads JSON lines {"path", "zone", "windows": {uid: [first day, last day]}} and answers each with
{"path", "starts": {uid: [start, …]}} or {"path", "error": why}. A start is a date, or a time in UTC.
"""

from __future__ import annotations

import json
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ical.calendar_stream import IcsCalendarStream

LONGEST = 20


def starts(path: str, zone: ZoneInfo, windows: dict[str, list[str]]) -> dict[str, list[str]]:
    calendar = IcsCalendarStream.calendar_from_ics(Path(path).read_text("utf-8"))
    found: dict[str, set[str]] = {uid: set() for uid in windows}
    for uid, days in windows.items():
        first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days)
        calendar_of_one = calendar.model_copy(update={"events": [each for each in calendar.events if each.uid == uid]})
        for event in calendar_of_one.timeline_tz(zone).overlapping(first, last):
            found[uid].add(told(event.dtstart, zone))
    return {uid: sorted(each) for uid, each in found.items()}


def told(start: date, zone: ZoneInfo) -> str:
    if not isinstance(start, datetime):
        return start.isoformat()
    return (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC).isoformat()


def give_up(*_: object) -> None:
    raise TimeoutError("too slow")


def main() -> None:
    signal.signal(signal.SIGALRM, give_up)
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"path": question["path"]}
        signal.alarm(LONGEST)
        try:
            answer["starts"] = starts(question["path"], ZoneInfo(question["zone"]), question["windows"])
        except Exception as error:  # noqa: BLE001 - whatever it cannot read is not compared
            answer["error"] = f"{type(error).__name__}: {error}"[:200]
        finally:
            signal.alarm(0)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
