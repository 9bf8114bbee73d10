"""The command line: `service` serves until it is interrupted."""

import argparse
import os
import sys
from collections.abc import Sequence

import uvicorn

from service.main import create_app
from service.settings import SettingsError, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves, and gives the exit code once it is interrupted.

    Inputs:
        arguments: what follows the command's name; taken from the command line if left out. They
            go before the environment's variables.
    """
    environment = {**os.environ, **parse(arguments)}
    try:
        settings = read_settings(environment)
    except SettingsError as error:
        print(f"service: {error}", file=sys.stderr)
        return 1
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port)
    return 0


def parse(arguments: Sequence[str] | None) -> dict[str, str]:
    """The arguments, by the names of the variables that they stand for."""
    parser = argparse.ArgumentParser(prog="service", description="Serve over HTTP.")
    for name in ["host", "port"]:
        variable = f"SERVICE_{name.upper()}"
        parser.add_argument(f"--{name}", dest=variable, help=f"goes before {variable}")
    return {name: value for name, value in vars(parser.parse_args(arguments)).items() if value}
