"""Byte code of a whole environment, in the workspace that the matrix's bench leaves."""

import json
import os
import resource

from .measuring import BENCH, CACHE, PPP, WORKSPACE, Row, remove, run


def largest():
    """The largest bundle that this machine can run."""
    bundles = [path for path in WORKSPACE.glob("dist/*/*-linux-x64.tar.zst")]
    return max(bundles, key=lambda path: path.stat().st_size)


def compileall(bundle):
    """What people do: compileall on all processors, then tar. Returns the seconds, and the environment's size in MB."""
    tree, packed = BENCH / "compiled", BENCH / "compiled.tar.zst"
    remove(tree)
    tree.mkdir()
    run("tar", "--zstd", "-xf", bundle, "-C", tree)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    site = next(tree.glob("lib/python3*/site-packages"))
    # Some files of some packages don't compile: then it ends with 1.
    seconds = run(tree / "bin" / "python3", "-m", "compileall", "-q", "-f", "-j", "0", site, check=False)[0]
    seconds += run("tar", "--zstd", "-cf", packed, "-C", tree, ".")[0]
    remove(tree)
    packed.unlink()
    return seconds, size / 1e6


def byte_code(cell):
    """The seconds and the memory of the build, its wheels packed before, and how many processors it kept busy."""
    shared = WORKSPACE / "shared-config.json"
    before = shared.read_text()
    config = json.loads(before)
    config["build"] = config.get("build", {}) | {"level": "bytecode", "optimize": "release"}
    for path in CACHE.glob("layers/keys/*"):
        if json.loads(path.read_text())["key"]["kind"] == "bytecode":
            path.unlink()
    shared.write_text(json.dumps(config))
    try:
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        measured = run(PPP, "build", "--no-verify", cell)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
    finally:
        shared.write_text(before)
    used = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return measured, used / measured[0]


def rows():
    bundle = largest()
    theirs, size = compileall(bundle)
    measured, busy = byte_code(f"{bundle.parent.name}@linux-x64")
    run(PPP, "build", "--no-verify")
    yield Row.timed(f"byte code of {size:.0f} MB", measured, "compileall -j 0 + tar --zstd -3", theirs)
    yield Row("processors kept busy by that", busy, os.cpu_count(), "all processors", unit="CPU")
