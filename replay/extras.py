"""Without this file a missing optional library would look like a program error."""

from importlib.util import find_spec

from domain.text import Text


class MissingExtraError(Exception):
    """A library of an optional group is not installed; the command cannot begin.

    Attributes:
        what: What happened.
        why: Why.
        do: What to do.
        exit_code: 6, as for everything a command needs and does not find.
    """

    exit_code = 6

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed")
        self.what = Text("未作任何计算。", "Nothing was computed.")
        self.why = Text(
            f"缺少可选组件 {extra} 中的 {library}。",
            f"The library {library} of the optional group '{extra}' is not installed.",
        )
        self.do = Text(
            f"请安装：pip install 'taizhang[{extra}]'",
            f"Install it: pip install 'taizhang[{extra}]'",
        )


def require_extra(library: str, extra: str = "analytics") -> None:
    """Do nothing where a library is installed; it is not imported.

    Raises:
        MissingExtraError: it is not.
    """
    if find_spec(library) is None:
        raise MissingExtraError(library, extra)
