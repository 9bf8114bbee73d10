"""The command line: `workflow run` and `workflow list`."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.main import STEPS
from workflow.run import run, states


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs or lists the steps of main.py, and gives the exit code.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parser().parse_args(arguments)
    try:
        if not options.directory.is_dir():
            raise WorkflowError(f"there is no directory {options.directory}")
        if options.command == "run":
            run(STEPS, options.directory, options.again, tell=partial(print, flush=True))
        else:
            for step, state in states(STEPS, options.directory):
                print(f"{step.name}: {' '.join(step.inputs)} → {' '.join(step.outputs)} ({state})")
    except WorkflowError as error:
        print(f"workflow: {error}", file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workflow", description="Steps from files to files.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help in [
        ("run", "run the steps that are not up to date"),
        ("list", "show the steps, and which would run"),
    ]:
        command = commands.add_parser(name, help=help)
        command.add_argument("directory", type=Path, help="where the files are")
        if name == "run":
            command.add_argument(
                "--again", metavar="STEP", action="append", default=[], help="run STEP in any case"
            )
    return parser
