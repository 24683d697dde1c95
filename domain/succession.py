"""Without this file the history of a merged unit would belong to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from domain.errors import DomainError
from domain.text import Text


class Heir(NamedTuple):
    """Who goes on for a unit that merged or split, from a local day on."""

    unit: str
    since_on: date


def resolve_heir(heirs: Mapping[str, Heir], unit: str, on: date) -> str:
    """Return the unit that stands for another one on a local day; pure.

    A unit without an heir by then stands for itself, known or not.

    Source:
        domain.md decision 8.
    """
    heir = heirs.get(unit)
    while heir is not None and heir.since_on <= on:
        unit, heir = heir.unit, heirs.get(heir.unit)
    return unit


def predecessors(heirs: Mapping[str, Heir], unit: str, on: date) -> frozenset[str]:
    """Return the units that one stands for on a local day, without itself; pure."""
    return frozenset(
        other for other in heirs if other != unit and resolve_heir(heirs, other, on) == unit
    )


class UnitSucceededError(DomainError):
    """Figures were asked of a unit that another one goes on for by then."""

    code = "unit-succeeded"

    def __init__(self, unit: str, heir: str, on: date) -> None:
        """Name both units and the local day of the question."""
        super().__init__(
            Text(
                f"{on} 时单位“{unit}”的诉求已计入“{heir}”；未返回也未记录任何数字，请改查“{heir}”，"
                "或按派单时的单位统计（--as-dispatched、as_dispatched=true）。",
                f"on {on} what unit '{unit}' was dispatched counts for '{heir}'; no figure was "
                f"returned or recorded, ask for '{heir}', or for the units as dispatched "
                "(--as-dispatched, as_dispatched=true).",
            )
        )


@dataclass(frozen=True)
class Succession:
    """Under which units figures of one local day are reported.

    Attributes:
        heirs: Who goes on for each unit that merged or split, as far as is known.
        on: Local day of the instant the petitions are judged at.
    """

    heirs: Mapping[str, Heir]
    on: date

    def heir(self, unit: str) -> str:
        """Return the unit that a code is reported under; pure."""
        return resolve_heir(self.heirs, unit, self.on)

    def codes(self, unit: str) -> frozenset[str]:
        """Return the codes that are reported under a unit, its own among them; pure.

        Raises:
            UnitSucceededError: another unit stands for it by then, and has its figures.
        """
        heir = self.heir(unit)
        if heir != unit:
            raise UnitSucceededError(unit, heir, self.on)
        return predecessors(self.heirs, unit, self.on) | {unit}


AS_DISPATCHED: Final = Succession({}, date.max)
"""Every code stands for itself: variant ``.as_dispatched`` of domain.md decision 8."""
