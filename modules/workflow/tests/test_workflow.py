"""What a workflow promises: with its own steps on real orders, and with others."""

import shutil
from pathlib import Path

import pytest
from workflow import Step, WorkflowError, run
from workflow.cli import main
from workflow.main import STEPS, keep_paid


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copy(Path(__file__).parent / "data" / "orders.csv", tmp_path)
    return tmp_path


def test_the_steps_run_in_order(data: Path) -> None:
    assert run(STEPS, data) == ["keep_paid", "sum_months"]
    assert (data / "months.csv").read_text().splitlines()[:2] == ["month,amount", "1997-01,1691.77"]


def test_a_step_is_a_function_that_can_be_called_alone(data: Path) -> None:
    keep_paid(data / "orders.csv", data / "mine.csv")
    orders, mine = ((data / name).read_text().count("\n") for name in ("orders.csv", "mine.csv"))
    assert orders - mine == 1


def test_what_is_up_to_date_is_skipped(data: Path) -> None:
    run(STEPS, data)
    assert run(STEPS, data) == []


def test_a_step_runs_again_when_its_input_changes(data: Path) -> None:
    run(STEPS, data)
    with (data / "orders.csv").open("a") as orders:
        orders.write("0999,1998-07-01,1,10.00\n")
    assert run(STEPS, data) == ["keep_paid", "sum_months"]


def test_a_step_after_it_is_skipped_when_what_it_reads_stays_the_same(data: Path) -> None:
    run(STEPS, data)
    with (data / "orders.csv").open("a") as orders:
        orders.write("0999,1998-07-01,1,0.00\n")
    assert run(STEPS, data) == ["keep_paid"]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("month,amount\n")])
def test_an_output_that_is_gone_or_changed_is_made_again(data: Path, spoil: object) -> None:
    run(STEPS, data)
    assert callable(spoil)
    spoil(data / "months.csv")
    assert run(STEPS, data) == ["sum_months"]


def test_a_step_runs_again_when_its_code_changes(tmp_path: Path) -> None:
    def write(output: Path) -> None:
        output.write_text("1")

    first = Step(write, (), ("one",))

    def write(output: Path) -> None:  # type: ignore[no-redef]
        output.write_text("2")

    assert run([first], tmp_path) == ["write"]
    assert run([Step(write, (), ("one",))], tmp_path) == ["write"]


def test_a_run_goes_on_where_the_last_one_failed(data: Path) -> None:
    failing = True

    def publish(months: Path, page: Path) -> None:
        page.write_text("half of the page")
        if failing:
            raise RuntimeError("the disk is on fire")

    steps = [*STEPS, Step(publish, ("months.csv",), ("page/index.html",))]
    with pytest.raises(RuntimeError) as error:
        run(steps, data)
    assert error.value.__notes__ == [f"in step 'publish' of the workflow in {data}"]
    assert sorted(path.name for path in data.iterdir()) == [
        *("months.csv", "orders.csv", "paid.csv", "workflow.json")
    ]

    failing = False
    assert run(steps, data) == ["publish"]
    assert (data / "page" / "index.html").read_text() == "half of the page"


def read_one_write_one(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def read_two_write_one(one: Path, two: Path, target: Path) -> None:
    target.write_bytes(one.read_bytes() + two.read_bytes())


def write_nothing(source: Path, target: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([Step(keep_paid, ("none.csv",), ("a",))], "step 'keep_paid' needs none.csv in"),
        ([Step(keep_paid, ("orders.csv",), ())], "step 'keep_paid' has no outputs"),
        ([Step(keep_paid, ("../orders.csv",), ("a",))], "not a file in the directory"),
        ([Step(keep_paid, ("orders.csv", "b"), ("a",))], "has 2 inputs and 1 outputs"),
        ([Step(keep_paid, ("orders.csv",), ("orders.csv",))], "which 'keep_paid' has read by then"),
        ([*STEPS, STEPS[0]], "there are two steps 'keep_paid'"),
        (
            [*STEPS, Step(read_one_write_one, ("months.csv",), ("paid.csv",))],
            "step 'read_one_write_one' writes 'paid.csv', as 'keep_paid' does",
        ),
        (
            [Step(read_two_write_one, ("orders.csv", "months.csv"), ("a",)), *STEPS],
            "step 'sum_months' writes 'months.csv', which 'read_two_write_one' has read by then",
        ),
        ([Step(write_nothing, ("orders.csv",), ("a",))], "step 'write_nothing' did not write 'a'"),
    ],
)
def test_what_cannot_work_is_told(data: Path, steps: list[Step], message: str) -> None:
    with pytest.raises(WorkflowError, match=message):
        run(steps, data)


def test_a_broken_record_is_told(data: Path) -> None:
    (data / "workflow.json").write_text('["keep_paid"]')
    with pytest.raises(WorkflowError, match="remove it to run all again"):
        run(STEPS, data)


def test_the_command_line_lists_and_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "keep_paid: runs, it has not run yet",
        "sum_months: runs, it has not run yet",
    ]

    (data / "paid.csv").unlink()
    assert main(["list", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "keep_paid: orders.csv → paid.csv (would run, paid.csv is gone)",
        "sum_months: paid.csv → months.csv (would run, paid.csv is gone)",
    ]

    assert main(["run", str(data), "--again", "sum_months"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "keep_paid: runs, paid.csv is gone",
        "sum_months: runs, you want it again",
    ]


def test_the_command_line_says_what_is_wrong(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(data), "--again", "publish"]) == 1
    assert (
        "there is no step 'publish'; the steps are keep_paid, sum_months" in capsys.readouterr().err
    )
    assert main(["list", str(data / "none")]) == 1
    assert "there is no directory" in capsys.readouterr().err
