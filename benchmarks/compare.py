"""Ours beside its peers, in one run, alternating, medians; prints and keeps one table.

    ./run.sh bench quick          S (50 calendars, 2 000 events), 3 runs each, some minutes
    ./run.sh bench S|M|L [RUNS]   one size in full (5 runs)
    ./run.sh bench round S|M|L [RUNS]   only what a round costs that brings little or nothing new; printed and added
                                        to the results, the page stays

Figures are processor seconds of fresh processes with all their children, so that a busy machine distorts them little.
The feeds are made by generate.py, the peers are set up by peers.sh; both live in var/bench/. Results go to
docs/performance.md (between its marks) and, a line each, to benchmarks/results.jsonl.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.generate import mutate
from benchmarks.servers import nginx

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "var" / "bench"
PEERS = BENCH / "peers" / "bin" / "python"
PAGE, START, END = ROOT / "docs" / "performance.md", "<!-- figures -->\n", "<!-- end of figures -->\n"

Measured = dict[str, float]
Run = Callable[[], Measured]


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: processor milliseconds for one `unit` of work, ours and the peer's, and what was asked for.

    `ratio` is theirs / ours: above 1 we are cheaper. `must` is the bound on it.
    """

    size: str
    what: str
    peer: str
    unit: str
    ours: float
    theirs: float
    must: float
    megabytes: float

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours


def main() -> None:
    stated = sys.argv[1:] or ["quick"]
    is_round = stated[0] == "round"
    size, *runs = stated[is_round:]
    size, repeats = ("S", 3) if size == "quick" else (size, int(runs[0]) if runs else 5)
    subprocess.run([ROOT / "benchmarks" / "peers.sh"], check=True)
    rows = [*(() if is_round else ingest(size, repeats)), *updates(size, repeats)]
    note(rows)
    if not is_round:
        show(rows)
    print(table(rows))


def ingest(size: str, repeats: int) -> Iterator[Row]:
    """An empty store is filled: parse, normalise, match, store, render; peers only parse, or only merge."""
    folder = data(size)
    with town(folder, "file:") as configuration:
        ours, parsed = alternately(repeats, lambda: cold(configuration), lambda: theirs("icalendar", folder / "feeds"))
        yield row(size, "cold ingest", "icalendar, parsing only", "event", ours, parsed, 1.5)
        if size != "L":
            ours, merged = alternately(
                repeats, lambda: cold(configuration), lambda: theirs("mergecal", folder / "feeds")
            )
            yield row(size, "cold ingest", "mergecal, merging", "event", ours, merged, 4)


def updates(size: str, repeats: int) -> Iterator[Row]:
    """All sources are asked once more; they say 304, other stamps only, or one event anew."""
    folder = data(size)
    with served_copy(folder) as (served, port), town(served, f"http://127.0.0.1:{port}/") as configuration:
        store = served.parent / "kept.sqlite"
        ours_of(configuration, store)
        theirs("reader-first", served, str(port))
        ours, reader = alternately(
            repeats, lambda: ours_of(configuration, store), lambda: theirs("reader-again", served, str(port))
        )
        yield row(size, "all unchanged (304)", "reader", "source", ours, reader, 1 / 0.3)
        parsing = theirs("icalendar", served)
        for kind, what, must in (("dtstamp", "only stamps moved", 50), ("one-event", "one event changed", 15)):
            changed = [again_after(kind, served, configuration, store) for _ in range(repeats)]
            per_source = middle(changed)
            yield row(size, what, "icalendar, parsing the feed again", "source", per_source, parsing, must)


def alternately(repeats: int, ours: Run, peer: Run) -> tuple[Measured, Measured]:
    """The medians of both, run in turn."""
    pairs = [(ours(), peer()) for _ in range(repeats)]
    return middle([pair[0] for pair in pairs]), middle([pair[1] for pair in pairs])


def middle(runs: list[Measured]) -> Measured:
    return {key: statistics.median(run[key] for run in runs) for key in ("cpu", "wall", "rss", "events", "sources")}


def row(size: str, what: str, peer: str, unit: str, ours: Measured, other: Measured, must: float) -> Row:  # noqa: PLR0913
    share = {"event": ours["events"], "source": ours["sources"]}[unit]
    return Row(size, what, peer, unit, ours["cpu"] / share * 1000, other["cpu"] / share * 1000, must, ours["rss"])


