"""Records: what a reader gives, and the rows that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import EtlError
from etl.schema import COLUMNS, NAMES
from etl.values import Value

Row = tuple[Value, ...]


@dataclass(frozen=True)
class Record:
    """A record of a source: its line, its cells by column, and what is wrong with it as a whole."""

    line: int
    cells: Mapping[str, object]
    problem: str | None = None


class Misfit(ValueError):
    """A record that does not fit the schema. The message has every reason."""


def fit(record: Record) -> Row:
    """The row for a record: its cells parsed, in the schema's order. Raises Misfit with reasons."""
    if record.problem is not None:
        raise Misfit(record.problem)
    row: list[Value] = []
    reasons: list[str] = []
    for column in COLUMNS:
        try:
            row.append(column.parse(record.cells[column.name]))
        except ValueError as reason:
            reasons.append(f"{column.name}: {reason}")
    if reasons:
        raise Misfit("; ".join(reasons))
    return tuple(row)


def require_columns(source: Path, header: Sequence[str]) -> None:
    """Raises EtlError if a header lacks a column of the schema, or has one twice."""
    missing = [name for name in NAMES if name not in header]
    if missing:
        wanted, found = ", ".join(map(repr, missing)), ", ".join(header) or "none"
        raise EtlError(f"{source} has no column {wanted}; its columns are {found}")
    twice = [name for name in NAMES if header.count(name) > 1]
    if twice:
        raise EtlError(f"{source} has column {', '.join(map(repr, twice))} more than once")
