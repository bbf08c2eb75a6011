"""What the application is given once at start and every request uses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from flask import current_app

from aggregator.clock import Clock
from aggregator.model.settings import Settings
from aggregator.store.database import Store
from web.assets import Assets
from web.derived import Generations
from web.kept import KeptReplies
from web.languages import Tongue

ROOT = Path(__file__).parent.parent
EXTENSION = "buendel"


@dataclass(frozen=True, slots=True)
class Services:
    """The store, the settings, the clock, and what was read from files.

    `version` is that of code and settings. `secret` is what keys are derived from (config.secret_key.key_for).
    `can_mail` is whether a mail server takes our mails.
    """

    store: Store
    settings: Settings
    clock: Clock
    tongues: Mapping[str, Tongue]
    assets: Assets
    kept: KeptReplies
    version: str
    secret: str = field(repr=False)
    can_mail: bool = False
    generations: Generations = field(default_factory=Generations)


def current_services() -> Services:
    """The services of the application that answers this request."""
    return cast(Services, current_app.extensions[EXTENSION])


def version_of(settings: Settings) -> str:
    """A digest of everything but the store that a page is made of: our files and the site's settings.

    A new release or a new title then gives new ETags, in every worker the same.
    """
    told = repr((settings.site, settings.topics, settings.filters)).encode()
    return hashlib.blake2b(told + digest_of_files(), digest_size=8).hexdigest()


@cache
def digest_of_files() -> bytes:
    """A digest of the code, templates and texts that this process runs; they stay as they are while it does."""
    digest = hashlib.blake2b(digest_size=16)
    for room in ("web", "aggregator"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".svg", ".js", ".po", ".txt"}:
                digest.update(path.read_bytes())
    return digest.digest()
