"""The record of what each step read and wrote last, in the workflow's directory."""

import hashlib
import inspect
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.steps import Step

FILE = "workflow.json"


@dataclass(frozen=True)
class Trace:
    """A step as it ran: the digests of its function's code, its inputs and its outputs."""

    code: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def trace(step: Step, directory: Path) -> Trace:
    """The step as it would be recorded now. Files that are not there have no digest."""
    source = inspect.getsource(step.function)
    code = hashlib.sha256(source.encode()).hexdigest()
    return Trace(code, digests(directory, step.inputs), digests(directory, step.outputs))


def digests(directory: Path, files: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in files:
        path = directory / name
        if path.is_file():
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def difference(now: Trace, last: Trace | None) -> str | None:
    """Why a step has to run: what differs from the last time. None if nothing does."""
    if last is None:
        return "it has not run yet"
    if now.code != last.code:
        return "its code changed"
    for then, files in [(last.inputs, now.inputs), (last.outputs, now.outputs)]:
        for name in sorted({*then, *files}):
            if name not in files:
                return f"{name} is gone"
            if files[name] != then.get(name):
                return f"{name} changed"
    return None


def read_record(directory: Path) -> dict[str, Trace]:
    """The traces of the steps that ran in a directory, by step. Raises WorkflowError."""
    file = directory / FILE
    try:
        return {name: Trace(**fields) for name, fields in json.loads(file.read_text()).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise WorkflowError(f"{file} is no record of steps: remove it to run all again") from error


def write_record(directory: Path, record: Mapping[str, Trace]) -> None:
    part = directory / f"{FILE}.part"
    traces = {name: asdict(trace) for name, trace in record.items()}
    part.write_text(json.dumps(traces, indent=2) + "\n")
    part.replace(directory / FILE)
