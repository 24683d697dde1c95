"""Without this file each use of DuckDB would decide for itself what it may load from outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from replay.extras import load_extra


@contextmanager
def open_duckdb(scratch: Path, *, threads: int = 2, memory_limit: str = "1GB") -> Iterator[Any]:
    """Yield an empty DuckDB in memory that loads nothing from outside.

    Args:
        scratch: Folder for what does not fit in memory.
        threads: How many it may use.
        memory_limit: Past it, it uses that folder.

    Raises:
        MissingExtraError: it is not installed.
    """
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "threads": str(threads),
        "memory_limit": memory_limit,
        "temp_directory": str(scratch),
    }
    with load_extra("duckdb").connect(":memory:", config=config) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
