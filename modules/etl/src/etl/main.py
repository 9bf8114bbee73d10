"""How the parts work together: a source's records become rows of the table, or rejects."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import EtlError
from etl.read import read
from etl.records import Misfit, Row, fit
from etl.rejects import rejects_file
from etl.store import insert, prepare_table, remove_batch, select, transaction


@dataclass(frozen=True)
class Loaded:
    """What a load did: how many records became rows, how many did not, and where these are."""

    batch: str
    rows: int
    rejected: int
    rejects: Path


def load(
    source: Path,
    database: Path,
    batch: str | None = None,
    rejects: Path | None = None,
    chunk: int = 10_000,
) -> Loaded:
    """Loads a file into a table of a database, chunk by chunk.

    Inputs:
        source: the file, with the columns that schema.py declares.
        database: the SQLite database, made if there is none.
        batch: what the rows are known by (the file's name if left out); a load replaces those
            of an earlier one.
        rejects: where the records that don't fit go; <source>.rejects.csv beside the database if
            left out.
        chunk: how many records are in memory at a time.

    Database and rejects change together, and neither does on an error, which is an EtlError.
    """
    batch = batch or source.name
    rejects = rejects or database.with_name(f"{source.stem}.rejects.csv")
    rows = rejected = 0
    try:
        with rejects_file(rejects) as refuse, transaction(database) as db:
            prepare_table(db)
            remove_batch(db, batch)
            for records in read(source, chunk):
                fitting: list[tuple[int, Row]] = []
                for record in records:
                    try:
                        fitting.append((record.line, fit(record)))
                    except Misfit as reason:
                        refuse(record, reason)
                        rejected += 1
                insert(db, batch, fitting)
                rows += len(fitting)
    except OSError as error:
        raise EtlError(f"cannot write {rejects}: {error.strerror}") from error
    return Loaded(batch, rows, rejected, rejects)


def query(database: Path, sql: str) -> Iterator[Row]:
    """The rows that a SELECT gives, after one with the columns' names. Raises EtlError."""
    if not database.is_file():
        raise EtlError(f"there is no database {database}")
    yield from select(database, sql)
