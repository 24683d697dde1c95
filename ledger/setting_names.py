"""Without this file a setting that is misspelt would be ignored, and nobody would know why."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from domain.text import Text

_PREFIX: Final = "TAIZHANG_"
_OF_TESTS: Final = "TAIZHANG_TEST_"
_DSNS: Final = tuple(
    f"{database}{role}DSN"
    for database in ("", "TARGET_")
    for role in ("", "OWNER_", "PROJECTOR_", "ADMIN_")
)
"""Connection strings: of the ledger's database, and of one that it is moved to."""
_OTHERS: Final = (
    "DATA_DIR",
    "EXPORT_DIR",
    "KEY",
    "LANG",
    "LEDGER",
    "SMTP_FROM",
    "SMTP_HOST",
    "SMTP_PASSWORD_FILE",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "SMTP_USER",
    "WEBHOOK_HOSTS",
    "WEBHOOK_SECRET_FILE",
)

SETTING_NAMES: Final = frozenset(
    _PREFIX + name for name in (*_DSNS, *(f"{each}_FILE" for each in _DSNS), *_OTHERS)
)
"""Every variable of the program's own that it reads."""


def unknown_settings(environ: Mapping[str, str]) -> list[Text]:
    """Return a warning for each variable of the program's own that it does not read; pure.

    It names the variable and never its value, and the known name it is most like.
    """
    return [
        _warning(name)
        for name in sorted(environ)
        if name.startswith(_PREFIX) and not name.startswith(_OF_TESTS) and name not in SETTING_NAMES
    ]


def _warning(name: str) -> Text:
    # Without what all names begin with, by which any two are alike.
    known = sorted(each.removeprefix(_PREFIX) for each in SETTING_NAMES)
    likely = get_close_matches(name.removeprefix(_PREFIX), known, n=1)
    zh, en = "请删除。", "remove it."
    if likely:
        zh, en = f"是否应为 {_PREFIX}{likely[0]}？", f"did you mean {_PREFIX}{likely[0]}?"
    return Text(
        f"没有名为 {name} 的设置，已忽略；{zh}", f"There is no setting {name}; it is ignored, {en}"
    )
