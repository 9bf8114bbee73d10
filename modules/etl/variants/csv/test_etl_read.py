"""What etl reads as CSV, and what it refuses."""

from pathlib import Path

import pytest
from etl import EtlError, load
from etl.read import read

HEADER = "customer,date,quantity,amount\n"


def write(directory: Path, text: str) -> Path:
    source = directory / "orders.csv"
    source.write_bytes(text.encode())
    return source


def test_a_record_has_the_line_that_it_begins_on(tmp_path: Path) -> None:
    source = write(tmp_path, HEADER + '"two\nlines",1997-01-01,1,1\n\nb,1997-01-02,1,1\n')
    assert [record.line for chunk in read(source, 10) for record in chunk] == [2, 5]


def test_a_byte_order_mark_columns_in_another_order_and_further_columns_are_fine(
    tmp_path: Path,
) -> None:
    source = write(tmp_path, "\ufeffamount,note,quantity,date,customer\r\n1.5,x,2,1997-01-01,a\r\n")
    assert load(source, tmp_path / "shop.db").rows == 1


def test_a_record_with_too_few_or_too_many_cells_is_rejected(tmp_path: Path) -> None:
    source = write(tmp_path, HEADER + "a,1997-01-01,1\nb,1997-01-01,1,1,1\n")
    loaded = load(source, tmp_path / "shop.db")
    assert (loaded.rows, loaded.rejected) == (0, 2)
    assert loaded.rejects.read_text().splitlines()[1:] == [
        '2,"it has 3 cells, the header 4",a,1997-01-01,1,',
        '3,"it has 5 cells, the header 4",b,1997-01-01,1,1',
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column 'customer', 'date', 'quantity', 'amount'; its columns are none"),
        (
            "customer,day,quantity,amount\n",
            "no column 'date'; its columns are customer, day, quantity, amount",
        ),
        ("customer,date,date,quantity,amount\n", "column 'date' more than once"),
        (
            HEADER + 'a,1997-01-01,1,1\n"open,1997-01-01,1,1\n',
            "orders.csv:3: unexpected end of data",
        ),
    ],
)
def test_what_is_no_csv_with_the_columns_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(EtlError, match=reason):
        load(write(tmp_path, text), tmp_path / "shop.db")
    assert not (tmp_path / "orders.rejects.csv").exists()


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_bytes((HEADER + "Zoë,1997-01-01,1,1\n").encode("latin-1"))
    with pytest.raises(EtlError, match="not text in UTF-8"):
        load(source, tmp_path / "shop.db")
