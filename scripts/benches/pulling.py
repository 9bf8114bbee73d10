"""Pulling an environment, and updating one."""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import shutil
import sys
import threading

from .measuring import BENCH, CACHE, ENVIRONMENT, PPP, WORKSPACE, Row, best, remove, run


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


def published_versions(bundle, versions):
    """A catalogue as `ppp publish` writes it, of versions of one bundle: each has some of the bundle's layers."""
    place = BENCH / "published"
    remove(place)

    def put(content):
        digest = hashlib.sha256(content).hexdigest()
        path = place / "objects" / "sha256" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return {"digest": f"sha256:{digest}", "size": len(content)}

    file = (WORKSPACE / bundle["file"]).read_bytes()
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


def pulled():
    """Pulling an environment half of whose layers are there, and curl and tar of the same; the bytes of an update
    by one wheel, and that wheel's layer."""
    catalogue = WORKSPACE / "dist" / "catalogue.json"
    if not catalogue.exists():
        sys.exit("bench: there are no bundles yet: run 'scripts/bench matrix' first")
    bundles = json.loads(catalogue.read_text())["bundles"]
    ours = [b for b in bundles if b["platform"] == "linux-x64" and b["kind"] == "tar.zst"]
    # The one nearest to 150 MB unpacked.
    bundle = min(ours, key=lambda b: abs(b["unpackedSize"] - 150_000_000))
    half, room = [], bundle["unpackedSize"] / 2
    for layer in sorted(bundle["layers"], key=lambda layer: -layer["unpackedSize"]):
        if layer["unpackedSize"] <= room:
            half.append(layer)
            room -= layer["unpackedSize"]
    wheel = max((x for x in bundle["layers"] if x["kind"] == "wheel"), key=lambda layer: layer["size"])
    rest = [layer for layer in bundle["layers"] if layer is not wheel]
    place = published_versions(bundle, [half, rest, bundle["layers"]])
    shutil.copy(WORKSPACE / bundle["file"], place / "whole.tar.zst")
    environment, cache, tree = BENCH / "pulled", BENCH / "pull-cache", BENCH / "unpacked"
    ENVIRONMENT["PPP_CACHE_DIR"] = str(cache)
    with served(place) as url:
        def pull(version):
            return (PPP, "pull", f"{bundle['runenv']}@{version}", "--platform", "linux-x64", "--from", url,
                    "--into", environment, "--quiet")

        def prepare(version):
            remove(environment, cache)
            run(*pull(version))
            remove(cache)
            os.sync()

        def empty():
            remove(tree)
            tree.mkdir()
            os.sync()

        quick = best(5, *pull(3), before=lambda: prepare(1))
        both = f"curl -fsS -o {tree}/x.tar.zst {url}/whole.tar.zst && tar --zstd -xf {tree}/x.tar.zst -C {tree}"
        slow = best(5, "sh", "-c", both, before=empty)[0]
        prepare(2)
        CountingHandler.sent = 0
        run(*pull(3))
        update = CountingHandler.sent
    ENVIRONMENT["PPP_CACHE_DIR"] = str(CACHE)
    remove(environment, cache, tree, place)
    return quick, slow, update, wheel, bundle


def rows():
    quick, slow, update, wheel, bundle = pulled()
    yield Row.timed(
        f"pull, half of {bundle['unpackedSize'] / 1e6:.0f} MB there", quick, "curl + tar --zstd -x of all of it", slow)
    yield Row(
        f"update by {wheel['name']}", update / 1e6, 1.2 * wheel["size"] / 1e6, "goal of 1.2 times that layer", unit="MB")
