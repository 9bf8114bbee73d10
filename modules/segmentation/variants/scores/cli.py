"""The command line: CSV in, CSV out."""

import argparse
import sys
from collections.abc import Sequence

import pandas as pd

from segmentation.main import segment_customers
from segmentation.profile import describe_segments


def main(arguments: Sequence[str] | None = None) -> None:
    """Read purchases, write customers; end with a message if the purchases are not usable.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parse(arguments)
    try:
        source = sys.stdin if options.transactions == "-" else options.transactions
        transactions = pd.read_csv(source, dtype={"customer": str, "date": str})
        customers = segment_customers(transactions, options.until)
        write(customers, options.customers)
        if options.profile is not None:
            write(describe_segments(customers), options.profile)
    except (OSError, ValueError) as error:
        sys.exit(f"segmentation: {error}")


def write(table: pd.DataFrame, path: str) -> None:
    """Write a table as CSV to a file, or to standard output if the path is ``-``."""
    table.to_csv(sys.stdout if path == "-" else path, index=False, lineterminator="\n")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Turn the command line into options."""
    parser = argparse.ArgumentParser(
        prog="segmentation", description="Segment customers by what they bought."
    )
    parser.add_argument(
        "transactions", help="CSV with the columns customer, date, amount; - for standard input"
    )
    parser.add_argument(
        "customers", nargs="?", default="-", help="CSV to write; - (default) for standard output"
    )
    parser.add_argument("--profile", help="CSV to write about the segments; - for standard output")
    parser.add_argument(
        "--until", help="day to look back from, like 2026-03-31 (default: of the last purchase)"
    )
    return parser.parse_args(arguments)
