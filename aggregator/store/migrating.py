"""Brings a database to today's tables: all missing steps in one transaction, or none."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, inspect, text

from aggregator.errors import StoreError
from aggregator.store.engines import is_read_only, is_sqlite, make_engine
from aggregator.store.locking import locked_file, migration_lock

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = (
    "Eine neuere Version dieses Programms hat die Datenbank angelegt; bitte diese benutzen."
    " / A newer version of this program made the database; please use that one."
)


def migrate(url: URL, folder: Path = MIGRATIONS) -> None:
    """Bring the tables up to date; processes that start together wait for the first.

    Raises StoreError, with the database left as it was, if a newer program made it.
    """
    engine = make_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        is_ready = is_current(connection, folder)
    if is_sqlite(url):
        # A disk that takes nothing can be read from all the same.
        is_wanted = not is_ready or (not is_read_only(Path(str(url.database))) and journal_mode(engine) != "wal")
        if is_wanted:
            migrate_file(engine, folder)
    elif not is_ready:
        migrate_server(engine, folder)


def migrate_file(engine: Engine, folder: Path) -> None:
    """The steps on SQLite; write-ahead logging stays with the file, so it is set here once.

    Foreign keys are switched off outside the transaction, where alone that works: a step that rebuilds
    a table would else delete the rows that point to it.
    """
    with locked_file(Path(f"{engine.url.database}.migration-lock")):
        journal_mode(engine, "= WAL")
        with engine.connect().execution_options(writing=True) as connection:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                upgrade_if_behind(connection, folder)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreError("A migration left rows that point nowhere; it was undone.")


def migrate_server(engine: Engine, folder: Path) -> None:
    """The steps on PostgreSQL."""
    with engine.begin() as connection:
        migration_lock(connection)
        upgrade_if_behind(connection, folder)


def journal_mode(engine: Engine, change: str = "") -> str:
    """How the SQLite file keeps its journal, after the change if one is given; outside any transaction."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA journal_mode {change}")
        return "".join(cursor.fetchone() or ())
    finally:
        connection.close()


def is_current(connection: Connection, folder: Path) -> bool:
    """Whether nothing is to do."""
    revision, known = stored_revision(connection), known_revisions(folder)
    if revision is not None and revision not in known:
        raise StoreError(NEWER)
    return revision == known[-1]


def stored_revision(connection: Connection) -> str | None:
    """The step that the database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def known_revisions(folder: Path) -> tuple[str, ...]:
    """The numbers of all steps, oldest first, told by the names of their files.

    Alembic would tell them too, but importing it costs a quarter of a second at every start.
    """
    names = sorted(path.stem for path in (folder / "versions").glob("v*_*.py"))
    return tuple(name[1:].partition("_")[0] for name in names)


def upgrade_if_behind(connection: Connection, folder: Path) -> None:
    """Run the missing steps inside the transaction; whoever waited for the lock may find the work done."""
    if is_current(connection, folder):
        return
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    command.upgrade(config, "head")
