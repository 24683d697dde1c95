"""Without this file a merged unit's heir could judge or see what the unit itself must not."""

from datetime import date

from domain.local_day import local_day
from domain.petition_facts import PetitionFacts
from domain.roster import RosterState
from domain.situation import Situation


def kin_of(roster: RosterState, unit: str | None, on: date) -> frozenset[str]:
    """Return the codes of one office on a local day: a unit, its heir and all the heir goes on for.

    Pure. A unit that the roster does not know is alone.
    """
    if unit is None:
        return frozenset()
    heir = roster.resolve(unit, on)
    return frozenset({unit, heir}) | roster.predecessors(heir, on)


def kin_of_actor(situation: Situation) -> frozenset[str]:
    """Return the codes of the actor's offices: the one acted for, and the account's own.

    The two differ for whoever acts in a role that another unit lent.
    """
    roster, today = situation.roster.state, local_day(situation)
    units = (situation.act.actor_unit, situation.home_unit)
    return frozenset(code for unit in units for code in kin_of(roster, unit, today))


def same_office(unit: str, other: str, situation: Situation) -> bool:
    """Whether two codes are one office on the day of the act."""
    roster, today = situation.roster.state, local_day(situation)
    return roster.resolve(unit, today) == roster.resolve(other, today)


def accuses(facts: PetitionFacts, unit: str, situation: Situation) -> bool:
    """Whether a petition is kept from a unit, since it accuses its office on the day of the act."""
    accused = facts.accused_unit
    return facts.confidential and accused is not None and same_office(unit, accused, situation)
