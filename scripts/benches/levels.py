"""Byte code of a large environment, made anew while its wheels stay packed."""

import json
import resource
import sys

from .measuring import BENCH, CACHE, PPP, Row, remove, run

PLACE = BENCH / "large"
RUNENV = "python-3.11.2"
DEPENDENCIES = [
    "botocore", "llvmlite", "matplotlib", "numba", "pandas", "plotly", "polars", "pyarrow", "scikit-learn",
    "statsmodels", "sympy",
]


def workspace(**build):
    """An environment of well over 600 MB, for this machine's platform, with what `build` says of levels."""
    shared = {
        "platforms": ["linux-x64"], "runtime": {"provider": "debian", "suite": "bookworm"},
        "packages": {"dependencies": DEPENDENCIES}, "build": {"compressionLevel": 1, **build},
    }
    (PLACE / "runenvs" / RUNENV).mkdir(parents=True, exist_ok=True)
    (PLACE / "shared-config.json").write_text(json.dumps(shared))
    (PLACE / "runenvs" / RUNENV / "config.json").write_text("{}")


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def compileall():
    """What people do: compileall on all processors, then tar.

    Returns the seconds, the processors' seconds, and the environment's size in MB.
    """
    tree, packed = BENCH / "compiled", BENCH / "compiled.tar.zst"
    remove(tree)
    tree.mkdir()
    bundle = next(PLACE.glob("dist/*/*.tar.zst"))
    run("tar", "--zstd", "-xf", bundle, "-C", tree, cwd=PLACE)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    site = next(tree.glob("lib/python3*/site-packages"))
    # Some files of some packages don't compile: then it ends with 1.
    python, start = tree / "bin" / "python3", processor_seconds()
    seconds = run(python, "-m", "compileall", "-q", "-f", "-j", "0", site, cwd=PLACE, check=False)[0]
    seconds += run("tar", "--zstd", "-cf", packed, "-C", tree, ".", cwd=PLACE)[0]
    used = processor_seconds() - start
    remove(tree)
    packed.unlink()
    return seconds, used, size / 1e6


def byte_code():
    """The seconds and the memory of the build, its wheels packed before, and the processors' seconds."""
    for path in CACHE.glob("layers/keys/*"):
        if json.loads(path.read_text())["key"]["kind"] == "bytecode":
            path.unlink()
    workspace(level="bytecode", optimize="release")
    start = processor_seconds()
    measured = run(PPP, "build", "--no-verify", cwd=PLACE)
    return measured, processor_seconds() - start


def rows():
    remove(PLACE)
    workspace()
    print("bench: building a large environment once; downloads are kept in .build/bench", file=sys.stderr)
    run(PPP, "build", "--no-verify", cwd=PLACE)
    pair = "compileall -j 0 + tar --zstd -3"
    theirs, their_use, size = compileall()
    measured, our_use = byte_code()
    yield Row.timed(f"byte code of {size:.0f} MB", measured, pair, theirs)
    yield Row("processor time of that", our_use, their_use, pair)
    yield Row("processors kept busy by that", our_use / measured[0], their_use / theirs, pair, unit="CPU")
    remove(PLACE)
