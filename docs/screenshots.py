"""Takes the README's pictures of the demonstration: `./run.sh screenshots`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
NOW = "2026-11-24T09:30:00+01:00"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars"
).split()

# name, path, width, height, colour scheme
SHOTS = (
    ("agenda", "/?lang=de", 1280, 1150, "light"),
    ("month", "/month/2026-12?lang=de", 1280, 1150, "light"),
    ("event", "/event/{event}?lang=de", 1280, 1150, "light"),
    ("phone", "/?lang=de", 390, 1150, "dark"),
)


@contextmanager
def demonstration() -> Iterator[str]:
    """A served demonstration with a database of its own; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-m", "aggregator", "--database", f"sqlite:///{folder}/demo.sqlite", "--now", NOW]
        subprocess.run([*program, "refresh"], cwd=ROOT, check=True)
        port = free_port()
        server = subprocess.Popen([*program, "serve", "--no-refresh", "--port", str(port)], cwd=ROOT)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    """Until somebody answers there, half a minute at most."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def richest_event(address: str) -> str:
    """The id of the coming event that most sources announce."""
    import json

    with urllib.request.urlopen(f"{address}/api/v1/events?from=2026-11-24&to=2026-12-31&limit=500") as answer:
        events = json.load(answer)["events"]
    return str(max(events, key=lambda event: (len(event["sources"]), len(event["description"])))["id"])


def take(browser: Browser, address: str) -> None:
    """Every picture of the table above."""
    event = richest_event(address)
    for name, path, width, height, scheme in SHOTS:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(address + path.format(event=event))
        page.screenshot(path=PICTURES / f"{name}.png")
        page.close()


def main() -> None:
    """Serve the demonstration and look at it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("The pictures need Chromium. On Debian and Ubuntu: sudo apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        take(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
