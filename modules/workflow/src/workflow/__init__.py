"""A workflow: plain functions from files to files, run in order."""

from workflow.errors import WorkflowError
from workflow.run import run
from workflow.steps import Step

__all__ = ["Step", "WorkflowError", "run"]
