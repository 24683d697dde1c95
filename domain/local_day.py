"""Without this file an act at midnight could fall on the server's day and not the ledger's."""

from datetime import date
from zoneinfo import ZoneInfo

from domain.errors import GuardError
from domain.situation import Situation


def local_day(situation: Situation) -> date:
    """Return the civil day of the act in the ledger's zone (domain.md decision 6); pure."""
    return situation.act.occurred_at.astimezone(ZoneInfo(situation.roster.zone)).date()


def refuse_later_day(day: date, field: str, situation: Situation) -> None:
    """Refuse a civil day after that of the act.

    Raises:
        GuardError: ``day-not-come``.
    """
    today = local_day(situation)
    if day > today:
        raise GuardError(
            "day-not-come",
            f"{field} 为 {day}，晚于当日 {today}；未作任何更改，请到期后再办理。",
            f"'{field}' is {day}, which is after {today}; nothing was changed, come back on "
            "that day.",
        )
