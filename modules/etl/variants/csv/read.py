"""Reads CSV files (RFC 4180, in UTF-8)."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from etl.errors import EtlError
from etl.records import Record, require_columns


def read(source: Path, size: int) -> Iterator[list[Record]]:
    """The records of a CSV file with a header, `size` at a time; its line is where one begins.

    A record with too few or too many cells is given with its problem. Raises EtlError if the file
    cannot be read, is not CSV in UTF-8, or lacks a column.
    """
    try:
        with source.open(newline="", encoding="utf-8-sig") as file:
            records = records_of(source, file)
            while chunk := list(islice(records, size)):
                yield chunk
    except OSError as error:
        raise EtlError(f"cannot read {source}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise EtlError(
            f"{source} is not text in UTF-8: {error.reason} {error.object[error.start]:#x}"
        ) from error


def records_of(source: Path, lines: Iterator[str]) -> Iterator[Record]:
    reader = csv.reader(lines, strict=True)
    begin = 1
    try:
        header = next(reader, [])
        require_columns(source, header)
        begin = reader.line_num + 1
        for cells in reader:
            if cells:  # An empty line is no record.
                yield record(begin, header, cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise EtlError(f"{source}:{begin}: {error}") from error


def record(line: int, header: list[str], cells: list[str]) -> Record:
    problem = None
    if len(cells) != len(header):
        problem = f"it has {len(cells)} cells, the header {len(header)}"
    return Record(line, dict(zip(header, cells, strict=False)), problem)
