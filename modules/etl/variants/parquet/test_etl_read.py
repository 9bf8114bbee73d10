"""What etl reads as Parquet, and what it refuses."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from etl import EtlError, load, query
from etl.read import read

ROW = {"customer": "a", "date": date(1997, 1, 1), "quantity": 1, "amount": 1.5}


def write(directory: Path, *rows: dict[str, object]) -> Path:
    source = directory / "orders.parquet"
    pq.write_table(pa.Table.from_pylist(list(rows)), source)
    return source


def test_a_record_has_its_rows_number_over_all_chunks(tmp_path: Path) -> None:
    source = write(tmp_path, ROW, ROW, ROW)
    assert [[record.line for record in chunk] for chunk in read(source, 2)] == [[1, 2], [3]]


def test_ids_that_are_numbers_and_timestamps_at_midnight_are_fine(tmp_path: Path) -> None:
    source = write(tmp_path, ROW | {"customer": 7, "date": datetime(1997, 1, 1), "note": "x"})
    load(source, tmp_path / "shop.db")
    assert list(query(tmp_path / "shop.db", "SELECT customer, date FROM orders"))[1] == (
        "7",
        "1997-01-01",
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date": datetime(1997, 1, 1, 12, 30)}, "date: '1997-01-01 12:30:00' has a time of day"),
        ({"quantity": None}, "quantity: it is empty"),
        ({"amount": float("nan")}, "amount: nan is not a number"),
    ],
)
def test_a_row_that_does_not_fit_is_rejected(
    tmp_path: Path, cells: dict[str, object], reason: str
) -> None:
    loaded = load(write(tmp_path, ROW | cells), tmp_path / "shop.db")
    assert loaded.rejected == 1
    assert reason in loaded.rejects.read_text()


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path, {"customer": "a", "quantity": 1, "amount": 1.5})
    with pytest.raises(
        EtlError, match="no column 'date'; its columns are customer, quantity, amount"
    ):
        load(source, tmp_path / "shop.db")


def test_what_is_not_parquet_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "orders.parquet"
    source.write_text("customer,date\n")
    with pytest.raises(EtlError, match="cannot read"):
        load(source, tmp_path / "shop.db")
