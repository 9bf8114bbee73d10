"""Parsers: from a cell as it was read to a value for SQLite.

Each function here makes one. Given a cell (text from a CSV file, any Python value from a Parquet
file), the parser returns the value, or raises ValueError with the reason why there is none.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

Value = str | int | float | None
Parser = Callable[[object], Value]

LIMIT = 2**63  # SQLite's integers have 64 bits.


def text() -> Parser:
    """Text, without the blanks around it. Whole numbers, such as ids, become text too."""

    def parse(cell: object) -> str:
        if type(cell) in (str, int):
            return str(cell).strip()
        raise ValueError(f"{cell!r} is not text")

    return required(parse)


def day() -> Parser:
    """A calendar day as YYYY-MM-DD, so that days sort as text; YYYYMMDD is understood too."""

    def parse(cell: object) -> str:
        if isinstance(cell, datetime) and cell.time() != time.min:
            raise ValueError(f"'{cell}' has a time of day")
        if isinstance(cell, date):
            return cell.strftime("%Y-%m-%d")
        try:
            return date.fromisoformat(str(cell).strip()).isoformat()
        except ValueError:
            raise ValueError(f"{cell!r} is not a day such as 1997-12-31") from None

    return required(parse)


def whole(at_least: int = -LIMIT, at_most: int = LIMIT - 1) -> Parser:
    """A whole number within limits, both included."""

    def parse(cell: object) -> int:
        value = decimal(cell)
        if value < at_least:
            raise ValueError(f"{cell!r} is less than {at_least}")
        if value > at_most:
            raise ValueError(f"{cell!r} is more than {at_most}")
        if value != int(value):
            raise ValueError(f"{cell!r} is not a whole number")
        return int(value)

    return required(parse)


def number(above: float | None = None) -> Parser:
    """A number, above a limit where one is given."""

    def parse(cell: object) -> float:
        value = decimal(cell)
        if above is not None and value <= above:
            raise ValueError(f"{cell!r} is not above {above}")
        return float(value)

    return required(parse)


def optional(parser: Parser) -> Parser:
    """What the other parser makes of a cell, and NULL of an empty one."""
    return lambda cell: None if is_empty(cell) else parser(cell)


def required(parser: Parser) -> Parser:
    """What the other parser makes of a cell; an empty one does not fit."""

    def parse(cell: object) -> Value:
        if is_empty(cell):
            raise ValueError("it is empty")
        return parser(cell)

    return parse


def is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def decimal(cell: object) -> Decimal:
    """The finite number that a cell holds, with all its digits."""
    digits = str(cell).strip()
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{cell!r} is not a number") from None
    if not value.is_finite() or "_" in digits:
        raise ValueError(f"{cell!r} is not a number")
    return value
