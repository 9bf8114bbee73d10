"""Packages that have no wheel, compiled for every platform that this machine compiles for."""

import collections
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import tomllib

from .backends import BACKENDS, archive
from .measuring import BENCH, CACHE, ENVIRONMENT, PPP, ROOT, Row, remove, run, uv

PLACE = BENCH / "building"
#: With the Rust that scripts/setup puts there for both kinds of processors, where it has.
SEARCH = {"PATH": f"{ROOT / '.build' / 'peers' / 'bin'}:{os.environ['PATH']}"}
SOURCES = BENCH / "sources"
#: What people have runners of other platforms compile for hours.
PACKAGES = {"freesasa": "2.2.1", "hdbscan": "0.8.40", "parasail": "1.3.4", "kalign-python": "3.6.0"}
LINUX = ["linux-x64", "linux-aarch64"]
#: Where scripts/foreign-runtimes puts the interpreters of other systems.
RUNTIMES = ROOT / ".build" / "peers" / "runtimes"
FOREIGN = {
    "windows-x64": "x86_64-pc-windows-msvc",
    "macosx-aarch64": "aarch64-apple-darwin",
    "macosx-x64": "x86_64-apple-darwin",
}

Build = collections.namedtuple("Build", "seconds cells compiled busy")


def foreign_runtimes():
    """How interpreters of Windows and macOS are had, by platform; nothing where they can't be put together."""
    zig = next(CACHE.glob("tools/ziglang-*/ziglang/zig"), None)
    if zig is None:
        return {}
    process = subprocess.run(
        [ROOT / "scripts" / "foreign-runtimes", zig, RUNTIMES], stdin=subprocess.DEVNULL, capture_output=True,
        text=True)
    if process.returncode != 0:
        reason = (process.stderr.strip() or "it failed").splitlines()[-1]
        print(f"bench: nothing is compiled for Windows and macOS: foreign-runtimes: {reason}", file=sys.stderr)
        return {}
    found = {}
    for platform, triple in FOREIGN.items():
        path = next(RUNTIMES.glob(f"cpython-*-{triple}.tar.gz"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found[platform] = {"provider": "archive", "url": path.as_uri(), "sha256": digest}
    return found


def workspace(dependencies, rules, foreign):
    """Runenvs for each dependency, by the name that their directories end in: for Linux with Debian's Python."""
    remove(PLACE)
    (PLACE / "runenvs").mkdir(parents=True)
    shared = {"packages": rules, "build": {"compressionLevel": 1}}
    (PLACE / "shared-config.json").write_text(json.dumps(shared))
    kinds = [("3.11.2", LINUX, {"provider": "debian", "suite": "bookworm"})]
    if foreign:
        kinds.append(("3.11.9", list(foreign), {"platformSpecific": foreign}))
    for version, platforms, runtime in kinds:
        for name, dependency in dependencies.items():
            runenv = PLACE / "runenvs" / f"python-{version}-{name}"
            runenv.mkdir()
            config = {"platforms": platforms, "runtime": runtime, "packages": {"dependencies": [dependency]}}
            (runenv / "config.json").write_text(json.dumps(config))


def build(*options):
    """A build of all cells: how long, what came of each, how many sources were compiled, how many processors busy."""
    start, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.run(
        [str(PPP), "build", "--no-verify", "--format", "json", "--progress", "plain", *options], cwd=PLACE,
        env=ENVIRONMENT | SEARCH, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    seconds, end = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not process.stdout:
        sys.exit(f"bench: building ended with {process.returncode}\n{process.stderr}")
    cells = {cell["cell"]: cell for cell in json.loads(process.stdout)["cells"]}
    compiled = sum(line.startswith("build ") for line in process.stderr.splitlines())
    used = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return Build(seconds, cells, compiled, used / seconds)


def refusals(cells):
    """A row for each cell that could not be built, with its reason."""
    for cell in cells.values():
        if cell["ending"] == "failed":
            runenv, platform = cell["cell"].split("@")
            name = f"not compiled: {runenv.split('-', 2)[2]} for {platform}"
            # Of a build that failed the first line says only that; the next one why.
            yield Row(name, None, None, " ".join(cell["problem"].split("\n")[:2]))


def put_sources():
    """The source distributions that the locks name, out of ppp's cache."""
    remove(SOURCES)
    SOURCES.mkdir()
    for path in PLACE.glob("runenvs/*/pylock.linux-x64.toml"):
        for package in tomllib.loads(path.read_text())["packages"]:
            if package["name"] in PACKAGES and "sdist" in package:
                digest = package["sdist"]["hashes"]["sha256"]
                stored = CACHE / "artifacts" / "sha256" / digest[:2] / digest
                shutil.copy(stored, SOURCES / package["sdist"]["url"].rsplit("/", 1)[1])
    return sorted(SOURCES.iterdir())


def alternative():
    """The seconds of uv, which compiles for this machine's platform only, one package after another.

    What it downloads is there before, as for ppp. Also how many of them it could compile.
    """
    target, sources = BENCH / "compiled", put_sources()
    for _ in range(2):
        seconds, made = 0.0, 0
        run(uv(), "cache", "clean", "--quiet", *PACKAGES, cwd=BENCH)
        for source in sources:
            remove(target)
            took = run(
                uv(), "pip", "install", "--quiet", "--no-deps", "--target", target, "--python", "3.11", source,
                cwd=BENCH, check=False)[0]
            # What it can't compile, as one that downloads more while it is built, doesn't count against it.
            if any(target.glob("*.dist-info")):
                seconds, made = seconds + took, made + 1
    remove(target, SOURCES)
    return seconds, made


def four_packages():
    rules = {"forceSource": {name: {"*": "to be measured"} for name in PACKAGES}}
    dependencies = {name: f"{name}=={version}" for name, version in PACKAGES.items()}
    print("bench: compiling four packages once; downloads are kept in .build/bench", file=sys.stderr)
    foreign = foreign_runtimes()
    if not foreign:
        # Other systems' interpreters are put together with the zig that this fetches.
        workspace(dependencies, rules, {})
        build()
        foreign = foreign_runtimes()
    workspace(dependencies, rules, foreign)
    build()
    remove(CACHE / "built", PLACE / "dist", PLACE / ".ppp")
    cold = build()
    made = [name for name, cell in cold.cells.items() if cell["ending"] == "built"]
    theirs, count = alternative()
    other = f"uv pip install, {count} of {len(PACKAGES)} packages, this platform only"
    yield Row(f"compile {len(made)} of {len(cold.cells)} cells", cold.seconds, theirs, other)
    yield Row("processors kept busy by that", cold.busy, os.cpu_count(), "all processors", unit="CPU")
    for platform in [*LINUX, *foreign]:
        count = sum(name.endswith(f"@{platform}") for name in made)
        yield Row(f"packages compiled for {platform}", count, len(PACKAGES), "all of them", unit="wheels")
    remove(PLACE / "dist", PLACE / ".ppp")
    # With --no-build, cells that can't be built aren't tried again.
    warm = build("--no-build")
    yield Row("the same matrix again, without dist/", warm.seconds, cold.seconds, "cold")
    yield Row("sources compiled in that", warm.compiled, cold.compiled, "cold", unit="builds")
    yield Row("and once more, nothing to do", build("--no-build").seconds, cold.seconds, "cold")
    yield from refusals(cold.cells)


def built_digests():
    """The digests of the wheels that were built, by the names of their sources and their own."""
    text = subprocess.run(
        [str(PPP), "cache", "info", "--built", "--format", "json"], cwd=PLACE, env=ENVIRONMENT, check=True,
        capture_output=True, text=True).stdout
    return {(wheel["source"], wheel["file"]): wheel["digest"] for wheel in json.loads(text)["wheels"]}


def same_bytes():
    """Whether a small package of each build backend has the same bytes when it is built again."""
    sources = {name: archive(name, BENCH) for name in BACKENDS}
    foreign = foreign_runtimes()
    workspace({name: f"tiny-{name} @ {path.as_uri()}" for name, path in sources.items()}, {}, foreign)
    cells = build().cells
    first = built_digests()
    build(*(f"--rebuild=tiny-{name}" for name in BACKENDS))
    second = built_digests()
    for name, path in sources.items():
        wheels = [key for key in first if key[0] == path.name]
        same = sum(first[key] == second.get(key) for key in wheels)
        yield Row(f"same bytes twice: {name}", same, len(wheels), "wheels of all platforms", unit="wheels")
    yield from refusals(cells)


def rows():
    yield from four_packages()
    yield from same_bytes()
