"""The sheet as plain text, for mails and for those who hear it read."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from web.calendar.rows import Row
from web.printing.sheet import Sheet
from web.scene import Scene

WIDTH = 72
MARGIN = " " * 9


def plain_sheet(sheet: Sheet, address: str, scene: Scene) -> str:
    """The text with lines of at most 72 letters, as mail wants them."""
    say = scene.tongue.gettext
    lines = [sheet.title.upper(), *wrap(sheet.subtitle, WIDTH)]
    for day in sheet.days:
        lines += ["", day.long_title]
        for row in day.rows:
            lines += entry(row, scene)
    if not sheet.days:
        lines += ["", say("Nichts eingetragen.")]
    if sheet.runs:
        lines += ["", say("Läuft noch")]
        for run in sheet.runs:
            lines += [*indented(run.title), *indented(run.until)]
    return "\n".join([*lines, "", "-- ", *closing(address, sheet.made, scene), ""])


def entry(row: Row, scene: Scene) -> list[str]:
    """One line of the calendar: the hour, the title, and below it the place."""
    say = scene.tongue.gettext
    time = row.time.replace("\u00ad", "")
    states = " ".join(f"{tag.word.upper()}:" for tag in row.states)
    title = f"{states} {row.title}".strip()
    lines = [*indented(title), *indented(row.place or (say("online") if row.online else ""))]
    # What is longer than the column has a line of its own.
    if len(time) > len(MARGIN) - 3:
        return [f"  {time}", *lines]
    return [f"  {time}".ljust(len(MARGIN)) + lines[0][len(MARGIN) :], *lines[1:]]


def indented(text: str) -> Iterator[str]:
    """A text behind the column of hours, wrapped."""
    return iter(wrap(text, WIDTH, initial_indent=MARGIN, subsequent_indent=MARGIN, break_long_words=False))


def closing(address: str, made: str, scene: Scene) -> list[str]:
    """Where the newest state is, and when this was made."""
    say = scene.tongue.gettext
    return [say("Immer der neueste Stand: %(address)s", address=address), say("Stand: %(moment)s", moment=made)]
