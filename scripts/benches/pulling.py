"""Pulling an environment, and updating one."""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading

from .measuring import BENCH, CACHE, ENVIRONMENT, PPP, WORKSPACE, Row, remove, run

ROUNDS = 5


class CountingHandler(http.server.SimpleHTTPRequestHandler):
    """Python's own file server, which gives no parts of files; it counts what it sends of them."""

    sent = 0

    def copyfile(self, source, outputfile):
        CountingHandler.sent += os.fstat(source.fileno()).st_size
        super().copyfile(source, outputfile)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(directory):
    handler = functools.partial(CountingHandler, directory=str(directory))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def published_versions(bundle, file, versions):
    """A catalogue as `ppp publish` writes it, of versions of one bundle: each has some of the bundle's layers."""
    place = BENCH / "published"
    remove(place)

    def put(content):
        digest = hashlib.sha256(content).hexdigest()
        path = place / "objects" / "sha256" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return {"digest": f"sha256:{digest}", "size": len(content)}

    for layer in bundle["layers"]:
        put(file[layer["offset"]:layer["offset"] + layer["size"]])
    entries = []
    for number, layers in enumerate(versions, 1):
        offset, placed = 0, []
        for layer in layers:
            placed.append(layer | {"offset": offset})
            offset += layer["size"]
        digest = "sha256:" + hashlib.sha256(str(number).encode()).hexdigest()
        record = bundle | {"layers": placed, "digest": digest, "size": offset}
        manifest = put(json.dumps({"schemaVersion": 1, "bundle": record}).encode())
        entries.append({
            "runenv": bundle["runenv"], "platform": bundle["platform"], "python": bundle["python"],
            "version": str(number), "digest": digest, "manifest": manifest, "size": offset,
            "unpackedSize": bundle["unpackedSize"], "packages": len(bundle["packages"]), "state": "unchecked",
            "modules": []})
    index = {"schemaVersion": 1, "name": "bench", "sequence": 1, "entries": entries}
    (place / "index.json").write_text(json.dumps(index))
    return place


def environment_near(size):
    """A bundle of this many bytes unpacked, of layers of this workspace's environments that have one interpreter, and
    its file's bytes: what their bundles hold of these layers, and the end of one of them."""
    catalogue = WORKSPACE / "dist" / "catalogue.json"
    if not catalogue.exists():
        sys.exit("bench: there are no bundles yet: run 'scripts/bench matrix' first")
    bundles = [b for b in json.loads(catalogue.read_text())["bundles"]
               if b["platform"] == "linux-x64" and b["kind"] == "tar.zst" and not b.get("module")]
    base = max(bundles, key=lambda bundle: bundle["unpackedSize"])
    runtime = next(layer for layer in base["layers"] if layer["kind"] == "runtime")
    found = {}
    for bundle in bundles:
        if runtime["digest"] in (layer["digest"] for layer in bundle["layers"]):
            for layer in bundle["layers"]:
                if layer["kind"] in ("runtime", "wheel"):
                    found.setdefault(layer["name"].split()[0], (layer, bundle["file"]))
    layers, file = [], b""
    for layer, place in sorted(found.values(), key=lambda one: (one[0] != runtime, -one[0]["unpackedSize"])):
        if layer["unpackedSize"] <= size:
            size -= layer["unpackedSize"]
            layers.append(layer | {"offset": len(file)})
            file += (WORKSPACE / place).read_bytes()[layer["offset"]:layer["offset"] + layer["size"]]
    last = max(base["layers"], key=lambda layer: layer["offset"])
    file += (WORKSPACE / base["file"]).read_bytes()[last["offset"] + last["size"]:]
    return base | {
        "layers": layers, "size": len(file), "unpackedSize": sum(layer["unpackedSize"] for layer in layers),
        "fileCount": sum(layer["fileCount"] for layer in layers)}, file


def half_of(layers):
    """The largest layers that are together no more than half of all."""
    half, room = [], sum(layer["unpackedSize"] for layer in layers) / 2
    for layer in sorted(layers, key=lambda layer: -layer["unpackedSize"]):
        if layer["unpackedSize"] <= room:
            half.append(layer)
            room -= layer["unpackedSize"]
    return half


def settle():
    """What was written goes to the disk, and the system gets more memory than a round needs: that of a virtual machine may
    have gone back to its host, and to get it again takes longer than to write files with it."""
    os.sync()
    # In a process of its own: ours would count for those that it starts.
    subprocess.run([sys.executable, "-c", "len(bytearray(b'x') * (1 << 30))"], check=True)


def pulled():
    """Pulling an environment of 150 MB half of whose layers are there, in the directory or in the cache, and curl and tar
    of the same; the bytes of an update by one wheel, and that wheel's layer."""
    bundle, file = environment_near(150_000_000)
    layers = bundle["layers"]
    wheel = max((x for x in layers if x["kind"] == "wheel"), key=lambda layer: layer["size"])
    rest = [layer for layer in layers if layer is not wheel]
    place = published_versions(bundle, file, [half_of(layers), rest, layers])
    (place / "whole.tar.zst").write_bytes(file)
    rounds = BENCH / "pulled"
    remove(rounds)
    with served(place) as url:
        def pull(version, environment, cache):
            ENVIRONMENT["PPP_CACHE_DIR"] = str(cache)
            return run(PPP, "pull", f"{bundle['runenv']}@{version}", "--platform", "linux-x64", "--from", url,
                       "--into", environment, "--quiet")

        def measured(name, directory):
            """One round, in a directory of its own: a file system that has just removed files makes others slowly."""
            directory.mkdir(parents=True)
            if name == "tar":
                settle()
                both = f"curl -fsS -o x.tar.zst {url}/whole.tar.zst && mkdir tree && tar --zstd -xf x.tar.zst -C tree"
                return run("sh", "-c", both, cwd=directory)
            environment, cache = directory / "environment", directory / "cache"
            pull(1, environment, cache)
            settle()
            if name == "directory":
                return pull(3, environment, directory / "other")
            return pull(3, directory / "other", cache)

        runs = {"directory": [], "cache": [], "tar": []}
        for number in range(ROUNDS):
            for name, each in runs.items():
                each.append(measured(name, rounds / f"{name}-{number}"))
        timed = {name: (min(x[0] for x in each), max(x[1] for x in each)) for name, each in runs.items()}
        pull(2, rounds / "update", rounds / "first")
        CountingHandler.sent = 0
        pull(3, rounds / "update", rounds / "second")
        update = CountingHandler.sent
    ENVIRONMENT["PPP_CACHE_DIR"] = str(CACHE)
    remove(rounds, place)
    return timed, update, wheel, bundle


def rows():
    timed, update, wheel, bundle = pulled()
    for place in ("directory", "cache"):
        yield Row.timed(
            f"pull, half of {bundle['unpackedSize'] / 1e6:.0f} MB in the {place}", timed[place],
            f"curl + tar --zstd -x of all of it ({bundle['fileCount']} files)", timed["tar"][0])
    yield Row(
        f"update by {wheel['name']}", update / 1e6, 1.2 * wheel["size"] / 1e6, "goal of 1.2 times that layer", unit="MB")
