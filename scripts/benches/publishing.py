"""What a first publish sends, and a second after one wheel has changed."""

import json
import subprocess
import sys

from .measuring import BENCH, ENVIRONMENT, PPP, Row, remove, run

PLACE = BENCH / "publishing"
RUNENVS = {"python-3.13.5-tables": [], "python-3.13.5-science": ["scipy==1.15.3"]}


def built(pandas):
    """The bundles of a small matrix whose environments share numpy and this pandas."""
    (PLACE / "shared-config.json").write_text(json.dumps({
        "runtime": {"provider": "external"}, "platforms": ["linux-x64"]}))
    for name, dependencies in RUNENVS.items():
        (PLACE / "runenvs" / name).mkdir(parents=True, exist_ok=True)
        config = {"packages": {"dependencies": ["numpy==2.2.6", f"pandas=={pandas}", *dependencies]}}
        (PLACE / "runenvs" / name / "config.json").write_text(json.dumps(config))
    run(PPP, "build", "--no-verify", "--quiet", cwd=PLACE)
    return json.loads((PLACE / "dist" / "catalogue.json").read_text())["bundles"]


def published():
    """Publishes what is built; how many bytes were sent."""
    command = [PPP, "publish", f"file://{PLACE}/site", "--quiet", "--format", "json"]
    result = subprocess.run(command, cwd=PLACE, env=ENVIRONMENT, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"bench: {command} ended with {result.returncode}\n{result.stderr}")
    return json.loads(result.stdout)["bytes"]


def rows():
    remove(PLACE)
    PLACE.mkdir(parents=True)
    bundles = built("2.2.2")
    first = published()
    yield Row(
        f"publish {len(bundles)} environments", first / 1e6, sum(b["size"] for b in bundles) / 1e6,
        "their bundles' bytes", unit="MB")
    known = {layer["digest"] for bundle in bundles for layer in bundle["layers"]}
    bundles = built("2.2.3")
    changed = {x["digest"]: x["size"] for b in bundles for x in b["layers"] if x["digest"] not in known}
    second = published()
    yield Row(
        "publish again, pandas changed", second / 1e6, sum(changed.values()) / 1e6, "the layer that changed",
        unit="MB")
    remove(PLACE)
