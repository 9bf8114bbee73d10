"""Lists of a catalogue of 100,000 bundles with 3 million packages, generated; kept in .build/bench."""

import hashlib
import re
import sqlite3
import sys

from .measuring import BENCH, PPP, ROOT, Row, best

COUNT = 100_000
COLUMNS = """id, cell, generation, python, floor, kind, layout, file, digest, size, unpacked_size, file_count, recipe_digest,
    lock_digest, build_key, created_at, runtime_provider, runtime_version, runtime_bundled, package_count, omission_count,
    verification"""
PLATFORMS = ["linux-x64", "linux-aarch64", "macosx-x64", "macosx-aarch64", "windows-x64"]


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def bundle(number, runenv, platform):
    """What COLUMNS say of a bundle, but for the numbers of its row and cell."""
    cell = f"{runenv}@{platform}"
    return (1, runenv.split("-")[1], "2.28" if "linux" in platform else None, "tar.zst", "tree",
            f"dist/{runenv}/{runenv}-{platform}.tar.zst", digest(cell), 70_000_000 + number, 260_000_000, 4703,
            digest("r" + cell), digest("l" + cell), digest("k" + cell), 1_700_000_000 + number,
            "python-build-standalone", "20250612", 1, 30, number % 3, "passed" if number % 50 else "failed")


def generated_catalogue():
    """A workspace whose catalogue has COUNT bundles, each of 30 of 2,000 packages."""
    schema = (ROOT / "Sources" / "Catalogue" / "Schema.swift").read_text()
    steps = re.findall(r'private static let \w+ = """\n(.*?)\n    """', schema, re.S)
    # A name that changes with what is in it: a catalogue of another schema is made anew.
    place = BENCH / f"catalogue-{digest(schema)[7:15]}"
    path = place / ".ppp" / "catalogue.sqlite"
    if path.exists():
        return place
    print("bench: generating a catalogue of 100,000 bundles, once", file=sys.stderr)
    path.parent.mkdir(parents=True, exist_ok=True)
    (place / "shared-config.json").write_text("{}")
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    database = sqlite3.connect(draft)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA application_id = 0x50505043;" + "".join(steps))
    with database:
        for number in range(1, COUNT + 1):
            variant, platform = divmod(number - 1, 5)
            runenv, platform = f"python-3.13.{variant % 10}-variant{variant:05}", PLATFORMS[platform]
            database.execute("INSERT INTO cell VALUES (?, ?, ?, 1)", (number, runenv, platform))
            row = (number, number, *bundle(number, runenv, platform))
            database.execute(f"INSERT INTO bundle ({COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)
            database.executemany(
                "INSERT INTO package (bundle, name, version, requested, licence) VALUES (?, ?, ?, ?, ?)",
                ((number, f"package-{(number * 7 + k * 67) % 2000:04}", f"1.{(number + k) % 9}.0", k < 5, "MIT")
                 for k in range(30)))
    database.execute(f"PRAGMA user_version = {len(steps)}")
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    draft.rename(path)
    return place


def rows():
    place = generated_catalogue()
    goal = "goal of 100 ms"
    lists = [
        ("by the beginning of its name", "python-3.13.5-variant0123*"),
        ("by the end of its name", "*-variant01235@linux-*"),
        ("by package", "--package", "package-0007"),
        ("by name and package", "python-3.13.1-*", "--package", "package-0007"),
    ]
    peak = 0
    for name, *arguments in lists:
        measured = best(5, PPP, "catalogue", "list", *arguments, cwd=place)
        peak = max(peak, measured[1])
        yield Row.timed(f"list of 100,000 bundles {name}", measured, goal, 0.1)
    whole = best(2, PPP, "catalogue", "list", cwd=place)
    yield Row("peak memory of these lists", peak, 200, "goal of 200 MB", unit="MB")
    yield Row.timed("list of 100,000 bundles, all of them", whole, "a second", 1)
