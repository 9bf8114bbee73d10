"""The file of the records that did not fit."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.records import Misfit, Record
from etl.schema import NAMES

Refuse = Callable[[Record, Misfit], None]


@contextmanager
def rejects_file(path: Path) -> Iterator[Refuse]:
    """Gives a function that writes a record, with its line and the reason, to the CSV file `path`.

    The file appears, or replaces an earlier one, once all went well; an error changes nothing.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "reason", *NAMES])

            def refuse(record: Record, reason: Misfit) -> None:
                cells = [record.cells.get(name) for name in NAMES]
                writer.writerow([record.line, reason, *cells])

            yield refuse
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
