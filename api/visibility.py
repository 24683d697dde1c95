"""Without this file everybody who may know of a case would read every name in it."""

from typing import Final

from domain.principal import Principal
from domain.visibility import OF_ONE_UNIT
from domain.vocabulary import Role
from projections.timeline import Timeline

STAFF: Final = frozenset(Role) - {Role.PETITIONER}
"""Roles that work on other people's petitions."""

_OPEN_TO: Final = frozenset(
    {
        Role.PETITIONER,
        Role.INTAKE,
        Role.DISPATCHER,
        Role.HANDLER,
        Role.DEPARTMENT_HEAD,
        Role.REVIEWER,
        Role.CALLBACK,
        Role.LEADER,
        Role.SUPERVISION,
    }
)
# What was said to the petitioner; the rest of the file is the offices' own.
_TOLD: Final = frozenset(
    {
        "petition.submitted",
        "petition.supplement_requested",
        "petition.supplement_received",
        "petition.not_accepted",
        "petition.referred_out",
        "petition.answered_on_spot",
        "petition.petitioner_informed_of_delay",
        "petition.rated",
    }
)
_REPLY: Final = "petition.reply_submitted"
_APPROVAL: Final = "petition.reply_approved"


def opens_personal(principal: Principal) -> bool:
    """Return whether names and texts may be shown to this role at all. Pure."""
    return principal.role in _OPEN_TO


def closed_versions(principal: Principal, timeline: Timeline) -> frozenset[int]:
    """Return the events whose personal values this caller may not see. Pure.

    A petitioner sees what was said to them, a reply once it is approved; notes, names and
    reasons among offices stay closed.
    """
    if principal.role is not Role.PETITIONER:
        return frozenset()
    shown: set[int] = set()
    reply: int | None = None
    for entry in timeline.entries:
        if entry.topic in _TOLD or entry.actor_id == principal.actor_id:
            shown.add(entry.version)
        elif entry.topic == _REPLY:
            reply = entry.version
        elif entry.topic == _APPROVAL and reply is not None:
            shown.add(reply)
    return frozenset(entry.version for entry in timeline.entries) - shown


def own_unit(principal: Principal) -> str | None:
    """Return the only unit whose work this caller may list, or None for any. Pure.

    Hub, supervision office and leaders list every unit's work.
    """
    return principal.unit if principal.role in OF_ONE_UNIT else None
