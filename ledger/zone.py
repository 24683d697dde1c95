"""Without this file two programs could end the same day of a ledger at different midnights."""

from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg import Connection

from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries

QUERIES: Final = load_queries("ledger", "zone")

DEFAULT_ZONE: Final = "Asia/Shanghai"
_SETTING: Final = "zone"


class ZoneFixedError(LedgerError):
    """The ledger's days are already counted in another zone."""

    code = "zone-fixed"

    def __init__(self, zone: str, wanted: str) -> None:
        super().__init__(
            Text(
                f"本台账已按时区 {zone} 计日，不能改为 {wanted}。未作任何更改；"
                "请另建台账（TAIZHANG_LEDGER）。",
                f"This ledger counts its days in {zone} and cannot change to {wanted}. Nothing "
                "was changed; use a ledger of its own (TAIZHANG_LEDGER).",
            )
        )


class UnknownZoneError(LedgerError):
    """A zone was named that the time zone database does not have."""

    code = "unknown-zone"

    def __init__(self, wanted: str) -> None:
        super().__init__(
            Text(
                f"没有时区“{wanted}”。未作任何更改；请用 IANA 名称，如 Asia/Shanghai。",
                f"There is no zone '{wanted}'. Nothing was changed; use an IANA name such as "
                "Asia/Shanghai.",
            )
        )


def ledger_zone(connection: Connection[Any]) -> ZoneInfo:
    """Return the zone in which the ledger's days begin and end.

    Blocking, one query; ``DEFAULT_ZONE`` where none was fixed.
    """
    row = connection.execute(QUERIES["read_setting"], {"name": _SETTING}).fetchone()
    return ZoneInfo(DEFAULT_ZONE if row is None else row[0])


def fix_zone(connection: Connection[Any], wanted: str) -> ZoneInfo:
    """Fix the zone of the ledger's days for ever and return it.

    Blocking, in the caller's transaction; fixing the same zone again changes nothing.
    The first read model to run fixes ``DEFAULT_ZONE`` if nobody did before.

    Args:
        connection: Of the role tz_app or tz_projector.
        wanted: IANA name.

    Raises:
        UnknownZoneError: there is no such zone.
        ZoneFixedError: another one is fixed.
    """
    prefer_zone(connection, wanted)
    fixed = ledger_zone(connection)
    if fixed.key != wanted:
        raise ZoneFixedError(fixed.key, wanted)
    return fixed


def prefer_zone(connection: Connection[Any], zone: str) -> None:
    """Fix the zone unless another one is fixed already.

    Blocking, in the caller's transaction.

    Args:
        connection: Of the role tz_app or tz_projector.
        zone: IANA name.

    Raises:
        UnknownZoneError: there is no such zone.
    """
    _find_zone(zone)
    connection.execute(QUERIES["insert_setting"], {"name": _SETTING, "value": zone})


def settle_zone(connection: Connection[Any]) -> ZoneInfo:
    """Return the zone of the ledger's days, and fix the default if none is.

    Blocking, in the caller's transaction: days that are counted once never end at
    another midnight.
    """
    prefer_zone(connection, DEFAULT_ZONE)
    return ledger_zone(connection)


def _find_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownZoneError(name) from error
