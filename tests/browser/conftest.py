"""A real Chromium that looks at a real server on a port of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest
from flask import Flask
from sqlalchemy import insert
from werkzeug.serving import make_server

from aggregator.clock import fixed_clock
from aggregator.config.environment import read_environment
from aggregator.store.database import open_store
from aggregator.store.post_schema import digests
from tests.web import town
from tests.web.posting import KEY, MAIL
from web.application import create_app

# As root and without a network: no sandbox, and none of what Chromium does by itself.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# A weekly mail that somebody ordered and has not confirmed yet.
ORDER = {
    **{"token": "known", "address": "anna@example.org", "query": "topic=kultur", "title": "Kultur und Musik"},
    **{"language": "de", "asked_at": town.NOW, "sent_week": ""},
}


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The town's calendar."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('browser') / 'town.sqlite'}", lambda: bytes(32))
    found = town.settings(demo_now=town.NOW)
    town.publish(store, found)
    with store.writing() as connection:
        connection.execute(insert(digests).values(**ORDER))
    yield create_app(store, found, fixed_clock(town.NOW), read_environment({**KEY, **MAIL}))
    store.close()


@pytest.fixture(scope="session")
def address(application: Flask) -> Iterator[str]:
    """Where the town's calendar is served."""
    with served(application) as there:
        yield there


@pytest.fixture(scope="session")
def foreign_address() -> Iterator[str]:
    """Another website, whose pages hold the frame that their query names."""

    def website(environ: dict[str, str], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [f'<iframe sandbox src="{environ["QUERY_STRING"]}"></iframe>'.encode()]

    with served(website) as there:
        yield there


@contextmanager
def served(application: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium(require: Callable[[str], NoReturn]) -> Iterator[Any]:
    """The browser, started once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        require("playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or not Path(program).exists():
        require("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a page of the calendar, or a whole address; `seen` collects its requests and complaints."""
    contexts = []

    def open_page(path: str, width: int = 1280, scheme: str = "light", **options: Any) -> Any:
        viewport = {"width": width, "height": 900}
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="de-DE", **options)
        contexts.append(context)
        page = context.new_page()
        page.seen = {"requests": [], "complaints": []}
        page.on("request", lambda request: page.seen["requests"].append(request.url))
        page.on("console", lambda message: page.seen["complaints"].append(message.text))
        page.on("pageerror", lambda error: page.seen["complaints"].append(str(error)))
        page.goto(path if path.startswith("http") else address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
