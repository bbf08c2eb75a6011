"""A calendar's life in two stores: one reads only what changed, the other everything; they must not differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import delete, text

from aggregator.model.fetching import Body
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.refresh import Round, read, write
from aggregator.store import configuration, sources
from aggregator.store.database import Store
from aggregator.store.schema import outlines

SOURCE = Source("chor", "chor", "https://chor.example.org/termine.ics")
SETTINGS = Settings(
    path=Path("sources.yaml"),
    site=Site("Town", "Europe/Berlin", base_url="https://town.example.org"),
    initiatives=(Initiative("chor", "Chor"),),
    sources=(SOURCE,),
)
HEAD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Chor\r\nBEGIN:VTIMEZONE\r\nTZID:Hier\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19701025T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
TABLES = ("records", "defects", "bodies", "sources", "fetch_log")


@dataclass
class Calendar:
    """A calendar that is edited: blocks of lines by number, and what stands before them."""

    chance: Random
    blocks: list[str] = field(default_factory=list)
    head: str = HEAD
    made: int = 0

    def content(self) -> bytes:
        events = "".join(f"BEGIN:VEVENT\r\n{block}END:VEVENT\r\n" for block in self.blocks)
        return f"{self.head}{events}END:VCALENDAR\r\n".encode()

    def add(self, more: str = "") -> None:
        self.made += 1
        day = datetime(2026, 11, 1) + timedelta(days=self.chance.randint(0, 90))
        self.blocks.append(
            f"UID:{self.made}@chor.example.org\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Abend {self.made}\r\n"
            f"DTSTART;TZID={self.chance.choice(('Europe/Berlin', 'Hier'))}:{day:%Y%m%d}T190000\r\n{more}"
        )

    def alter(self, expression: str, put: str) -> None:
        """Another wording in one block."""
        place = self.chance.randrange(len(self.blocks))
        self.blocks[place] = re.sub(expression, put, self.blocks[place], count=1)

    def repeat(self) -> None:
        """A date of a block stands for itself."""
        block = self.chance.choice(self.blocks)
        day = re.search(r"DTSTART;TZID=([^:]*):(\d{8})", block)
        if day and "RECURRENCE-ID" not in block:
            moved = re.sub(r"RRULE.*\r\n", "", block).replace("T190000", "T200000")
            self.blocks.append(f"{moved}RECURRENCE-ID;TZID={day[1]}:{day[2]}T190000\r\n")

    def drop(self) -> None:
        if len(self.blocks) > 3:
            self.blocks.pop(self.chance.randrange(len(self.blocks)))

    def shuffle(self) -> None:
        self.chance.shuffle(self.blocks)

    def rename(self) -> None:
        self.head = self.head.replace("CALNAME:Chor", f"CALNAME:Chor {self.made}")

    def move_zone(self) -> None:
        self.head = self.head.replace("TO:+0100", "TO:+0200") if "TO:+0100" in self.head else HEAD

    def label(self) -> None:
        self.blocks = [block.replace("SUMMARY:A", "SUMMARY:[Ort] A") for block in self.blocks]

    def edits(self) -> tuple[Callable[[], None], ...]:
        """What people and programs do to calendars, the usual more often."""
        words = self.chance.choice(("Neu", "[Ort] Fest", "Fest \\\\, heute", "abgesagt: Probe"))
        usual = (
            lambda: self.alter(r"SUMMARY:.*\r\n", f"SUMMARY:{words}\r\n"),
            lambda: self.alter(r"T190000", "T183000"),
            lambda: self.alter(r"UID", "DESCRIPTION:Eintritt frei\r\nUID"),
            lambda: self.alter(r"DTSTAMP:.*\r\n", f"DTSTAMP:202611{self.chance.randint(10, 28)}T000000Z\r\n"),
            lambda: self.alter(r"SUMMARY", "ATTENDEE:mailto:a@example.org\r\nSUMMARY"),
            lambda: self.alter(r"SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY"),
        )
        rare = (
            *(self.add, self.repeat, self.drop, self.shuffle, self.rename, self.move_zone, self.label),
            lambda: self.alter(r"DTSTART.*\r\n", "DTSTART:gestern\r\n"),
            lambda: self.alter(r"UID:.*\r\n", "UID:1@chor.example.org\r\n"),
            lambda: self.alter(r"UID:.*\r\n", "UID:https://chor.example.org/1\r\n"),
            lambda: self.alter(r"SUMMARY", "CLASS:PRIVATE\r\nSUMMARY"),
            lambda: self.alter(r"\r\n", "\r\n X\r\n"),
        )
        return (*usual, *usual, *usual, *rare)


@dataclass
class Twins:
    """The same visits to the same calendar, in two stores."""

    partial: Store
    whole: Store
    now: datetime = datetime(2026, 11, 22, 11, tzinfo=UTC)

    def visit(self, content: bytes) -> None:
        for store in (self.partial, self.whole):
            with store.writing() as connection:
                configuration.sync(connection, SETTINGS)
                if store is self.whole:
                    connection.execute(delete(outlines))
            visit(store, content, self.now)

    def difference(self) -> list[str]:
        """The tables in which they differ."""
        return [table for table in TABLES if rows(self.partial, table) != rows(self.whole, table)]


def visit(store: Store, content: bytes, now: datetime) -> None:
    with store.reading() as connection:
        ((source, state),) = sources.load_active(connection)
    step = read(Round(store, SETTINGS, lambda: now, lambda: 0.0), source, state, Body(content))
    assert write(store, source, state, step, now)


def rows(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))


def live(twins: Twins, seed: int, visits: int) -> None:
    """So many visits to a calendar that is edited in between; raises AssertionError when the stores differ."""
    chance = Random(seed)
    calendar = Calendar(chance)
    for _ in range(12):
        calendar.add()
    for number in range(visits):
        twins.visit(calendar.content())
        assert twins.difference() == [], f"seed {seed}, visit {number}"
        if chance.random() < 0.9:
            chance.choice(calendar.edits())()
        twins.now += timedelta(hours=chance.choice((1, 1, 1, 7, 26)))
