"""Settings, from environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What may differ between a laptop and a server."""

    host: str = "127.0.0.1"
    port: int = 8000
    max_values: int = 10_000


class SettingsError(Exception):
    """Environment variables that are not settings. The message has each of them."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment has, and defaults for the others.

    Inputs:
        environment: variables, such as os.environ; SERVICE_HOST, SERVICE_PORT (0 is any free one)
            and SERVICE_MAX_VALUES are read.

    Raises SettingsError.
    """
    problems: list[str] = []

    def whole(name: str, default: int, smallest: int, largest: int) -> int:
        text = environment.get(name, str(default))
        if text.isdecimal() and smallest <= int(text) <= largest:
            return int(text)
        problems.append(f"{name} is {text!r}, not a whole number from {smallest} to {largest}")
        return default

    settings = Settings(
        host=environment.get("SERVICE_HOST", Settings.host),
        port=whole("SERVICE_PORT", Settings.port, 0, 65_535),
        max_values=whole("SERVICE_MAX_VALUES", Settings.max_values, 1, 1_000_000),
    )
    if problems:
        raise SettingsError("; ".join(problems))
    return settings
