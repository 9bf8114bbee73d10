"""The command line as a user meets it."""

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from segmentation.cli import main

TRANSACTIONS = Path(__file__).parent / "data" / "transactions.csv"


def test_writes_customers_and_their_profile(tmp_path: Path) -> None:
    customers, profile = tmp_path / "customers.csv", tmp_path / "profile.csv"
    main([str(TRANSACTIONS), str(customers), "--profile", str(profile)])
    assert len(pd.read_csv(customers)) == 590
    segments = pd.read_csv(profile)
    assert list(segments.columns) == ["segment", "customers", "recency", "frequency", "monetary"]
    assert segments["customers"].sum() == 590


def test_reads_standard_input_and_writes_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(TRANSACTIONS.read_text()))
    main(["-", "--until", "1997-12-31"])
    header, first, *_ = capsys.readouterr().out.splitlines()
    assert header.startswith("customer,recency,frequency,monetary,")
    assert header.endswith(",segment")
    assert first.startswith("0001,")


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "segmentation", str(TRANSACTIONS)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 591


def test_says_what_is_wrong_with_the_transactions(tmp_path: Path) -> None:
    transactions = tmp_path / "transactions.csv"
    transactions.write_text("customer,date,amount\nann,2026-01-31,5\nann,2026-02-01,-5\n")
    with pytest.raises(SystemExit, match="segmentation: row 2 of the transactions has an amount"):
        main([str(transactions)])


def test_says_that_a_day_is_not_a_date() -> None:
    with pytest.raises(SystemExit, match="segmentation: until must be a day like 2026-03-31"):
        main([str(TRANSACTIONS), "--until", "yesterday evening"])


def test_says_which_file_is_missing() -> None:
    with pytest.raises(SystemExit, match=r"segmentation: .*No such file.*none.csv"):
        main(["none.csv"])
