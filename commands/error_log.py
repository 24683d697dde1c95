"""Without this file a defect could be reported only by its traceback, passwords included."""

import re
import secrets
import traceback
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir


def log_error(error: BaseException, environ: Mapping[str, str]) -> tuple[str, Path | None]:
    """Append an error nobody foresaw to the log file of this account.

    Blocking. The file is ``taizhang/errors.log`` under ``XDG_STATE_HOME``, by default
    ``.local/state`` in the home.

    Args:
        error: What was raised.
        environ: The process environment.

    Returns:
        The id under which it is logged, and the file; None if it cannot be written.
    """
    error_id = f"E-{secrets.token_hex(4)}"
    home = Path(environ.get("HOME") or gettempdir())
    state = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    log = state / "taizhang" / "errors.log"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{error_id}\n{redact(''.join(traceback.format_exception(error)))}\n")
    except OSError:
        return error_id, None
    return error_id, log


def redact(text: str) -> str:
    """Return a text in which the passwords of connection strings are replaced by ``***``."""
    text = re.sub(r"(://[^:/@\s]*:)[^@\s]*(@)", r"\1***\2", text)
    return re.sub(r"(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)", r"\1***", text, flags=re.IGNORECASE)
