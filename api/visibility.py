"""Without this file everybody who may know of a case would read every name in it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from api.peers import closed_to_peers
from domain.principal import Principal
from domain.resource import Resource
from domain.visibility import OF_ONE_UNIT, is_peer
from domain.vocabulary import Role
from ledger.header import RecordedEvent
from projections.kept_timelines import Timeline

STAFF: Final = frozenset(Role) - {Role.PETITIONER}
"""Roles that work on other people's petitions."""

OF_CASES: Final = STAFF - {Role.THIRD_PARTY, Role.ADMIN}
"""Who reads lists of cases and their sums: not third parties, and not who makes the rules."""
OF_SUPERVISION: Final = frozenset(
    {
        Role.DISPATCHER,
        Role.HANDLER,
        Role.DEPARTMENT_HEAD,
        Role.REVIEWER,
        Role.LEADER,
        Role.SUPERVISION,
        Role.STATISTICIAN,
        Role.SYSTEM,
    }
)
"""Who reads supervision orders: the office and the clock, who answers them, who counts them."""
OF_APPEALS: Final = OF_SUPERVISION - {Role.DISPATCHER, Role.HANDLER, Role.SYSTEM}
"""Who reads objections to scores: who makes, decides and counts them."""

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
        "petition.reply_shared",
        "petition.review_decided",
        "petition.reply_published",
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
    reasons among offices stay closed. A peer sees the public wording while it is public.
    """
    if is_peer(principal, timeline.facts):
        return closed_to_peers(timeline)
    if principal.role is not Role.PETITIONER:
        return frozenset()
    shown: set[int] = set()
    answer: int | None = None
    for entry in timeline.entries:
        if entry.topic in _TOLD or entry.actor_id == principal.actor_id:
            shown.add(entry.version)
        elif entry.topic == _REPLY:
            answer = entry.version
        elif entry.topic == _APPROVAL and answer is not None:
            shown.add(answer)
    return frozenset(entry.version for entry in timeline.entries) - shown


def readers_of(resource: Resource) -> frozenset[Role]:
    """Return the roles that may read one: staff, and petitioners where they may act on it. Pure.

    Staff from whom it is hidden may not.
    """
    acting = {role for kind in (*resource.opening, *resource.commands) for role in kind.roles}
    return (STAFF - resource.hidden_from) | (acting & {Role.PETITIONER})


def knows_of(principal: Principal, events: Sequence[RecordedEvent]) -> bool:
    """Return whether somebody may know of something that is no petition. Pure.

    Petitioners see what they had a part in; staff see all.
    """
    return principal.role is not Role.PETITIONER or bool(_own_acts(principal, events))


def shown_versions(principal: Principal, events: Sequence[RecordedEvent]) -> frozenset[int]:
    """Return the events, of no petition, whose personal values a caller may see. Pure.

    Petitioners see those of their own acts; handlers and department heads those of what
    their unit had a part in or is named in.
    """
    if not opens_personal(principal):
        return frozenset()
    if principal.role is Role.PETITIONER:
        return _own_acts(principal, events)
    if principal.role in OF_ONE_UNIT and not any(_concerns(each, principal) for each in events):
        return frozenset()
    return frozenset(each.version for each in events)


def _own_acts(principal: Principal, events: Sequence[RecordedEvent]) -> frozenset[int]:
    own = principal.actor_id
    return frozenset(each.version for each in events if own in {each.actor_id, each.on_behalf_of})


def _concerns(event: RecordedEvent, principal: Principal) -> bool:
    return principal.unit == event.actor_unit or _names(
        msgspec.json.decode(event.payload), principal.unit
    )


def _names(value: object, unit: str | None) -> bool:
    match value:
        case dict():
            return any(_names(each, unit) for each in value.values())
        case list():
            return any(_names(each, unit) for each in value)
        case _:
            return value is not None and value == unit


def own_unit(principal: Principal) -> str | None:
    """Return the only unit whose work this caller may list, or None for any. Pure.

    Hub, supervision office and leaders list every unit's work.
    """
    return principal.unit if principal.role in OF_ONE_UNIT else None
