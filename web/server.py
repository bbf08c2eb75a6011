"""The pages under gunicorn: a few worker processes, each with its own connections to the store."""

from __future__ import annotations

import gc
from dataclasses import replace

from flask import Flask
from gunicorn.app.base import BaseApplication

from aggregator.clock import Clock
from aggregator.config.environment import Environment
from aggregator.config.secret_key import address_key
from aggregator.model.settings import Settings
from aggregator.store.database import open_store
from web.application import create_app

GRACE_SECONDS = 10


class Pages(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn with our settings instead of its command line and configuration files."""

    def __init__(self, settings: Settings, clock: Clock, environment: Environment) -> None:
        self.settings = settings
        self.clock = clock
        self.environment = environment
        super().__init__()

    def load_config(self) -> None:
        """The few settings that differ from gunicorn's own."""
        options = {
            "bind": f"{self.environment.host}:{self.environment.port}",
            "workers": self.environment.web_workers,
            "threads": self.environment.web_threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACE_SECONDS,
            # Rarely: a new process has to make again what the old one had kept.
            "max_requests": 200_000,
            "max_requests_jitter": 20_000,
            # It would let anyone with this user stop the server, and fails on read-only systems.
            "control_socket_disable": True,
            "loglevel": "warning",
            "when_ready": lambda _: announce(self.settings, self.environment),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Runs in each worker, after the fork: connections are never shared between processes."""
        gc.freeze()
        given, url = self.environment.secret_key, self.environment.database_url
        store = open_store(url, lambda: address_key(given, url))
        return create_app(store, self.settings, self.clock, self.environment)


def serve_pages(settings: Settings, clock: Clock, environment: Environment) -> None:
    """Serve until the process is told to stop; does not return."""
    Pages(settings, clock, environment).run()


def announce(settings: Settings, environment: Environment) -> None:
    """Tell the person at the terminal where to look."""
    shown = "127.0.0.1" if environment.host == "0.0.0.0" else environment.host
    print(f"{settings.site.title}: http://{shown}:{environment.port}  (Ctrl-C stops)", flush=True)  # noqa: T201


def on_port(environment: Environment, port: int | None, database_url: str) -> Environment:
    """The environment with what the command line said instead."""
    return replace(environment, port=environment.port if port is None else port, database_url=database_url)
