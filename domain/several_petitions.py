"""Without this file no act could concern several petitions at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from domain.errors import GuardError
from domain.petition import Petition

NO_OTHERS: Final[Mapping[UUID, Petition]] = MappingProxyType({})
"""What a command gets that concerns one petition alone."""


def born_id(petition: Petition, number: int) -> UUID:
    """Return the id of a petition that another one's next event begins; pure.

    Args:
        petition: The one it comes from, before the event is recorded.
        number: 1, 2, 3 … among those the same event begins.
    """
    return uuid5(petition.id, f"{petition.version + 1}/{number}")


def refuse_repeats(petition_ids: tuple[UUID, ...]) -> None:
    """Refuse an act that names a petition twice.

    Args:
        petition_ids: The one it is given to, and the others it concerns.

    Raises:
        GuardError: ``petition-named-twice``.
    """
    for place, petition_id in enumerate(petition_ids):
        if petition_id in petition_ids[:place]:
            raise GuardError(
                "petition-named-twice",
                f"诉求 {petition_id} 出现两次；未作任何更改，请只列一次，且不含本诉求。",
                f"petition {petition_id} is named twice; nothing was changed, name it once and "
                "not itself.",
            )
