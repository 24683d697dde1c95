"""Without this module sessions would start with whatever the server and the caller default to."""

import os
import pwd
from collections.abc import Mapping
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

CONNECT_TIMEOUT_S: Final = 10


def session_conninfo(dsn: str, application_name: str, settings: Mapping[str, object]) -> str:
    """Return a connection string whose sessions start with the settings. Pure.

    Options and a connect time-out that the string brings along stay in force.

    Args:
        dsn: Connection string of the operator.
        application_name: What the server's list of sessions shall say.
        settings: Server settings by name; values without spaces.
    """
    given = conninfo_to_dict(dsn)
    options = [str(given["options"])] if given.get("options") else []
    options += [f"-c {name}={value}" for name, value in settings.items()]
    return make_conninfo(
        dsn,
        user=login_of(dsn),
        options=" ".join(options),
        application_name=application_name,
        connect_timeout=given.get("connect_timeout") or CONNECT_TIMEOUT_S,
        client_encoding="UTF8",
    )


def login_of(dsn: str) -> str:
    """Return the login of a connection string; without one, this account's name, as libpq does."""
    return str(conninfo_to_dict(dsn).get("user") or pwd.getpwuid(os.geteuid()).pw_name)