# --- one run ------------------------------------------------------------------------------------------


def cold(configuration: Path) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        return ours_of(configuration, Path(folder) / "cold.sqlite")


def ours_of(configuration: Path, store: Path) -> Measured:
    """One visit to all sources."""
    # As with `python -m aggregator`, no child imports the main module again.
    start = [sys.executable, "-c", "from benchmarks.ours import main; main()"]
    told = measured([*start, str(configuration), f"sqlite:///{store}"])
    outcomes = told.pop("outcomes")
    if set(outcomes) - {"updated", "unchanged"}:
        raise SystemExit(f"some sources failed: {outcomes}")
    return {**told, "events": told["records"], "sources": sum(outcomes.values())}


def theirs(task: str, folder: Path, *more: str) -> Measured:
    told = measured([str(PEERS), str(ROOT / "benchmarks" / "theirs.py"), task, str(folder), *more])
    return {**told, "events": told["seen"], "sources": 0}


def measured(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "LOG_LEVEL": "ERROR"})
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def again_after(kind: str, served: Path, configuration: Path, store: Path) -> Measured:
    """Let every source say something new of that kind, and visit them."""
    for path in served.glob("*.ics"):
        path.write_bytes(mutate(path.read_bytes(), kind))
        # The server tells versions apart by the second.
        os.utime(path, (path.stat().st_mtime + 5, path.stat().st_mtime + 5))
    return ours_of(configuration, store)


# --- what is compared on ------------------------------------------------------------------------------


def data(size: str) -> Path:
    """The feeds of that size, made once."""
    folder = BENCH / size
    if not (folder / "truth.json").exists():
        generator = [sys.executable, str(ROOT / "benchmarks" / "generate.py")]
        subprocess.run([*generator, "--size", size, "--rss", "--out", str(folder)], check=True)
    return folder


@contextmanager
def served_copy(folder: Path) -> Iterator[tuple[Path, int]]:
    """A copy of the feeds, which may change, behind a web server."""
    with tempfile.TemporaryDirectory() as work:
        Path(work).chmod(0o755)
        served = Path(work) / "feeds"
        shutil.copytree(folder / "feeds", served)
        for path in (folder / "rss").glob("*.xml"):
            shutil.copy(path, served)
        with nginx(served) as port:
            yield served, port


@contextmanager
def town(folder: Path, prefix: str) -> Iterator[Path]:
    """A configuration that names every calendar of the folder."""
    feeds = folder / "feeds" if (folder / "feeds").is_dir() else folder
    names = sorted(path.name for path in feeds.glob("*.ics"))
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "sources.yaml"
        base = f"file:{feeds.resolve()}/" if prefix == "file:" else prefix
        entries = [
            {"id": name[:-4], "name": name[:-4], "sources": [{"id": name[:-4], "url": base + name}]} for name in names
        ]
        origins = [] if prefix == "file:" else [prefix.removeprefix("http://").rstrip("/")]
        site = {"title": "Region", "timezone": "Europe/Berlin", "base_url": "https://region.example.org"}
        stated = {"site": site, "fetch": {"allow_origins": origins}, "initiatives": entries}
        path.write_text(json.dumps(stated), "utf-8")
        yield path


# --- the table ----------------------------------------------------------------------------------------


def table(rows: list[Row]) -> str:
    lines = [
        f"{date.today().isoformat()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"  # noqa: TID251
        f" icalendar {version('icalendar')}.",
        "",
        "| size | what | ours, CPU ms | beside | theirs, CPU ms | we are cheaper by | must | peak MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.size} | {one.what}, per {one.unit} | {one.ours:.2f} | {one.peer} | {one.theirs:.2f} "
        f"| {one.ratio:.2f} × | {one.must:.1f} × {'✓' if one.ratio >= one.must else '✗'} | {one.megabytes:.0f} |"
        for one in rows
    ]
    return "\n".join(lines) + "\n"


def note(rows: list[Row]) -> None:
    """Add the rows to the results."""
    with (ROOT / "benchmarks" / "results.jsonl").open("a", encoding="utf-8") as results:
        for one in rows:
            results.write(json.dumps({"day": date.today().isoformat(), **asdict(one)}) + "\n")  # noqa: TID251


def show(rows: list[Row]) -> None:
    """Put the table into the page."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    PAGE.write_text(f"{before}{START}{table(rows)}{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
