"""Our pages under gunicorn as they are served, but no answer is kept: every request puts its page together.

Pieces of pages and counts, which last until the calendar changes, are kept as always: what they cost for the first time
is a figure of its own.

python -m benchmarks.uncached SOURCES_YAML DATABASE_URL PORT
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from aggregator.clock import ticking_clock
from aggregator.config.environment import read_environment
from aggregator.config.loading import load_settings
from benchmarks.ours import NOW
from web.server import Pages
from web.services import EXTENSION


class Forgetful(Pages):
    """The pages without the two places that keep answers."""

    def load(self) -> Flask:
        app = super().load()
        door: Any = app.wsgi_app
        app.wsgi_app = door.app  # type: ignore[method-assign]
        app.extensions[EXTENSION].kept.replies.most_bytes = 0
        return app


if __name__ == "__main__":
    sources, url, port = sys.argv[1:]
    one_worker = {"WEB_WORKERS": "1", "WEB_THREADS": "4", "DATABASE_URL": url, "PORT": port}
    environment = replace(read_environment(one_worker), port=int(port))
    Forgetful(load_settings(Path(sources), {}), ticking_clock(NOW), environment).run()
