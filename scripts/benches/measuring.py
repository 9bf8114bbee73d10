"""What benches measure with: commands, their seconds and their memory."""

import dataclasses
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / ".build" / "bench"
WORKSPACE = BENCH / "workspace"
CACHE = BENCH / "cache"
PPP = ROOT / ".build" / "release" / "ppp"
ENVIRONMENT = os.environ | {"PPP_CACHE_DIR": str(CACHE), "ZSTD_CLEVEL": "3", "UV_CACHE_DIR": str(BENCH / "uv")}


@dataclasses.dataclass
class Row:
    """What was measured, and the same of the alternative or of a goal; in seconds, unless `unit` says otherwise.

    Without numbers it is something that could not be measured, and `other` says why.
    """

    name: str
    ours: float | None
    theirs: float | None
    other: str
    memory: float | None = None
    unit: str = "s"

    @classmethod
    def timed(cls, name, measured, other, theirs):
        """A row of what `run` or `best` gave."""
        seconds, memory = measured
        return cls(name, seconds, theirs, other, memory)


def run(*command, cwd=WORKSPACE, check=True):
    """Runs a command quietly; returns its seconds and its peak memory in megabytes."""
    command = [str(part) for part in command]
    seconds, memory, status, errors = STARTER.apply(measured, (command, cwd, dict(ENVIRONMENT)))
    if check and status != 0:
        sys.exit(f"bench: {command} ended with {status}\n{errors}")
    return seconds, memory


def measured(command, cwd, environment):
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_maxrss / 1024, process.returncode, errors


# A process counts the memory of the one that starts it as its own: this one never has much.
STARTER = multiprocessing.get_context("fork").Pool(1)


def best(times, *command, before=lambda: None, **options):
    """The fastest of several runs, and the highest memory."""
    runs = []
    for _ in range(times):
        before()
        runs.append(run(*command, **options))
    return min(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def remove(*paths):
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def uv():
    """The uv that ppp has fetched."""
    for path in CACHE.glob("tools/uv-*/**/uv"):
        return path
    sys.exit("bench: there is no uv yet: run 'scripts/bench matrix' first")
