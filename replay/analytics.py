"""Without this file who lacks the extra packages would get a traceback instead of their names."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from domain.text import Text
from ledger.errors import LedgerError


class ExtraMissingError(LedgerError):
    """A format needs a package that is installed only with the extra ``analytics``."""

    code = "extra-missing"

    def __init__(self, package: str) -> None:
        super().__init__(
            Text(
                f"此格式需要 {package}，尚未安装；未生成文件。"
                "请安装：pip install 'taizhang[analytics]'",
                f"This format needs {package}, which is not installed; no file was made. "
                "Install it: pip install 'taizhang[analytics]'",
            )
        )


def load_extra(name: str) -> Any:  # noqa: ANN401 - these packages publish no types
    """Import and return a package of the extra. Blocking, up to half a second.

    Raises:
        ExtraMissingError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ExtraMissingError(name) from error


@contextmanager
def open_duckdb(scratch: Path, *, threads: int = 2, memory_limit: str = "1GB") -> Iterator[Any]:
    """Yield an empty DuckDB in memory that loads nothing from outside.

    Args:
        scratch: Folder for what does not fit in memory.
        threads: How many it may use.
        memory_limit: Past it, it uses that folder.

    Raises:
        ExtraMissingError: it is not installed.
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
