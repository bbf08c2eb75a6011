"""Rows written at once hold what SQLAlchemy would write of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, MetaData, Table, Text, create_engine, insert
from sqlalchemy.exc import IntegrityError, StatementError

from aggregator.store.rows import add_rows, put_rows, room_for_many
from aggregator.store.schema import UtcDateTime, exact

BERLIN_SUMMER = timezone(timedelta(hours=2))
KINDS = {
    "at": UtcDateTime(),
    "day": Date(),
    "held": Boolean(),
    "many": Integer(),
    "much": Float(53),
    "words": Text(),
    "name": exact(40),
    "body": LargeBinary(),
}
TABLE = Table("things", MetaData(), Column("id", Integer, primary_key=True), *(Column(*kind) for kind in KINDS.items()))
NOTHING = dict.fromkeys(KINDS)
ROWS = [
    pytest.param({"at": datetime(2026, 11, 23, 1, 2, 3, 45, UTC), "day": date(2026, 11, 23)}, id="times"),
    pytest.param({"at": datetime(2026, 7, 1, 0, 30, tzinfo=BERLIN_SUMMER), "day": date(2, 3, 4)}, id="another zone"),
    pytest.param({"at": datetime(44, 3, 15, tzinfo=UTC), "day": date(9999, 12, 31)}, id="far away"),
    pytest.param({"held": True, "many": -1, "much": 0.1}, id="numbers"),
    pytest.param({"held": False, "many": 2**60, "much": -0.0}, id="other numbers"),
    pytest.param({"words": "Größe \U0001f389 'x'", "name": "", "body": b"\x00\xff"}, id="text and bytes"),
    pytest.param({}, id="nothing"),
]


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    TABLE.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("told", ROWS)
@pytest.mark.parametrize("write", [pytest.param(add_rows, id="added"), pytest.param(put_rows, id="put")])
def test_a_row_arrives_as_sqlalchemy_writes_it(connection, told, write):
    connection.execute(insert(TABLE), [{"id": 1, **NOTHING, **told}])
    write(connection, TABLE, [{"id": 2, **NOTHING, **told}, {"id": 3, **NOTHING, **told}])
    asked = ", ".join(f"quote({name}), typeof({name})" for name in KINDS)
    rows = connection.exec_driver_sql(f"SELECT {asked} FROM things ORDER BY id").all()
    assert rows[0] == rows[1] == rows[2]


def test_what_is_there_is_overwritten_but_for_what_is_kept(connection):
    add_rows(connection, TABLE, [{"id": 1, "many": 1, "name": "old"}])
    put_rows(connection, TABLE, [{"id": 1, "many": 2, "name": "new"}], keep=("name",))
    assert connection.execute(TABLE.select()).one()[:6] == (1, None, None, None, 2, None)
    assert connection.execute(TABLE.select()).one().name == "old"


def test_what_must_not_be_there_twice_is_refused(connection):
    add_rows(connection, TABLE, [{"id": 1}])
    with pytest.raises(IntegrityError):
        add_rows(connection, TABLE, [{"id": 1}])


def test_a_time_without_zone_never_arrives(connection):
    with pytest.raises((ValueError, StatementError)):
        add_rows(connection, TABLE, [{"id": 1, "at": datetime(2026, 11, 23)}])


def test_no_rows_are_no_statement(connection):
    add_rows(connection, TABLE, [])
    assert connection.execute(TABLE.select()).all() == []


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_rows_that_are_written_together_are_the_same(connection, number):
    add_rows(connection, TABLE, [{"id": 2, "many": 1, "name": "old"}])
    rows = [{"id": id_, "many": id_ * 10, "name": "new"} for id_ in range(7)]
    put_rows(connection, TABLE, [*rows, {"id": 3, "many": 99, "name": "again"}], keep=("name",), together=number)
    found = [(row.id, row.many, row.name) for row in connection.execute(TABLE.select().order_by(TABLE.c.id))]
    names = {2: "old"}
    assert found == [(id_, 99 if id_ == 3 else id_ * 10, names.get(id_, "new")) for id_ in range(7)]


def test_there_is_room_while_many_rows_are_written_and_no_longer(connection):
    def room() -> int:
        return connection.exec_driver_sql("PRAGMA cache_size").scalar_one()

    with room_for_many(connection):
        assert room() == -32_000
    assert room() == -2_000
    with pytest.raises(IntegrityError), room_for_many(connection):
        add_rows(connection, TABLE, [{"id": 1}, {"id": 1}])
    assert room() == -2_000
