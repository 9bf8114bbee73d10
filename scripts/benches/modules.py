"""Adding modules to a repository."""

from .measuring import BENCH, PPP, ROOT, Row, best, remove, run, uv


def added(*modules):
    """Adding modules of this repository to an empty one, and the seconds of the nearest thing that uv does: `uv init`
    of an empty project for each, which makes it a member of the workspace too."""
    place = BENCH / "shop"

    def fresh():
        remove(place)
        place.mkdir()

    ours = best(10, PPP, "add", "module", *modules, "--from", ROOT / "modules", "--into", place, cwd=BENCH,
                before=fresh)
    theirs = []
    for _ in range(3):
        fresh()
        seconds = run(uv(), "init", "--quiet", "--bare", "--offline", cwd=place)[0]
        for module in modules:
            seconds += run(uv(), "init", "--quiet", "--lib", "--offline", f"modules/{module}", cwd=place)[0]
        theirs.append(seconds)
    remove(place)
    return ours, min(theirs)


def rows():
    six = ("demand-classes", "elasticity", "etl", "forecast", "segmentation", "service")
    for name, modules in (("add one module", six[:1]), ("add six modules", six)):
        ours, theirs = added(*modules)
        yield Row.timed(name, ours, "uv init --lib, an empty project for each", theirs)
