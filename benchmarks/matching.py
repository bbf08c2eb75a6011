#!/usr/bin/env python3
"""How matching grows: candidate pairs and processor time for growing towns, and the exponent between sizes.

    python -m benchmarks.matching                     5 000 and 30 000 records, in memory
    python -m benchmarks.matching 5000 30000 300000   as issued; the last needs some minutes
    python -m benchmarks.matching --change 30000      one changed record in a store of 30 000
    python -m benchmarks.matching --truth FOLDER      pairs found in calendars of benchmarks/generate.py

Each look is a process of its own, which reads its records from a file as the product reads them from its store; the
seconds are those of matching, without reading.

A made-up region: with ten times the records come ten times the houses, groups and calendars. One event in
five is announced by two or three calendars, each in its own words; one in ten repeats weekly.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from aggregator.match.linking import Linkage
from aggregator.match.standardising import Town
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, RecordChanges, Recurrence
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.model.times import EventTime
from aggregator.pipeline import merging
from aggregator.pipeline.cabinet import link_many
from aggregator.pipeline.relink import relink
from aggregator.store import configuration, events
from aggregator.store import records as stored_records
from aggregator.store.database import Store, open_store
from benchmarks.streams import Stream, write, write_feeds

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
# What is measured of a change: the whole relink, and of it merged events rendered and rows written.
STEPS = ("all", "to_be_written", "write")
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


def town_of(records: list[Record]) -> Town:
    names = sorted({record.source for record in records})
    return Town(ZONE, {name: Source(name, name, f"https://{name}.example/feed") for name in names})


def measure(size: int, path: Path) -> None:
    """The candidate pairs and the seconds of a look at all records of a file; prints them as JSON."""
    stream = Stream(path)
    sources = sorted({record.source for record in stream})
    stream.spent = 0.0
    town = Town(ZONE, {name: Source(name, name, f"https://{name}.example/feed") for name in sources})
    began = process_time()
    whole = link_many(stream, size, town)
    seconds = process_time() - began - stream.spent
    records = len(whole.ledger.units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {
        "records": records, "pairs": whole.pairs, "seconds": seconds, "megabytes": peak,
        "events": len(whole.linkage.clusters), "questions": len(whole.linkage.questions),
    }  # fmt: skip
    if (truth := path.with_suffix(".json")).exists():
        found |= scored(whole.linkage, json.loads(truth.read_text("utf-8")), stream)
    print(json.dumps(found))


def scored(linkage: Linkage, labels: dict[str, dict[str, str]], records: Stream) -> dict[str, float]:
    """Precision and recall of the pairs that end up in one event, by the generator's labels of source and UID."""
    label = {r.id: labels[r.source][r.uid] for r in records if not r.is_override and r.uid in labels[r.source]}
    said = Counter((at, label[r]) for at, c in enumerate(linkage.clusters) for r in c.records if r in label)
    events, true = Counter[int](), Counter[str]()
    for (at, meant), count in said.items():
        events[at] += count
        true[meant] += count
    both, ours, theirs = (sum(n * (n - 1) // 2 for n in each.values()) for each in (said, events, true))
    return {"precision": both / ours, "recall": both / theirs, "f1": 2 * both / (ours + theirs)}


def measured(path: Path, size: int) -> dict[str, float]:
    """The same in a process of its own, told and returned."""
    command = [sys.executable, "-m", "benchmarks.matching", "--measure", str(size), str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    size = int(found["records"])
    print(
        f"{size:>8} records  {found['pairs']:>9} pairs ({found['pairs'] / size:.2f} each)  {found['seconds']:7.1f} s"
        f" ({found['seconds'] / size * 1e6:.0f} µs each)  {found['events']} events  {found['questions']} questions"
        f"  {found['megabytes']:.0f} MB",
        *(f"{name} {found[name]:.4f}" for name in ("precision", "recall", "f1") if name in found),
        flush=True,
    )
    return found


def of_region(size: int) -> dict[str, float]:
    """A look at all records of the made-up region."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records"
        make = [sys.executable, "-m", "benchmarks.matching", "--make", str(size), str(path)]
        subprocess.run(make, check=True)
        return measured(path, size)


def of_calendars(calendars: Path) -> dict[str, float]:
    """A look at all records of the generator's calendars, beside its labels."""
    truth = json.loads((calendars / "truth.json").read_text("utf-8"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records"
        write_feeds(path, calendars)
        path.with_suffix(".json").write_text(json.dumps(truth["labels"]), "utf-8")
        return measured(path, truth["meta"]["published"])


def change(size: int, changes: int = 40) -> None:
    """What it costs when one of so many announcements changes, by processor time and by step."""
    records = {record.id: record for record in region(size)}
    by_source: dict[str, list[Record]] = {}
    for record in records.values():
        by_source.setdefault(record.source, []).append(record)
    sources = tuple(town_of(list(records.values())).sources.values())
    initiatives = tuple(Initiative(name, name) for name in by_source)
    site = Site("Region", ZONE, base_url="https://region.example")
    settings = Settings(Path("sources.yaml"), site, initiatives=initiatives, sources=sources)
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/region.sqlite")
        with store.writing() as connection:
            configuration.sync(connection, settings)
            for name, theirs in by_source.items():
                stored_records.apply(connection, name, RecordChanges(added=tuple(theirs)), NOW)
        began = process_time()
        relink(store, settings, NOW, whole=True)
        print(f"{size:>8} records  matched, merged, rendered and written whole in {process_time() - began:.1f} s")
        chance = random.Random(size)
        timings = sorted(
            one_change(store, settings, chance.choice(list(records.values())), at) for at in range(changes)
        )
    steps = zip(STEPS, zip(*timings, strict=True), strict=True)
    told = ", ".join(f"{name} {median(each) * 1000:.1f} ms" for name, each in steps)
    print(f"{size:>8} records  one changed: {told} (medians of {changes})", flush=True)


def one_change(store: Store, settings: Settings, record: Record, at: int) -> tuple[float, ...]:
    """The processor seconds of one change: all, and of that merging and rendering, and writing."""
    changed = replace(record, title=f"{record.title} ({at})", fingerprint=str(at))
    with store.writing() as connection:
        stored_records.apply(connection, record.source, RecordChanges(changed=(changed,)), NOW)
    spent = dict.fromkeys(STEPS, 0.0)
    with timed(spent, merging, "to_be_written"), timed(spent, events, "write"):
        began = process_time()
        relink(store, settings, NOW + timedelta(minutes=at))
        spent["all"] = process_time() - began
    return tuple(spent[name] for name in STEPS)


@contextmanager
def timed(spent: dict[str, float], module: Any, name: str) -> Iterator[None]:
    """Add up what one function costs."""
    plain = getattr(module, name)

    def measured(*given: Any) -> Any:
        began = process_time()
        try:
            return plain(*given)
        finally:
            spent[name] += process_time() - began

    setattr(module, name, measured)
    try:
        yield
    finally:
        setattr(module, name, plain)


def main() -> None:
    task, *given = sys.argv[1:] or [""]
    if task == "--change":
        for size in given or ["30000"]:
            change(int(size))
    elif task == "--truth":
        exponents([of_calendars(Path(folder)) for folder in given])
    elif task == "--make":
        write(Path(given[1]), region(int(given[0])))
    elif task == "--measure":
        measure(int(given[0]), Path(given[1]))
    else:
        exponents([of_region(int(size)) for size in sys.argv[1:] or (5_000, 30_000)])


def exponents(results: list[dict[str, float]]) -> None:
    """How pairs and seconds grow between sizes."""
    for before, after in pairwise(results):
        step = log(after["records"] / before["records"])
        if abs(step) > 1:
            pairs, seconds = (log(after[name] / before[name]) / step for name in ("pairs", "seconds"))
            print(
                f"{before['records']} → {after['records']}: exponent of pairs {pairs:.2f}, of time {seconds:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
