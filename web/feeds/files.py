"""The feeds of everything as files, for nginx or Caddy to send without asking the calendar.

Each file is what the application answers to the same path, byte for byte, with its gzip beside it; so what is private
or held back is in none. A new file takes the place of the old one in one step, and a feed that says the same as before
is not touched: the date of its file, and the ETag that a server makes of it, tell what is new.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection

from aggregator.model.filters import EventFilter
from aggregator.model.times import zone_info
from web.answering import scene_of
from web.compression import LEVEL, pieces
from web.feeds.routes import WHOLE_FEEDS
from web.kept import Reply
from web.links import Links
from web.services import EXTENSION, Services
from web.visits import Visit

READABLE_BY_ALL = 0o644


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The feeds of an application in a folder, which is made when it is needed."""

    app: Flask
    folder: Path

    @property
    def services(self) -> Services:
        """What the application was given."""
        found: Services = self.app.extensions[EXTENSION]
        return found

    def state(self) -> tuple[int, date]:
        """What the feeds are made of: the store's generation and the local day. Raises StoreError."""
        services = self.services
        zone = zone_info(services.settings.site.timezone)
        return services.store.generation(), services.clock().astimezone(zone).date()

    def write(self) -> tuple[str, ...]:
        """Write what is new, all of one state of the store; gives the names. Raises StoreError and OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.app.app_context(), self.services.store.reading() as connection:
            return tuple(name for name in WHOLE_FEEDS if put(self.folder / name, self.reply(name, connection)))

    def reply(self, name: str, connection: Connection) -> Reply:
        """The answer to who asks for that feed without a filter and in the site's own language."""
        services = self.services
        tongue = next(iter(services.tongues.values()))
        visit = Visit(f"/{name}", tongue, Links(), EventFilter(), {})
        scene = scene_of(visit, services.clock(), services, connection)
        return WHOLE_FEEDS[name][1](visit, scene, connection)


def put(path: Path, reply: Reply) -> bool:
    """Write a reply and its gzip, unless the same is there; says whether it was written."""
    packed = reply.packed or gzip.compress(reply.body, LEVEL, mtime=0)
    beside = path.with_name(f"{path.name}.gz")
    if path.exists() and holds(beside, packed):
        return False
    replace(path, pieces(packed))
    # Last, since by this one it is seen whether both are there.
    replace(beside, (packed,))
    return True


def holds(path: Path, content: bytes) -> bool:
    """Whether the file is there and holds exactly that."""
    return path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content


def replace(path: Path, content: Iterable[bytes]) -> None:
    """Put a file in the place of another in one step, so that nobody ever reads half of it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(READABLE_BY_ALL)
    part.replace(path)
