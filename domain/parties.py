"""Without this file an activity could name an enterprise or a unit that does not exist."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.command import Code
from domain.credit_code import validate_credit_code
from domain.errors import GuardError, NotPermittedError
from domain.guards import acting_unit
from domain.kin import same_office
from domain.situation import Situation
from domain.text import Text

CreditCodeText = Annotated[str, Meta(min_length=1, max_length=18)]
"""A unified social credit code as it was typed; ``enterprises`` says whether it is one."""
Phone = Annotated[str, Meta(pattern=r"^[0-9+*() -]{3,32}$(?!\n)")]
"""A telephone number, 3 to 32 of digits and ``+ * ( ) -``."""
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
"""SHA-256 of a document that is kept elsewhere, 64 lower-case hex digits."""
Enterprises = Annotated[tuple[CreditCodeText, ...], Meta(max_length=2_000)]
Units = Annotated[tuple[Code, ...], Meta(max_length=200)]
Petitions = Annotated[tuple[UUID, ...], Meta(max_length=500)]


def enterprises(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return credit codes that are valid and each named once; pure.

    Raises:
        InvalidCreditCodeError: one is no valid code.
        GuardError: ``named-twice``.
    """
    for code in codes:
        validate_credit_code(code)
    _refuse_repeats(codes)
    return codes


def open_units(unit_ids: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
    """Return units that are open and each named once; pure.

    Raises:
        UnknownUnitError: the roster has no such unit.
        UnitClosedError: one was closed.
        GuardError: ``named-twice``.
    """
    for unit_id in unit_ids:
        situation.roster.state.open_unit(unit_id)
    _refuse_repeats(unit_ids)
    return unit_ids


def refuse_other_unit(unit_id: str, situation: Situation) -> None:
    """Refuse an actor of another unit than the one in charge, or its heir; pure.

    Raises:
        NotPermittedError: the actor's account is bound to another unit, or to none.
        UnitClosedError: the actor's unit was closed.
    """
    if not same_office(unit_id, acting_unit(situation), situation):
        raise NotPermittedError(
            Text(
                f"只有经办单位“{unit_id}”可以办理；未作任何更改，请由该单位办理。",
                f"only the unit in charge, '{unit_id}', may do this; nothing was changed, "
                "leave it to that unit.",
            )
        )


def _refuse_repeats(names: tuple[str, ...]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise GuardError(
                "named-twice",
                f"“{name}”出现两次；未作任何更改，请只列一次。",
                f"'{name}' is named twice; nothing was changed, name it once.",
            )
