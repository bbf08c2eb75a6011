"""Lighthouse over the demonstration: `.venv/bin/python benchmarks/lighthouse.py` (needs npm and Chromium).

Looks at agenda, month, event and embed three times each, as a phone on a slow line, and prints the median of each
score. Lighthouse comes into var/ at its exact version; nothing but this machine is asked while it measures. The embed
is rightly hidden from search engines, so its SEO is counted without that one question.

22 November 2026, Lighthouse 12.8.2, two cores under load: 100 in all four for agenda, month, event and embed, but 99
for the performance of the event.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.screenshots import demonstration, richest_event  # noqa: E402

VERSION = "12.8.2"
PLACE = ROOT / "var" / "clients" / f"lighthouse-{VERSION}"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = 3
LEAST = 95
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def program() -> Path:
    """Lighthouse, installed when it is not there."""
    found = PLACE / "node_modules" / ".bin" / "lighthouse"
    if not found.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        # No package-lock file: it would name the host that the package came from.
        options = ["--silent", "--no-package-lock", "--no-save", "--no-audit", "--no-fund"]
        subprocess.run(["npm", "install", *options, "--prefix", PLACE, f"lighthouse@{VERSION}"], check=True)
    return found


def scores(url: str, chromium: str) -> dict[str, float]:
    """The four scores of one visit, 0 to 100."""
    skipped = ["--skip-audits=is-crawlable"] if "/embed" in url else []
    ran = subprocess.run(
        [program(), url, "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={FLAGS}", *skipped],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
    )
    report: dict[str, Any] = json.loads(ran.stdout)
    failed = [name for name, audit in report["audits"].items() if audit["score"] is not None and audit["score"] < 0.9]
    print(f"  {url}: {', '.join(failed) or 'nothing to mend'}", file=sys.stderr)
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}


def main() -> None:
    """Measure and print; exit code 1 when a median is too low."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or shutil.which("npm") is None:
        sys.exit("Lighthouse needs Chromium and npm.")
    with demonstration() as address:
        pages = ("/", "/month/2026-12", f"/event/{richest_event(address)}", "/embed")
        table = {}
        for path in pages:
            visits = [scores(address + path, chromium) for _ in range(TIMES)]
            table[path] = {name: median(visit[name] for visit in visits) for name in CATEGORIES}
    for path, found in table.items():
        print(f"{path:34}", "  ".join(f"{name} {score:.0f}" for name, score in found.items()))
    sys.exit(any(score < LEAST for found in table.values() for score in found.values()))


if __name__ == "__main__":
    main()
