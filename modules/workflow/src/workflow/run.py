"""Runs steps, and tells which would run."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from workflow.errors import WorkflowError
from workflow.record import difference, read_record, trace, write_record
from workflow.steps import Step, check_steps, paths

Tell = Callable[[str], object]


def run(
    steps: Sequence[Step],
    directory: Path,
    again: Collection[str] = (),
    tell: Tell = lambda line: None,
) -> list[str]:
    """Runs the steps that are not up to date, in order, and returns their names.

    Inputs:
        steps: the workflow.
        directory: where the files are. It has the first inputs, and gets the outputs and a record.
        again: names of steps to run even if they are up to date.
        tell: is called with a line for each step.

    A step is up to date if its function's code, its inputs and its outputs are what they were when
    it last ran. Its outputs appear when it is done: a step that fails leaves those of the last
    time, and the next run goes on from there. Raises WorkflowError, or what a step raises.
    """
    check_steps(steps)
    check_names(steps, again)
    record = read_record(directory)
    ran: list[str] = []
    for step in steps:
        require_inputs(step, directory)
        reason = difference(trace(step, directory), record.get(step.name))
        if step.name in again:
            reason = reason or "you want it again"
        if reason is None:
            tell(f"{step.name}: up to date")
            continue
        tell(f"{step.name}: runs, {reason}")
        run_step(step, directory)
        record[step.name] = trace(step, directory)
        write_record(directory, record)
        ran.append(step.name)
    return ran


def run_step(step: Step, directory: Path) -> None:
    """Runs a step. Its outputs are written beside their places, and put there once all are."""
    with TemporaryDirectory(dir=directory, prefix=f".{step.name}-") as beside:
        written = paths(Path(beside), step.outputs)
        for path in written:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            step.function(*paths(directory, step.inputs), *written)
        except Exception as error:
            error.add_note(f"in step '{step.name}' of the workflow in {directory}")
            raise
        for path, output in zip(written, step.outputs, strict=True):
            if not path.is_file():
                raise WorkflowError(f"step '{step.name}' did not write '{output}'")
        for path, place in zip(written, paths(directory, step.outputs), strict=True):
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)


def states(steps: Sequence[Step], directory: Path) -> list[tuple[Step, str]]:
    """Each step with what the next run would make of it. Raises WorkflowError."""
    check_steps(steps)
    record = read_record(directory)
    running: dict[str, str] = {}
    found: list[tuple[Step, str]] = []
    for step in steps:
        reason = difference(trace(step, directory), record.get(step.name))
        waits = [running[file] for file in step.inputs if file in running]
        if reason:
            state = f"would run, {reason}"
        elif waits:
            state = f"depends on what {waits[0]} makes"
        else:
            state = "up to date"
        if reason or waits:
            running |= dict.fromkeys(step.outputs, step.name)
        found.append((step, state))
    return found


def require_inputs(step: Step, directory: Path) -> None:
    missing = [path.name for path in paths(directory, step.inputs) if not path.is_file()]
    if missing:
        raise WorkflowError(f"step '{step.name}' needs {', '.join(missing)} in {directory}")


def check_names(steps: Sequence[Step], names: Collection[str]) -> None:
    known = [step.name for step in steps]
    for name in names:
        if name not in known:
            raise WorkflowError(f"there is no step '{name}'; the steps are {', '.join(known)}")
