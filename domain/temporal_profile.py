"""Without this file a tool could see how long acts take, and not how long they may."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from domain.limit import Limit
from domain.pack_content import PackContent
from domain.vocabulary import Clock, Complexity, PetitionType

MEETS: Final[Mapping[Clock, tuple[str, ...]]] = {
    Clock.ACCEPT: ("petition.accepted", "petition.not_accepted", "petition.referred_out"),
    Clock.DISPATCH: ("petition.dispatched", "petition.lead_unit_designated"),
    Clock.SIGN: ("petition.assignment_signed",),
    Clock.CONTACT: ("petition.petitioner_contacted", "petition.reply_submitted"),
    Clock.PLAN: ("petition.plan_committed", "petition.reply_submitted"),
    Clock.INSTRUCT: ("petition.instruction_given",),
    Clock.REPLY: ("petition.reply_submitted", "petition.answered_on_spot"),
    Clock.CALLBACK: ("petition.callback_completed",),
}
"""Acts that meet a clock; the first of them counts."""


class AllowedTime(msgspec.Struct, frozen=True, kw_only=True):
    """How long a pack allows between two acts of one petition.

    Attributes:
        pack: Pack and version.
        petition_type: For which type.
        complexity: For which petitions of it.
        clock: Which duty is timed.
        first: Topic that starts it.
        second: Topics that meet it.
        limit: How long, in the pack's own unit; None where each petition has its own.
        assumed: Whether no source settles it.
    """

    pack: str
    petition_type: PetitionType
    complexity: Complexity
    clock: Clock
    first: str
    second: tuple[str, ...]
    limit: Limit | None
    assumed: bool


def temporal_profile(pack: PackContent) -> Iterator[AllowedTime]:
    """Yield what one version of a pack allows between acts; pure."""
    for rules in pack.types:
        for rule in rules.clocks:
            if rule.clock in MEETS and not rule.unlimited:
                yield AllowedTime(
                    pack=pack.reference,
                    petition_type=rules.petition_type,
                    complexity=rule.complexity,
                    clock=rule.clock,
                    first=rule.starts_at.value,
                    second=MEETS[rule.clock],
                    limit=rule.limit,
                    assumed=rule.assumed,
                )
