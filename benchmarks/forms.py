"""A flood of registrations from one address: how many get through, and how long another visitor waits meanwhile.

    python -m benchmarks.forms [--posts 1000] [--seconds 60] [--database postgresql://…]

Starts the real server with its usual worker and threads. Ends with an error if more than five get through, or if the
form takes longer than half a second for 95 of 100 visitors.
"""

from __future__ import annotations

import argparse
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import requests
from sqlalchemy import create_engine, text

TOWN = """site: {{title: Flut, timezone: Europe/Berlin, base_url: "http://127.0.0.1:{port}"}}
initiatives:
  - {{id: freiraum, name: Freiraum}}
"""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
MOST_THROUGH = 5
LONGEST_WAIT = 0.5
SENDERS = 8


@dataclass
class Flood:
    """What happened: the answers to the flood, and how long others waited (seconds)."""

    answers: Counter[int] = field(default_factory=Counter)
    posts: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)


def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), options.database) as (origin, database):
        flood = flooded(origin, options.posts, options.seconds)
        through = registrations(database)
    print(f"{options.posts} posts in {sum(flood.answers.values())} answers: {dict(flood.answers)}")
    print(f"registrations kept: {through}")
    for name, times in (("posts", flood.posts), ("visitors", flood.visits)):
        late = statistics.quantiles(times, n=20)[-1]
        print(
            f"{name}: {len(times)}, median {statistics.median(times):.3f} s, 95 % {late:.3f} s, max {max(times):.3f} s"
        )
    if through > MOST_THROUGH or statistics.quantiles(flood.visits, n=20)[-1] > LONGEST_WAIT:
        sys.exit("The form did not hold.")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--database", default="")
    return parser.parse_args()


@contextmanager
def served(folder: Path, database: str) -> Iterator[tuple[str, str]]:
    """The server on a free port, and its database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "sources.yaml").write_text(TOWN.format(port=port), "utf-8")
    url = database or f"sqlite:///{folder / 'flood.sqlite'}"
    command = [sys.executable, "-m", "aggregator", "--sources", str(folder / "sources.yaml"), "--database", url]
    server = subprocess.Popen([*command, "serve", "--no-refresh", "--port", str(port)], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield f"http://127.0.0.1:{port}", url
    finally:
        server.terminate()
        server.wait(20)


def flooded(origin: str, posts: int, seconds: float) -> Flood:
    """Post as many registrations in that time, while somebody else opens the form four times a second."""
    flood, over = Flood(), Event()
    token = TOKEN.search(requests.get(f"{origin}/register/details", timeout=10).text)
    assert token is not None
    fields = {"csrf_token": token[1], "name": "Flut", "email": "flut@example.org", "consent": "whole"}
    # Nobody fills in a form faster than in three seconds.
    time.sleep(3.5)
    with ThreadPoolExecutor(SENDERS + 1) as pool:
        visitor = pool.submit(visit, origin, flood, over)
        began = time.perf_counter()

        def post(number: int) -> None:
            time.sleep(max(0.0, began + number * seconds / posts - time.perf_counter()))
            asked = time.perf_counter()
            answer = requests.post(
                f"{origin}/register/details", fields, headers={"Origin": origin}, allow_redirects=False, timeout=30
            )
            flood.posts.append(time.perf_counter() - asked)
            flood.answers[answer.status_code] += 1

        list(pool.map(post, range(posts)))
        over.set()
        visitor.result()
    return flood


def visit(origin: str, flood: Flood, over: Event) -> None:
    """Another visitor."""
    while not over.wait(0.25):
        asked = time.perf_counter()
        requests.get(f"{origin}/register", timeout=30).raise_for_status()
        flood.visits.append(time.perf_counter() - asked)


def registrations(database: str) -> int:
    """How many were kept."""
    with create_engine(database.replace("postgresql://", "postgresql+psycopg://")).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM registrations")).scalar_one())


if __name__ == "__main__":
    main()
