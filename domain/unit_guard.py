"""Without this file a unit could act in the place of another one that never went into it."""

from domain.errors import NotPermittedError
from domain.guards import acting_unit
from domain.local_day import local_day
from domain.situation import Situation
from domain.text import Text


def unit_acting_for(unit: str, situation: Situation) -> str:
    """Return the actor's unit, which is the given one or goes on for it.

    Raises:
        NotPermittedError: it is another unit, or none.
        UnknownUnitError: the roster does not have the actor's unit.
        UnitClosedError: it is closed.
    """
    acting = acting_unit(situation)
    if acting == situation.roster.state.resolve(unit, local_day(situation)):
        return acting
    raise NotPermittedError(
        Text(
            f"该事项由单位“{unit}”办理，本账号属于“{acting}”；未作任何更改，请由该单位办理。",
            f"this is for unit '{unit}' and the account is of '{acting}'; nothing was changed, "
            "let that unit do it.",
        )
    )
