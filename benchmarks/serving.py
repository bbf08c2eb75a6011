"""What serving costs, beside nginx and open-web-calendar: merged calendar, month pages, memory, start-up.

    ./run.sh bench serving [S|M|L] [ROUNDS]     5 rounds of two seconds each, unless said otherwise

The store is filled by filled.py (S 2 000, M 30 000, L 300 000 events). Ours and the peer are asked by the same
program (load.py), by turns; each figure is the median of the rounds. Results go to docs/performance.md and
benchmarks/results.jsonl.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import filled, page, servers
from benchmarks.compare import data
from benchmarks.processes import peak_megabytes, processor_seconds

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "var" / "bench"
MONTH = "/month/2026-10"
EVENTS_JSON = "/calendar.events.json?from=2026-10-01&to=2026-11-01"
FILTERS = ("topic=kultur", "free=1", "after=18:00", "place=halle", "initiative=s0007")
Told = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside another; `must` is said of `figure`, which is their ratio where there is a peer."""

    size: str
    what: str
    ours: str
    peer: str
    figure: float
    unit: str
    must: str
    reached: bool


def main() -> None:
    size = sys.argv[1] if len(sys.argv) > 1 else "S"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    subprocess.run([ROOT / "benchmarks" / "peers.sh"], check=True)
    keep(size, list(rows(size, rounds, 2.0)))


def rows(size: str, rounds: int, seconds: float) -> Iterator[Row]:
    """Every figure of that size; the merged calendar is compared at S, where it has the size of a town's."""
    url = store(size)
    if size == "S":
        yield from merged_calendar(size, url, rounds, seconds)
    yield from month_page(size, url, rounds, 2 * seconds)
    yield from published(size, url, rounds)
    yield from start_up(size, url, rounds)


