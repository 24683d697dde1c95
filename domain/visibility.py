"""Without this file each read route would decide for itself who may know of a petition."""

from typing import Final

from domain.openness import shared_with
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.vocabulary import Role

OF_ONE_UNIT: Final = frozenset({Role.HANDLER, Role.DEPARTMENT_HEAD})
"""Roles that see the work of their own unit alone."""


def is_accused(principal: Principal, facts: PetitionFacts) -> bool:
    """Return whether somebody is of the office that a confidential petition accuses; pure."""
    return facts.confidential and facts.accused_unit in principal.units


def may_see(principal: Principal, facts: PetitionFacts) -> bool:
    """Return whether somebody may know of a petition; pure.

    Nobody of the office that a confidential petition accuses may, whatever the role.
    Petitioners see their own, joint ones included; handlers and department heads what they
    filed themselves or their unit was ever ordered to handle; everybody else sees all. Peers
    see what was shared with a group of theirs, see ``is_peer``.
    """
    return sees_whole(principal, facts) or is_peer(principal, facts)


def is_peer(principal: Principal, facts: PetitionFacts) -> bool:
    """Return whether somebody may follow a petition's course and know nothing personal; pure.

    That is who sees it for no other reason than that it was shared with a group.
    """
    if is_accused(principal, facts) or sees_whole(principal, facts):
        return False
    return shared_with(facts, principal.actor_id)


def sees_whole(principal: Principal, facts: PetitionFacts) -> bool:
    """Return whether somebody may know of a petition, and not as a peer alone; pure."""
    if is_accused(principal, facts):
        return False
    if principal.role is Role.PETITIONER:
        return facts.speaks(principal.actor_id)
    if principal.role in OF_ONE_UNIT:
        is_own = facts.owner_id == principal.actor_id
        return is_own or any(each.unit in principal.units for each in facts.assignments)
    return True
