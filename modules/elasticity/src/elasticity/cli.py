"""The command line: CSV in, CSV out."""

import argparse
import sys
from collections.abc import Sequence

import pandas as pd

from elasticity.main import estimate_elasticities


def main(arguments: Sequence[str] | None = None) -> None:
    """Read sales, write elasticities; end with a message if the sales are not usable.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parse(arguments)
    try:
        source = sys.stdin if options.sales == "-" else options.sales
        sales = pd.read_csv(source, dtype={"product": str})
        elasticities = estimate_elasticities(sales, options.confidence)
        output = sys.stdout if options.elasticities == "-" else options.elasticities
        elasticities.to_csv(output, index=False, lineterminator="\n")
    except (OSError, ValueError) as error:
        sys.exit(f"elasticity: {error}")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Turn the command line into options."""
    parser = argparse.ArgumentParser(
        prog="elasticity", description="Price elasticity of demand from sales records."
    )
    parser.add_argument(
        "sales", help="CSV with the columns product, price, units; - for standard input"
    )
    parser.add_argument(
        "elasticities", nargs="?", default="-", help="CSV to write; - (default) for standard output"
    )
    parser.add_argument(
        "--confidence", type=float, default=0.95, help="of the interval (default: 0.95)"
    )
    return parser.parse_args(arguments)
