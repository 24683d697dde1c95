"""Without this file lists, guards and sight would disagree on what the public may know."""

from domain.cycle_facts import Reply
from domain.petition_facts import PetitionFacts


def public_reply(facts: PetitionFacts) -> Reply | None:
    """Return the reply that the public may read now, if any; pure.

    The latest one published and not taken down; a reply that was sent back for rework is
    public no longer. A reopening leaves it: the public reads it until the next one, or until
    it is taken down. Nothing is public once the petition is confidential, as every tip-off is,
    void or disposed of.
    """
    if facts.confidential or facts.voided_at is not None or facts.disposed_at is not None:
        return None
    for cycle in reversed(facts.cycles):
        for reply in reversed(cycle.replies):
            if reply.is_public:
                return reply
    return None


def shared_with(facts: PetitionFacts, account: str) -> bool:
    """Return whether an account is of a group that may follow the petition; pure."""
    if facts.confidential:
        return False
    return any(account in share.members for share in facts.shares)
