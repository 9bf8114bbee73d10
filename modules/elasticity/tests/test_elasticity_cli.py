"""The command line as a user meets it."""

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from elasticity.cli import main

SALES = Path(__file__).parent / "data" / "sales.csv"


def test_writes_a_file(tmp_path: Path) -> None:
    output = tmp_path / "elasticities.csv"
    main([str(SALES), str(output)])
    assert len(pd.read_csv(output)) == 4


def test_reads_standard_input_and_writes_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(SALES.read_text()))
    main(["-", "--confidence", "0.9"])
    header, first, *_ = capsys.readouterr().out.splitlines()
    assert header == "product,observations,elasticity,low,high,standard_error,r_squared"
    assert first.startswith("avocados,169,-0.")


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "elasticity", str(SALES)], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 5


def test_says_which_file_is_missing() -> None:
    with pytest.raises(SystemExit, match=r"elasticity: .*No such file.*none.csv"):
        main(["none.csv"])


def test_says_what_is_wrong_with_the_sales(tmp_path: Path) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text("product,price,units\ntea,2.5,10\ntea,-2.5,12\n")
    with pytest.raises(SystemExit, match="elasticity: row 2 of the sales has a price"):
        main([str(sales)])
