"""The table, and what fits into it: change this file for data of your own."""

from dataclasses import dataclass

from etl.values import Parser, day, number, text, whole


@dataclass(frozen=True)
class Column:
    """A column of source and table: its name, its type in SQLite, and what makes its values."""

    name: str
    type: str
    parse: Parser


TABLE = "orders"

COLUMNS = (
    Column("customer", "TEXT", text()),
    Column("date", "TEXT", day()),
    Column("quantity", "INTEGER", whole(at_least=1)),
    Column("amount", "REAL", number(above=0)),
)

NAMES = tuple(column.name for column in COLUMNS)
