"""What etl promises, on real orders: four of the 2316 cost nothing, and don't fit."""

import csv
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from etl import EtlError, load, query
from etl.cli import main
from etl.records import Misfit, Record, fit

ORDERS = next(Path(__file__).parent.glob("data/orders.*"))


def count(database: Path) -> object:
    return list(query(database, "SELECT count(*) FROM orders"))[1][0]


def test_rows_that_fit_are_in_the_table_with_their_types(tmp_path: Path) -> None:
    loaded = load(ORDERS, tmp_path / "shop.db")

    assert (loaded.rows, loaded.rejected) == (2312, 4)
    names, first = list(query(tmp_path / "shop.db", "SELECT * FROM orders ORDER BY line"))[:2]
    assert names == ("customer", "date", "quantity", "amount", "batch", "line")
    assert first[:5] == ("0001", "1997-01-01", 2, 29.33, ORDERS.name)


def test_rows_that_do_not_fit_are_in_the_rejects_with_the_reason(tmp_path: Path) -> None:
    loaded = load(ORDERS, tmp_path / "shop.db")

    with loaded.rejects.open(newline="") as file:
        rejects = list(csv.DictReader(file))
    assert [reject["customer"] for reject in rejects] == ["0087", "0155", "0227", "0286"]
    assert all("amount: " in reject["reason"] for reject in rejects)
    assert all("is not above 0" in reject["reason"] for reject in rejects)


def test_loading_a_batch_again_replaces_it(tmp_path: Path) -> None:
    load(ORDERS, tmp_path / "shop.db")
    load(ORDERS, tmp_path / "shop.db")
    assert count(tmp_path / "shop.db") == 2312


def test_batches_of_other_names_are_kept(tmp_path: Path) -> None:
    load(ORDERS, tmp_path / "shop.db", batch="january")
    load(ORDERS, tmp_path / "shop.db", batch="february")
    assert count(tmp_path / "shop.db") == 2 * 2312


def test_small_chunks_give_the_same_rows(tmp_path: Path) -> None:
    load(ORDERS, tmp_path / "large.db")
    load(ORDERS, tmp_path / "small.db", chunk=7)
    every = "SELECT * FROM orders ORDER BY line"
    assert list(query(tmp_path / "small.db", every)) == list(query(tmp_path / "large.db", every))


def test_a_failed_load_changes_nothing(tmp_path: Path) -> None:
    database = tmp_path / "shop.db"
    loaded = load(ORDERS, database)
    rejects = loaded.rejects.read_bytes()
    broken = tmp_path / "later" / ORDERS.name
    broken.parent.mkdir()
    broken.write_bytes(ORDERS.read_bytes()[:20_000] + b"\xff\x00")

    with pytest.raises(EtlError):
        load(broken, database, chunk=10)

    assert count(database) == 2312
    assert loaded.rejects.read_bytes() == rejects
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "later",
        "orders.rejects.csv",
        "shop.db",
    ]


def test_a_table_with_other_columns_is_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "shop.db"
    with closing(sqlite3.connect(database)) as db:
        db.execute("CREATE TABLE orders (id INTEGER)")
    with pytest.raises(EtlError, match="table 'orders' has the columns"):
        load(ORDERS, database)


def test_a_record_that_does_not_fit_says_every_reason() -> None:
    record = Record(3, {"customer": " ", "date": "1997-02-29", "quantity": "0", "amount": "1_0"})
    with pytest.raises(Misfit) as misfit:
        fit(record)
    assert str(misfit.value) == (
        "customer: it is empty; date: '1997-02-29' is not a day such as 1997-12-31;"
        " quantity: '0' is less than 1; amount: '1_0' is not a number"
    )


@pytest.mark.parametrize("quantity", ["2.5", "nan", "two", 2**63, True, "1e400", ""])
def test_what_is_no_whole_number_does_not_fit(quantity: object) -> None:
    with pytest.raises(Misfit, match="quantity: "):
        fit(Record(1, {"customer": "a", "date": "19970101", "quantity": quantity, "amount": 1}))


def test_the_command_line_loads_and_queries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "shop.db"

    assert main(["load", str(ORDERS), str(database)]) == 0
    assert "4 records do not fit" in capsys.readouterr().out

    assert main(["query", str(database), "SELECT sum(quantity) AS cds FROM orders"]) == 0
    assert capsys.readouterr().out == "cds\n5404\n"


def test_the_command_line_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "shop.db"
    assert main(["load", str(tmp_path / "none"), str(database)]) == 1
    assert "cannot read" in capsys.readouterr().err

    assert main(["query", str(tmp_path / "other.db"), "SELECT 1"]) == 1
    assert "there is no database" in capsys.readouterr().err

    shutil.copy(ORDERS, tmp_path / "copy")
    main(["load", str(tmp_path / "copy"), str(database)])
    assert main(["query", str(database), "DELETE FROM orders"]) == 1
    assert "readonly" in capsys.readouterr().err
