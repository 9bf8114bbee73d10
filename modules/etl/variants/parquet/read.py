"""Reads Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from etl.errors import EtlError
from etl.records import Record, require_columns
from etl.schema import NAMES


def read(source: Path, size: int) -> Iterator[list[Record]]:
    """The records of a Parquet file, at most `size` at a time; a record's line is its row, from 1.

    Only the schema's columns are read. Raises EtlError if the file cannot be read, is not Parquet,
    or lacks a column.
    """
    line = 1
    try:
        with pq.ParquetFile(source) as file:
            require_columns(source, file.schema_arrow.names)
            for batch in file.iter_batches(batch_size=size, columns=list(NAMES)):
                rows = batch.to_pylist()
                yield [Record(line + offset, cells) for offset, cells in enumerate(rows)]
                line += len(rows)
    except OSError as error:
        raise EtlError(f"cannot read {source}: {error.strerror or error}") from error
    except pa.ArrowException as error:
        raise EtlError(f"cannot read {source}: {error}") from error
