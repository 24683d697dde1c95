"""Without this file the program would not know which read models it has."""

from typing import Final

from projections.model import ModelFactory
from projections.petitions import Petitions
from projections.units import Units

MODELS: Final[tuple[ModelFactory, ...]] = (Units, Petitions)
"""Every read model. Units first: the roster may fix the zone that petitions are counted in."""
