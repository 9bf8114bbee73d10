"""The table in SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from etl.errors import EtlError
from etl.records import Row
from etl.schema import COLUMNS, NAMES, TABLE


@contextmanager
def transaction(database: Path) -> Iterator[sqlite3.Connection]:
    """Opens a database, or makes it, for changes that are kept all together, or not on an error."""
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")  # Closing without it, as an error does, rolls back.
    except sqlite3.Error as error:
        raise EtlError(f"{database}: {error}") from error


def prepare_table(db: sqlite3.Connection) -> None:
    """Makes the schema's table. Raises EtlError if there is one with other columns."""
    declared = {column.name: column.type for column in COLUMNS} | {
        "batch": "TEXT",
        "line": "INTEGER",
    }
    found = {name: type for _, name, type, *_ in db.execute(f"PRAGMA table_info({quoted(TABLE)})")}
    if found and found != declared:
        raise EtlError(
            f"table '{TABLE}' has the columns {columns(found)},"
            f" the schema declares {columns(declared)}:"
            " load into another database, or change the table first"
        )
    shape = f"({columns(declared)}, PRIMARY KEY (batch, line)) STRICT"
    db.execute(f"CREATE TABLE IF NOT EXISTS {quoted(TABLE)} {shape}")


def remove_batch(db: sqlite3.Connection, batch: str) -> None:
    db.execute(f"DELETE FROM {quoted(TABLE)} WHERE batch = ?", (batch,))


def insert(db: sqlite3.Connection, batch: str, rows: Iterable[tuple[int, Row]]) -> None:
    """Adds rows, each given with its line, to a batch."""
    names = ", ".join(map(quoted, (*NAMES, "batch", "line")))
    marks = ", ".join("?" * (len(NAMES) + 2))
    db.executemany(
        f"INSERT INTO {quoted(TABLE)} ({names}) VALUES ({marks})",
        ((*row, batch, line) for line, row in rows),
    )


def select(database: Path, sql: str) -> Iterator[Row]:
    """The rows of a query, after one with the columns' names. The database is only read."""
    try:
        uri = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            cursor = db.execute(sql)
            if cursor.description is None:
                raise EtlError(f"{sql!r} has no result: give a SELECT")
            yield tuple(name for name, *_ in cursor.description)
            yield from cursor
    except sqlite3.Error as error:
        raise EtlError(f"{database}: {error}") from error


def columns(types: dict[str, str]) -> str:
    return ", ".join(f"{quoted(name)} {type}" for name, type in types.items())


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
