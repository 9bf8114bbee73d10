"""The command line as a user meets it."""

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from forecast.cli import main

DATA = Path(__file__).parent / "data"
AIRLINE = DATA / "airline-passengers.csv"


def test_writes_a_file(tmp_path: Path) -> None:
    output = tmp_path / "forecasts.csv"
    main([str(DATA / "cd-customers.csv"), str(output), "--every", "week", "--horizon", "4"])
    assert len(pd.read_csv(output)) == 12


def test_reads_standard_input_and_writes_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(AIRLINE.read_text()))
    main(["-", "--confidence", "0.8"])
    header, january, *others = capsys.readouterr().out.splitlines()
    assert header == "item,date,forecast,low,high,method,demand_class"
    assert january.startswith("airline-passengers,1961-01-01,4")
    assert january.endswith(",holt-winters,smooth")
    assert len(others) == 11


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecast", str(AIRLINE), "--horizon", "3"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 4


def test_says_what_is_wrong_with_the_demand(tmp_path: Path) -> None:
    demand = tmp_path / "demand.csv"
    demand.write_text("item,date,demand\npump,2026-01-31,5\npump,soon,5\n")
    with pytest.raises(SystemExit, match="forecast: row 2 of the demand has a date"):
        main([str(demand)])


def test_says_which_file_is_missing() -> None:
    with pytest.raises(SystemExit, match=r"forecast: .*No such file.*none.csv"):
        main(["none.csv"])
