"""The command line: CSV in, CSV out."""

import argparse
import sys
from collections.abc import Sequence

import pandas as pd

from forecast.main import SEASON_LENGTHS, forecast_demand


def main(arguments: Sequence[str] | None = None) -> None:
    """Read demand, write forecasts; end with a message if the demand is not usable.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parse(arguments)
    try:
        source = sys.stdin if options.demand == "-" else options.demand
        records = pd.read_csv(source, dtype={"item": str, "date": str})
        forecasts = forecast_demand(records, options.every, options.horizon, options.confidence)
        output = sys.stdout if options.forecasts == "-" else options.forecasts
        forecasts.to_csv(output, index=False, lineterminator="\n")
    except (OSError, ValueError) as error:
        sys.exit(f"forecast: {error}")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Turn the command line into options."""
    parser = argparse.ArgumentParser(
        prog="forecast", description="Forecast demand with prediction intervals."
    )
    parser.add_argument(
        "demand", help="CSV with the columns item, date, demand; - for standard input"
    )
    parser.add_argument(
        "forecasts", nargs="?", default="-", help="CSV to write; - (default) for standard output"
    )
    parser.add_argument(
        "--every", choices=SEASON_LENGTHS, default="month", help="a period (default: month)"
    )
    parser.add_argument("--horizon", type=int, default=12, help="periods to forecast (default: 12)")
    parser.add_argument(
        "--confidence", type=float, default=0.95, help="of the intervals (default: 0.95)"
    )
    return parser.parse_args(arguments)
