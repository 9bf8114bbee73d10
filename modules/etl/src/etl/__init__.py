"""From a file of rows to a table in SQLite: read, check, store."""

from etl.errors import EtlError
from etl.main import Loaded, load, query

__all__ = ["EtlError", "Loaded", "load", "query"]
