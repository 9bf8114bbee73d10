"""What a step is, and what makes a sequence of them a workflow."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workflow.errors import WorkflowError


@dataclass(frozen=True)
class Step:
    """A function, the files it reads and those it writes, as paths in the workflow's directory."""

    function: Callable[..., None]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.function.__name__


def check_steps(steps: Sequence[Step]) -> None:
    """Raises WorkflowError unless the steps can run in their order.

    Inputs:
        steps: each with a name of its own, files within the directory, a function that takes as
            many paths, and outputs that no other step writes and no earlier step reads.
    """
    names: set[str] = set()
    read: dict[str, str] = {}
    written: dict[str, str] = {}
    for step in steps:
        if step.name in names:
            raise WorkflowError(f"there are two steps '{step.name}'")
        names.add(step.name)
        check_files(step)
        read |= dict.fromkeys(step.inputs, step.name)
        for file in step.outputs:
            if file in written:
                raise WorkflowError(
                    f"step '{step.name}' writes '{file}', as '{written[file]}' does"
                )
            if file in read:
                raise WorkflowError(
                    f"step '{step.name}' writes '{file}', which '{read[file]}' has read by then:"
                    " put the step that writes first, or give the output another name"
                )
            written[file] = step.name


def check_files(step: Step) -> None:
    """Raises WorkflowError if files leave the directory, or are not what the function takes."""
    for file in step.inputs + step.outputs:
        parts = PurePosixPath(file).parts
        if not parts or parts[0] == "/" or ".." in parts:
            raise WorkflowError(f"step '{step.name}' names '{file}', not a file in the directory")
    if not step.outputs:
        raise WorkflowError(f"step '{step.name}' has no outputs, so that it would run every time")
    try:
        inspect.signature(step.function).bind(*step.inputs, *step.outputs)
    except TypeError as error:
        raise WorkflowError(
            f"step '{step.name}' has {len(step.inputs)} inputs and {len(step.outputs)} outputs,"
            f" which its function cannot take: {error}"
        ) from error


def paths(directory: Path, files: Sequence[str]) -> list[Path]:
    return [directory / file for file in files]