def merged_calendar(size: str, url: str, rounds: int, seconds: float) -> Iterator[Row]:
    """The calendar of everything, two workers, eight connections; nginx serves the same bytes."""
    with tempfile.TemporaryDirectory() as folder, ours(size, url, workers=2) as (port, process):
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/calendar.ics")
        tag, body = answer.headers["ETag"], answer.read()
        Path(folder).chmod(0o755)
        (Path(folder) / "calendar.ics").write_bytes(body)
        kinds = {"identity": {}, "gzip": {"Accept-Encoding": "gzip"}, "304": {"If-None-Match": tag}}
        with nginx(Path(folder)) as (beside, its):
            ask = {
                "nginx": lambda: load(beside, its, 8, seconds, {}, "/calendar.ics"),
                **{name: asking(port, process, seconds, headers) for name, headers in kinds.items()},
            }
            told = by_turns(ask, rounds)
    must = {"identity": 0.6, "gzip": 1.8, "304": 1.5}
    for name in kinds:
        yield beside_nginx(size, name, told[name], told["nginx"], must[name], len(body))
    yield beside_web_calendar(size, told["identity"], max(1, rounds // 2))


def asking(port: int, process: int, seconds: float, headers: dict[str, str]) -> Callable[[], Told]:
    return lambda: load(port, process, 8, seconds, headers, "/calendar.ics")


def beside_nginx(size: str, name: str, told: Told, nginx: Told, must: float, body: int) -> Row:  # noqa: PLR0913
    """Requests per second, and processor time a request: on a busy machine only the second can be trusted."""
    ratio = told["per_second"] / nginx["per_second"]
    return Row(
        size,
        f"merged calendar, {body / 1e6:.1f} MB, {name}",
        f"{told['per_second']:.0f}/s, {told['cpu']:.2f} ms",
        f"nginx, the file: {nginx['per_second']:.0f}/s, {nginx['cpu']:.2f} ms",
        ratio,
        "× requests",
        f"≥ {must}",
        ratio >= must,
    )


def beside_web_calendar(size: str, told: Told, rounds: int) -> Row:
    """Processor time of one merged calendar; open-web-calendar reads the feeds from nginx, its cache is warm."""
    folder = BENCH / size
    with nginx(folder / "feeds") as (feeds, _), servers.web_calendar(feeds, folder) as (port, process, path):
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
        costs = []
        for _ in range(rounds):
            before = processor_seconds(process)
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
            costs.append((processor_seconds(process) - before) * 1000)
    theirs = statistics.median(costs)
    ratio = theirs / told["cpu"]
    ours = f"{told['cpu']:.2f} ms"
    return Row(
        size,
        "merged calendar, CPU",
        ours,
        f"open-web-calendar: {theirs:.0f} ms",
        ratio,
        "× cheaper",
        "≥ 1000",
        ratio >= 1000,
    )


def month_page(size: str, url: str, rounds: int, seconds: float) -> Iterator[Row]:
    """A month, no answer kept, one worker, four connections; then one more filter on it, one connection."""
    with uncached(size, url) as (port, process):
        first = first_cost(port, process, MONTH)
        told = by_turns({"month": lambda: load(port, process, 4, seconds, {}, MONTH)}, rounds)["month"]
        peak = peak_megabytes(process)
        paths = {"": MONTH, **{one: f"{MONTH}?{one}" for one in FILTERS}}
        # What a filter counts is kept for the generation: the first request is a figure of its own.
        at_first = {name: first_cost(port, process, path) for name, path in paths.items()}
        one_by_one = by_turns(
            {name: month_asking(port, process, seconds / 2, path) for name, path in paths.items()}, rounds
        )
    is_large = size == "L"
    page_of, p99 = f"p50 {told['p50']:.1f} ms, CPU {told['cpu']:.1f} ms", told["p99"]
    yield Row(size, "month page, nothing kept, p99", f"{p99:.1f} ms", page_of, p99, "ms", "≤ 20 at L", p99 <= 20)
    yield Row(size, "the first month page after a change, CPU", f"{first:.0f} ms", "–", first, "ms", "–", True)
    yield beside_events_json(size, told["p50"], max(1, rounds // 2))
    yield from filter_rows(size, one_by_one, at_first)
    is_small = not is_large or peak <= 150
    yield Row(size, "peak memory of a web process", f"{peak:.0f} MB", "–", peak, "MB", "≤ 150 at L", is_small)


def filter_rows(size: str, told: dict[str, Told], at_first: Told) -> Iterator[Row]:
    """What one more filter costs when its answer is put together again, and when nobody has asked for it before."""
    plain = told[""]["cpu"]
    for what, costs in (
        ("one more filter, CPU", {one: told[one]["cpu"] for one in FILTERS}),
        ("a filter asked for the first time, CPU", {one: at_first[one] for one in FILTERS}),
    ):
        worst = max(FILTERS, key=costs.__getitem__)
        more, shown = costs[worst] - plain, f"{costs[worst]:.1f} ms ({worst})"
        what = f"{what}, the dearest of {len(FILTERS)}"
        yield Row(size, what, shown, f"without: {plain:.1f} ms", more, "ms more", "≤ 5", more <= 5)


def first_cost(port: int, process: int, path: str) -> float:
    """Processor milliseconds of one request."""
    before = processor_seconds(process)
    urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
    return (processor_seconds(process) - before) * 1000


def beside_events_json(size: str, ours: float, rounds: int) -> Row:
    """How long our month takes beside open-web-calendar's events of that month at S, with a warm cache, in one run."""
    with nginx(BENCH / "S" / "feeds") as (feeds, _), servers.web_calendar(feeds, BENCH / "S") as (port, _, _):
        address = f"http://127.0.0.1:{port}{EVENTS_JSON}"
        urllib.request.urlopen(address).read()
        waits = []
        for _ in range(rounds):
            began = time.perf_counter()
            urllib.request.urlopen(address).read()
            waits.append((time.perf_counter() - began) * 1000)
    theirs = statistics.median(waits)
    ratio = theirs / ours
    peer = f"open-web-calendar, events JSON of S: {theirs:.0f} ms"
    return Row(size, "month page, nothing kept, p50", f"{ours:.1f} ms", peer, ratio, "× quicker", "≥ 150", ratio >= 150)


def month_asking(port: int, process: int, seconds: float, path: str) -> Callable[[], Told]:
    return lambda: load(port, process, 1, seconds, {}, path)


def published(size: str, url: str, rounds: int) -> Iterator[Row]:
    """One event changes: its row, its stretch of the merged calendar, and the calendar as it is sent."""
    if size == "L":
        return
    command = [sys.executable, "-m", "benchmarks.publish", str(BENCH / size / "sources.yaml"), url, str(4 * rounds)]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    parts = f"write {told['write']:.1f}, stretch {told['stretch']:.1f}, join and answer {told['answer']:.1f} ms"
    cost = told["stretch"] + told["answer"]
    yield Row(size, "publish one change, CPU", f"{cost:.1f} ms", parts, cost, "ms", "≤ 10 at M", cost <= 10)


def start_up(size: str, url: str, rounds: int) -> Iterator[Row]:
    """--help in processor seconds, and the wall clock from `serve` to the first answer."""
    helped, served = [], []
    for _ in range(rounds):
        before = os.times()
        subprocess.run([sys.executable, "-m", "aggregator", "--help"], cwd=ROOT, check=True, capture_output=True)
        after = os.times()
        helped.append(after.children_user + after.children_system - before.children_user - before.children_system)
        began = time.perf_counter()
        with ours(size, url, workers=2) as (port, _):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").read()
            served.append(time.perf_counter() - began)
    cpu, wall = statistics.median(helped), statistics.median(served)
    yield Row(size, "--help", f"{cpu:.2f} CPU s", "–", cpu, "s", "< 0.4", cpu < 0.4)
    yield Row(size, "serve, to the first answer, ms", f"{wall:.1f} s", "–", wall * 1000, "ms", "≤ 3000", wall <= 3)


# --- measuring ----------------------------------------------------------------------------------------


def by_turns(ask: dict[str, Callable[[], Told]], rounds: int) -> dict[str, Told]:
    """The medians of each, asked by turns; a short round before counts for nothing."""
    for one in ask.values():
        one()
    told: dict[str, list[Told]] = {name: [] for name in ask}
    for _ in range(rounds):
        for name, one in ask.items():
            told[name].append(one())
    return {name: {key: statistics.median(one[key] for one in each) for key in each[0]} for name, each in told.items()}


def load(port: int, process: int, connections: int, seconds: float, headers: dict[str, str], path: str) -> Told:  # noqa: PLR0913
    """Requests per second, waiting times in ms, and the server's processor milliseconds for each request."""
    before = processor_seconds(process)
    command = [sys.executable, "-m", "benchmarks.load", str(port), str(connections), str(seconds), json.dumps(headers)]
    done = subprocess.run([*command, path], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    spent = processor_seconds(process) - before
    if set(told["statuses"]) - {"200", "304"}:
        raise SystemExit(f"{path}: {told}")
    if not told["requests"]:
        # The machine has so much else to do that nothing was answered in that time.
        return load(port, process, connections, 2 * seconds, headers, path)
    return {**{key: told[key] for key in ("per_second", "p50", "p99")}, "cpu": spent * 1000 / told["requests"]}


# --- the servers --------------------------------------------------------------------------------------


def store(size: str) -> str:
    """The store of that size, filled once; a new version of the tables is brought up to date."""
    path = BENCH / f"serve-{size}.sqlite"
    if not path.exists():
        data(size)
        subprocess.run([sys.executable, "-m", "benchmarks.filled", size, f"sqlite:///{path}"], cwd=ROOT, check=True)
    filled.town(BENCH / size)
    filled.open_store(f"sqlite:///{path}").close()
    return f"sqlite:///{path}"


@contextmanager
def ours(size: str, url: str, workers: int) -> Iterator[tuple[int, int]]:
    """Our pages as anybody would start them; gives port and process."""
    port = servers.free_port()
    command = [sys.executable, "-m", "aggregator", "--sources", str(BENCH / size / "sources.yaml"), "--database", url]
    command += ["--now", "2026-09-01T12:00:00+02:00", "serve", "--no-refresh", "--port", str(port)]
    environment = {**os.environ, "WEB_WORKERS": str(workers), "WEB_THREADS": "4"}
    with servers.running(command, port, env=environment, cwd=ROOT) as process:
        yield port, process


@contextmanager
def uncached(size: str, url: str) -> Iterator[tuple[int, int]]:
    port = servers.free_port()
    command = [sys.executable, "-m", "benchmarks.uncached", str(BENCH / size / "sources.yaml"), url, str(port)]
    with servers.running(command, port, cwd=ROOT) as process:
        yield port, process


@contextmanager
def nginx(folder: Path) -> Iterator[tuple[int, int]]:
    """nginx with that folder; gives port and process."""
    with servers.nginx(folder) as port:
        # The newest child of ours; its workers are children of its own.
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        yield port, max(int(one) for one in children if Path(f"/proc/{one}/comm").read_text().strip() == "nginx")


def keep(size: str, found: list[Row]) -> None:
    """Into the results and the page."""
    page.keep(size, [asdict(one) for one in found])


if __name__ == "__main__":
    main()
