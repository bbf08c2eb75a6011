"""Keeps what serving cost: a line each in results.jsonl, a table of the latest of each size in the page, and a plot."""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from math import log10
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results.jsonl"
PAGE, START, END = ROOT / "docs" / "performance.md", "<!-- serving -->\n", "<!-- end of serving -->\n"
PLOT = ROOT / "docs" / "performance.svg"
EVENTS = {"S": 2_000, "M": 30_000, "L": 300_000}
# What is drawn: the text of a row, what to call it, and its colour in light and dark.
CURVES = (
    ("month page, nothing kept, p99", "month page, p99", "#2c5727"),
    ("the first month page after a change, CPU", "the first after a change, CPU", "#8e2f1c"),
    ("serve, to the first answer, ms", "serve, to the first answer", "#33608c"),
)
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 360, 60, 40
Result = dict[str, Any]


def keep(size: str, found: list[Result]) -> None:
    """Add the rows to the results, and draw table and plot from the latest of each size."""
    with RESULTS.open("a", encoding="utf-8") as results:
        for one in found:
            results.write(json.dumps({"day": date.today().isoformat(), "kind": "serving", **one}) + "\n")  # noqa: TID251
    rows = latest()
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    PAGE.write_text(f"{before}{START}{table(rows)}{END}{rest.partition(END)[2]}", "utf-8")
    PLOT.write_text(plot(rows), "utf-8")
    print(table([one for one in rows if one["size"] == size]))


def latest() -> list[Result]:
    """The last result of each row and size, the sizes in order."""
    lines = (json.loads(line) for line in RESULTS.read_text("utf-8").splitlines())
    last = {(one["size"], one["what"]): one for one in lines if one.get("kind") == "serving"}
    return sorted(last.values(), key=lambda one: EVENTS[one["size"]])


def table(rows: list[Result]) -> str:
    lines = [
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, gunicorn"
        f" {version('gunicorn')}, Flask {version('flask')}; load at the end {os.getloadavg()[0]:.1f}.",
        "",
        "| day | size | what | ours | beside | figure | must |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one['day']} | {one['size']} | {one['what']} | {one['ours']} | {one['peer']} "
        f"| {one['figure']:.3g} {one['unit']} | {one['must']} {'✓' if one['reached'] else '✗'} |"
        for one in rows
    ]
    return "\n".join(lines) + "\n"


def plot(rows: list[Result]) -> str:
    """Milliseconds against events, both in powers of ten."""
    drawn = [curve(rows, *one, at) for at, one in enumerate(CURVES)]
    grid = [
        f'<path d="M{LEFT} {y(ms):.0f}H{WIDTH - 20}" stroke="#8885"/>'
        f'<text x="{LEFT - 8}" y="{y(ms) + 4:.0f}" text-anchor="end">{ms:g}</text>'
        for ms in (1, 10, 100, 1000, 10_000)
    ]
    names = [
        f'<text x="{x(n):.0f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{s}, {n:,}</text>'
        for s, n in EVENTS.items()
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="12" fill="#888" role="img"><title>Milliseconds against the number of events</title>'
        + "".join((*grid, *names, *drawn))
        + "</svg>\n"
    )


def curve(rows: list[Result], what: str, words: str, colour: str, at: int) -> str:
    """One line with its name; nothing where no size was measured."""
    points = [(EVENTS[one["size"]], one["figure"]) for one in rows if one["what"] == what]
    if not points:
        return ""
    path = "L".join(f"{x(events):.0f} {y(ms):.0f}" for events, ms in points)
    dots = "".join(f'<circle cx="{x(e):.0f}" cy="{y(ms):.0f}" r="3" fill="{colour}"/>' for e, ms in points)
    legend = f'<text x="{LEFT + 10}" y="{18 + 16 * at}" fill="{colour}">{words}, ms</text>'
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}{legend}'


def x(events: float) -> float:
    return LEFT + 60 + (log10(events) - log10(2000)) / log10(150) * (WIDTH - LEFT - 160)


def y(ms: float) -> float:
    return HEIGHT - BOTTOM - log10(max(ms, 1)) / 4 * (HEIGHT - BOTTOM - 60)
