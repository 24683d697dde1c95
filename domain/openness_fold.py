"""Without this file what was published, hurried or shared would change no fact."""

from typing import assert_never

from domain import openness_events
from domain.life_facts import GroupShare
from domain.openness import public_reply
from domain.petition_facts import PetitionFacts


def apply_openness(facts: PetitionFacts, event: openness_events.AnyOpennessEvent) -> None:
    """Change the facts by one openness event."""
    at = event.timestamp
    match event:
        case openness_events.ReplyPublished():
            reply = facts.cycle.replies[-1]
            reply.published_at = at
            reply.published_version = event.originator_version
        case openness_events.ReplyUnpublished():
            shown = public_reply(facts)
            if shown is not None:
                shown.unpublished_at = at
        case openness_events.GreenChannelOpened():
            facts.green_channel_at = at
        case openness_events.SharedWithGroup():
            facts.shares.append(GroupShare(event.group, at, event.members))
        case _:
            assert_never(event)
