"""A region is looked at out of a stock and written out of a spool, and gives what a town gives in the memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, RecordChanges
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.model.times import EventTime
from aggregator.pipeline import relink as relinking
from aggregator.pipeline import stock
from aggregator.pipeline.relink import relink
from aggregator.pipeline.stock import Stock
from aggregator.store import configuration, events, matching, records, schema
from aggregator.store.database import Store, open_store

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
SETTINGS = Settings(
    Path("sources.yaml"),
    Site("Region", ZONE),
    initiatives=tuple(Initiative(name, name.title()) for name in "ab"),
    sources=tuple(Source(name, name, f"https://{name}.example.org/feed") for name in "ab"),
)
TABLES = (schema.events, schema.identities, schema.members, schema.occurrences)


def told(source: str, day: int, title: str, **fields: object) -> Record:
    start = EventTime(datetime(2026, 12, day, 18), ZONE)
    id_ = f"{source}.{day:02}.{title}"
    return Record(
        id_, id_, source, "vevent", title, title, id_, start=start, occurrences=(Occurrence(start, start),),
        place=Place("Glockenhaus", "Ring 3"), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


WEEK = told("a", 1, "Umwelttage Salzstadt", end=EventTime(datetime(2026, 12, 9, 22), ZONE))
ANNOUNCED = [
    WEEK,
    *(told(source, day, f"Umwelttage: Slam {day}") for day in range(2, 8) for source in "ab"),
    told("a", 9, "Lesung"),
]


def say(store: Store, **changes: tuple[object, ...]) -> None:
    with store.writing() as connection:
        configuration.sync(connection, SETTINGS)
        for source in "ab":
            theirs = {name: tuple(each for each in said if of(each) == source) for name, said in changes.items()}
            records.apply(connection, source, RecordChanges(**theirs), NOW)  # type: ignore[arg-type]


def of(said: object) -> str:
    return str(said)[0] if isinstance(said, str) else said.source  # type: ignore[attr-defined, no-any-return]


def rows(store: Store) -> dict[str, list[str]]:
    with store.reading() as connection:
        found = {table.name: sorted(str(row) for row in connection.execute(select(table))) for table in TABLES}
        keys = matching.keys_of(connection, [record.id for record in ANNOUNCED])
    return found | {"keys": sorted(f"{id_} {sorted(held)}" for id_, held in keys.items())}


def looked_at(store: Store) -> dict[str, list[str]]:
    """The rows after some looks at all records, of which the second finds a change and the last an old withdrawal."""
    say(store, added=tuple(ANNOUNCED))
    assert relink(store, SETTINGS, NOW, whole=True).number == 8
    say(store, withdrawn=("a.09.Lesung",), changed=(told("a", 2, "Umwelttage: Slam 2"),))
    relink(store, SETTINGS, NOW, whole=True)
    assert relink(store, SETTINGS, NOW, whole=True).number == 0
    assert len(relink(store, SETTINGS, NOW + timedelta(days=20), whole=True).removed) == 1
    return rows(store)


def test_what_is_written_is_the_same(tmp_path, monkeypatch):
    few = looked_at(open_store(f"sqlite:///{tmp_path}/few.sqlite"))
    monkeypatch.setattr(relinking, "FEW", 0)
    monkeypatch.setattr(stock, "AT_ONCE", 3)
    assert looked_at(open_store(f"sqlite:///{tmp_path}/many.sqlite")) == few
    assert len(few["events"]) == 7


def test_a_stock_is_a_mapping_of_records(sqlite_store, monkeypatch):
    monkeypatch.setattr(stock, "AT_ONCE", 3)
    say(sqlite_store, added=tuple(ANNOUNCED))
    with sqlite_store.reading() as connection:
        kept = Stock(connection, records.sightings(connection))
        everything = {each.record.id: each for each in records.load(connection)}
        assert dict(kept.items()) == everything
        assert list(kept.statements()) == [each.record for _, each in sorted(everything.items())]
        assert list(kept) == sorted(everything)
        assert kept[WEEK.id] == everything[WEEK.id]
        assert len(kept) == len(everything)
        assert events.load_members(connection) == {}
