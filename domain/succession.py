"""Without this file the history of a merged unit would belong to nobody."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


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
