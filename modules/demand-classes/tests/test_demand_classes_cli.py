"""The command line as a user meets it."""

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from demand_classes.cli import main

DATA = Path(__file__).parent / "data"


def test_writes_a_file(tmp_path: Path) -> None:
    output = tmp_path / "classes.csv"
    main([str(DATA / "cd-customers.csv"), str(output), "--every", "week"])
    assert len(pd.read_csv(output)) == 3


def test_reads_standard_input_and_writes_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO((DATA / "souvenirs.csv").read_text()))
    main(["-"])
    header, souvenirs = capsys.readouterr().out.splitlines()
    assert header == "item,periods,periods_with_demand,adi,cv2,demand_class"
    assert souvenirs.startswith("souvenirs,84,84,1.0,1.21")
    assert souvenirs.endswith(",erratic")


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "demand_classes", str(DATA / "immune-sera.csv")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(",lumpy\n")


def test_keeps_item_numbers_as_they_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demand = tmp_path / "demand.csv"
    demand.write_text("item,date,demand\n0042,2026-01-31,5\n")
    main([str(demand)])
    assert "\n0042,1,1," in capsys.readouterr().out


def test_says_what_is_wrong_with_the_demand(tmp_path: Path) -> None:
    demand = tmp_path / "demand.csv"
    demand.write_text("item,date,demand\npump,2026-01-31,5\npump,2026-02-30,5\n")
    with pytest.raises(SystemExit, match="demand-classes: row 2 of the demand has a date"):
        main([str(demand)])


def test_says_which_file_is_missing() -> None:
    with pytest.raises(SystemExit, match=r"demand-classes: .*No such file.*none.csv"):
        main(["none.csv"])
