"""Without this file a missing optional library would look like a program error."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from domain.text import Text
from ledger.errors import LedgerError


class MissingExtraError(LedgerError):
    """A library of an optional group is not installed; what needs it cannot begin."""

    code = "extra-missing"

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(
            Text(
                f"缺少可选组件 {extra} 中的 {library}；未作任何计算，也未生成文件。"
                f"请安装：pip install 'taizhang[{extra}]'",
                f"The library {library} of the optional group '{extra}' is not installed; nothing "
                f"was computed and no file was made. Install it: pip install 'taizhang[{extra}]'",
            )
        )


def require_extra(library: str, extra: str = "analytics") -> None:
    """Do nothing where a library is installed; it is not imported.

    Raises:
        MissingExtraError: it is not.
    """
    if find_spec(library) is None:
        raise MissingExtraError(library, extra)


def load_extra(library: str, extra: str = "analytics") -> Any:  # noqa: ANN401 - these publish no types
    """Import and return a library of an optional group. Blocking, up to half a second.

    Raises:
        MissingExtraError: it is not installed.
    """
    require_extra(library, extra)
    return import_module(library)
