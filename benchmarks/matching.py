#!/usr/bin/env python3
"""How matching grows: candidate pairs and processor time for growing towns, and the exponent between sizes.

    python -m benchmarks.matching                     5 000 and 30 000 records
    python -m benchmarks.matching 5000 30000 300000   as issued; the last needs several GB and much patience

A made-up region: with ten times the records come ten times the houses, groups and calendars. One event in
five is announced by two or three calendars, each in its own words; one in ten repeats weekly.
"""

from __future__ import annotations

import random
import resource
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from math import log
from time import process_time

from aggregator.match.blocking import candidate_pairs
from aggregator.match.linking import link
from aggregator.match.standardising import Town, standardise
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Recurrence
from aggregator.model.sources import Source
from aggregator.model.times import EventTime

ZONE = "Europe/Berlin"
FIRST_DAY, DAYS = datetime(2026, 9, 1), 400
HOURS = (9, 10, 14, 15, 16, 17, 18, 18, 19, 19, 19, 20)
FORMATS = "Workshop Vortrag Plenum Lesung Filmabend Stammtisch Konzert Führung Treffen Sprechstunde".split()
SYLLABLES = "ba do fi gu ha jo ke lu ma ni pa ro su ta vi wo ze bri kla sto".split()
SENTENCES = (
    "Wir laden herzlich ein.",
    "Der Eintritt ist frei, wir freuen uns über Spenden.",
    "Im Anschluss gibt es Tee und Kuchen.",
    "Bitte meldet euch vorher an, die Plätze sind begrenzt.",
    "Der Raum ist barrierefrei zu erreichen.",
)


def word(chance: random.Random, syllables: int = 3) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def region(size: int, seed: int = 1) -> list[Record]:
    """`size` records of a region whose houses and calendars grow with it."""
    chance = random.Random(f"{size}/{seed}")
    houses = [(f"{word(chance)}haus", f"{word(chance)}straße {chance.randrange(1, 99)}") for _ in range(size // 50 + 5)]
    topics = [word(chance, 4) for _ in range(size // 5 + 50)]
    calendars = [f"s{number}" for number in range(size // 100 + 5)]
    records: list[Record] = []
    while len(records) < size:
        name, address = chance.choice(houses)
        start = FIRST_DAY + timedelta(days=chance.randrange(DAYS), hours=chance.choice(HOURS))
        topic, kind, speaker = chance.choice(topics), chance.choice(FORMATS), word(chance)
        copies = chance.choices((1, 2, 3), (80, 14, 6))[0]
        for source in chance.sample(calendars, copies):
            title = chance.choice((f"{kind}: {topic}", f"{topic} – {kind} mit {speaker}", f"{topic}"))
            text = f"{speaker} spricht über {topic}. {' '.join(chance.sample(SENTENCES, 3))}"
            place = chance.choice((Place(name, address), Place(name), Place("", address), Place()))
            record = made(f"{source}.{len(records)}", title, start, place, text)
            records.append(weekly(record) if chance.random() < 0.1 else record)
    return records[:size]


def made(id_: str, title: str, start: datetime, place: Place, text: str) -> Record:
    time = EventTime(start, ZONE)
    return Record(
        id_, id_, id_.split(".")[0], "vevent", title, title, "", uid=f"{id_}@example", description=text, start=time,
        end=time.shifted(timedelta(hours=2)), occurrences=(Occurrence(time, time),), place=place,
    )  # fmt: skip


def weekly(record: Record) -> Record:
    assert record.start
    starts = [record.start.shifted(timedelta(weeks=week)) for week in range(26)]
    return replace(record, recurrence=Recurrence(("FREQ=WEEKLY",)), occurrences=tuple(Occurrence(s, s) for s in starts))


def measure(size: int) -> tuple[int, float]:
    """The candidate pairs and the seconds of a whole relink."""
    records = region(size)
    town = Town(ZONE, {record.source: Source(record.source, record.source, "") for record in records})
    began = process_time()
    pairs = len(candidate_pairs(standardise(records, town), (), ZONE))
    half = process_time()
    clusters = len(link(records, town).clusters)
    seconds = process_time() - half
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:>8} records  {pairs:>9} pairs ({pairs / size:.1f} each)  {seconds:7.1f} s"
        f" (of it {half - began:.1f} s standardising and blocking)  {clusters} events  {peak:.0f} MB",
        flush=True,
    )
    return pairs, seconds


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [5_000, 30_000]
    results = [measure(size) for size in sizes]
    for (size, (pairs, seconds)), (next_size, (next_pairs, next_seconds)) in zip(
        zip(sizes, results, strict=True), list(zip(sizes, results, strict=True))[1:], strict=False
    ):
        step = log(next_size / size)
        print(
            f"{size} → {next_size}: exponent of pairs {log(next_pairs / pairs) / step:.2f},"
            f" of time {log(next_seconds / seconds) / step:.2f}"
        )


if __name__ == "__main__":
    main()
