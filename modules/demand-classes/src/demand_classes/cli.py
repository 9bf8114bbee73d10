"""The command line: CSV in, CSV out."""

import argparse
import sys
from collections.abc import Sequence

import pandas as pd

from demand_classes.main import classify_demand
from demand_classes.periods import FREQUENCIES


def main(arguments: Sequence[str] | None = None) -> None:
    """Read demand, write classes; end with a message if the demand is not usable.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parse(arguments)
    try:
        source = sys.stdin if options.demand == "-" else options.demand
        records = pd.read_csv(source, dtype={"item": str, "date": str})
        classes = classify_demand(records, options.every)
        output = sys.stdout if options.classes == "-" else options.classes
        classes.to_csv(output, index=False, lineterminator="\n")
    except (OSError, ValueError) as error:
        sys.exit(f"demand-classes: {error}")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Turn the command line into options."""
    parser = argparse.ArgumentParser(
        prog="demand-classes",
        description="Classify demand as smooth, erratic, intermittent or lumpy.",
    )
    parser.add_argument(
        "demand", help="CSV with the columns item, date, demand; - for standard input"
    )
    parser.add_argument(
        "classes", nargs="?", default="-", help="CSV to write; - (default) for standard output"
    )
    parser.add_argument(
        "--every", choices=FREQUENCIES, default="month", help="a period (default: month)"
    )
    return parser.parse_args(arguments)
