"""The matrix of this repository's workspace: packed, packed again, planned."""

import json
import shutil
import sys
import tomllib

from .measuring import BENCH, CACHE, PPP, ROOT, WORKSPACE, Row, best, remove, run, uv

UV_PLATFORM = {
    "linux-x64": "x86_64-manylinux_2_28",
    "linux-aarch64": "aarch64-manylinux_2_28",
    "macosx-x64": "x86_64-apple-darwin",
    "macosx-aarch64": "aarch64-apple-darwin",
    "windows-x64": "x86_64-pc-windows-msvc",
}


def fresh_workspace():
    remove(WORKSPACE)
    WORKSPACE.mkdir(parents=True)
    shutil.copy(ROOT / "shared-config.json", WORKSPACE)
    shutil.copytree(ROOT / "runenvs", WORKSPACE / "runenvs")


def cells():
    """Every locked cell: runenv, platform, and the wheels that the index has for it."""
    for path in sorted(WORKSPACE.glob("runenvs/*/pylock.*.toml")):
        lock = tomllib.loads(path.read_text())
        wheels = [f"{p['name']}=={p['version']}" for p in lock["packages"] if p.get("wheels")]
        yield path.parent.name, path.name.split(".")[1], wheels


def alternative(uv, offline=True):
    """What people do today: `uv pip install --target`, then `tar --zstd` or, for Windows, a zip; cell by cell."""
    target = BENCH / "alternative"
    remove(target)
    seconds = 0.0
    for runenv, platform, wheels in cells():
        python = ".".join(runenv.split("-")[1].split(".")[:2])
        tree = target / f"{runenv}-{platform}"
        tree.mkdir(parents=True)
        install = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", tree,
                   "--python", sys.executable, "--python-version", python, "--python-platform",
                   UV_PLATFORM[platform], *(["--offline"] if offline else []), *wheels]
        seconds += run(*install)[0]
        if platform == "windows-x64":
            seconds += run("bsdtar", "-a", "-cf", f"{tree}.zip", "-C", tree, ".")[0]
        else:
            seconds += run("tar", "--zstd", "-cf", f"{tree}.tar.zst", "-C", tree, ".")[0]
    remove(target)
    return seconds


def remove_layers_of_wheels():
    """Removes the layers that the alternative makes too; interpreters stay, it has none."""
    for path in CACHE.glob("layers/keys/*"):
        note = json.loads(path.read_text())
        if note["key"]["kind"] != "runtime":
            path.unlink()
    remove(WORKSPACE / "dist", WORKSPACE / ".ppp")


def generated_workspace(count):
    """A workspace of `count` runenvs on five platforms."""
    place = BENCH / "generated"
    remove(place)
    place.mkdir(parents=True)
    shutil.copy(ROOT / "shared-config.json", place)
    for number in range(count):
        runenv = place / "runenvs" / f"python-3.13.5-variant{number}"
        runenv.mkdir(parents=True)
        config = {"packages": {"overrides": {"numpy": f"2.2.{number % 7}"}}}
        (runenv / "config.json").write_text(json.dumps(config))
    return place


def change_one_dependency():
    path = WORKSPACE / "runenvs" / "python-3.13.5-minimal" / "config.json"
    config = json.loads(path.read_text())
    dependencies = config["packages"]["dependencies"]
    config["packages"]["dependencies"] = [
        "rich>=13.9,<14" if name.startswith("rich") else name for name in dependencies]
    path.write_text(json.dumps(config))


def rows():
    fresh_workspace()
    print("bench: building the workspace once; downloads are kept in .build/bench", file=sys.stderr)
    remove(CACHE / "layers")
    run(PPP, "build", "--no-verify")
    alternative(uv(), offline=False)
    theirs = min(alternative(uv()), alternative(uv()))
    pair = "uv pip install --target (warm, offline) + tar --zstd -3 or zip"

    build = (PPP, "build", "--no-verify")
    first = best(2, *build, before=remove_layers_of_wheels)
    yield Row.timed("first pack: artifacts there, no layers of wheels", first, pair, theirs)
    warm = best(5, *build, before=lambda: remove(WORKSPACE / "dist"))
    yield Row.timed("warm matrix: layers there, no dist/", warm, pair, theirs)
    yield Row.timed("no-op build", best(10, *build), "goal of 100 ms", 0.1)
    plan = best(5, PPP, "plan", cwd=generated_workspace(200))
    yield Row.timed("plan of 200 runenvs x 5 platforms", plan, "goal of 300 ms", 0.3)
    change_one_dependency()
    run(PPP, "lock")
    changed = best(1, *build)
    yield Row.timed("one dependency changed, on five platforms", changed, "first pack of everything", first[0])
    peak = max(memory for _, memory in (first, warm, plan, changed))
    yield Row("peak memory of any of these", peak, 400, "goal of 400 MB", unit="MB")
