"""Without this file a group would learn from a petition's course who stands behind it."""

from typing import Final

from msgspec.structs import replace

from api.schemas import EntryView, PetitionView
from api.withholding import without_others
from domain.openness import public_reply
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Role
from projections.kept_timelines import Timeline

_COURSE: Final = frozenset(
    {
        "petition.accepted",
        "petition.answered_on_spot",
        "petition.dispatched",
        "petition.lead_unit_designated",
        "petition.assignment_transferred",
        "petition.plan_committed",
        "petition.extension_granted",
        "petition.delay_explained",
        "petition.delay_explained_late",
        "petition.policy_limit_filed",
        "petition.reply_submitted",
        "petition.reply_approved",
        "petition.reply_published",
        "petition.closed",
    }
)
"""Acts of the offices whose fields a peer is shown: units, clocks, plans and what came of it."""


def closed_to_peers(timeline: Timeline) -> frozenset[int]:
    """Return the events whose personal values no peer may see: all but the public wording. Pure."""
    reply = public_reply(timeline.facts)
    shown = None if reply is None else reply.published_version
    return frozenset(each.version for each in timeline.entries) - {shown}


def for_peer(view: PetitionView) -> PetitionView:
    """Return a petition as a member of a group sees it: what was done, and for nobody known. Pure.

    Left out are the petitioners' accounts, their enterprise, the other members, and the fields
    of every act that is none of the offices' course, and other petitions; personal values are
    the business of ``visibility.closed_versions``.
    """
    timeline = tuple(_entry(each) for each in view.timeline)
    return replace(view, facts=_facts(view.facts), timeline=timeline)


def _entry(entry: EntryView) -> EntryView:
    is_theirs = entry.actor_role == Role.PETITIONER
    return replace(
        entry,
        actor_id=Role.PETITIONER.value if is_theirs else entry.actor_id,
        on_behalf_of=None,
        fields=entry.fields if entry.topic in _COURSE else {},
    )


def _facts(facts: PetitionFacts) -> PetitionFacts:
    alone = without_others(facts)
    cycles = [
        replace(cycle, answers=[replace(answer, petitioner=None) for answer in cycle.answers])
        for cycle in alone.cycles
    ]
    return replace(
        alone,
        owner_id=None,
        contact_id=None,
        joint=[],
        enterprise=None,
        shares=[replace(share, members=()) for share in facts.shares],
        cycles=cycles,
    )
