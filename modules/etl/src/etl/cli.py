"""The command line: `etl load` and `etl query`."""

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.errors import EtlError
from etl.main import load, query
from etl.schema import NAMES, TABLE


def main(arguments: Sequence[str] | None = None) -> int:
    """Loads or queries, and gives the exit code.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out.
    """
    options = parser().parse_args(arguments)
    try:
        if options.command == "load":
            loaded = load(options.source, options.database, options.batch, options.rejects)
            print(f"{loaded.rows} rows in '{TABLE}' of {options.database}, batch '{loaded.batch}'")
            if loaded.rejected:
                print(f"{loaded.rejected} records do not fit, see {loaded.rejects}")
        else:
            csv.writer(sys.stdout, lineterminator="\n").writerows(
                query(options.database, options.sql)
            )
    except EtlError as error:
        print(f"etl: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `etl query … | head` has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="etl", description="From a file of rows to a table in SQLite."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    load = commands.add_parser("load", help="load a file; loading it again replaces its rows")
    load.add_argument("source", type=Path, help=f"the file, with the columns {', '.join(NAMES)}")
    load.add_argument("database", type=Path, help="the SQLite database, made if there is none")
    load.add_argument("--batch", help="what the rows are known by (default: the file's name)")
    load.add_argument(
        "--rejects",
        type=Path,
        help="for the records that don't fit (default: <source>.rejects.csv beside the database)",
    )

    query = commands.add_parser("query", help="print the result of a SELECT as CSV")
    query.add_argument("database", type=Path)
    query.add_argument("sql", help=f'such as "SELECT * FROM {TABLE}"')
    return parser
