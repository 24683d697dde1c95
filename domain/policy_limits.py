"""Without this file what policy forbids would be delayed for ever instead of being said."""

from datetime import datetime
from typing import ClassVar

from domain.assignment_orders import lead_unit
from domain.command import Instant, Line, PetitionCommand, Prose, states
from domain.deadlines import Deadline
from domain.delay_events import PolicyLimitFiled
from domain.errors import GuardError
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState


class FilePolicyLimit(PetitionCommand, frozen=True, kw_only=True):
    """File that policy forbids it, after telling the petitioner why; it closes nothing."""

    label: ClassVar = Text("政策受限备案", "file a policy limit")
    path: ClassVar = "policy-limits"
    roles: ClassVar = who_may("FilePolicyLimit")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    policy: Line
    reason: Prose
    medium: Line
    told_at: Instant

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the filing with the instant at which the petitioner was told."""
        unit = lead_unit(facts, situation)
        pack = situation.pinned_pack(facts)
        if pack.policy_limit is None:
            raise GuardError(
                "no-policy-limit-rule",
                f"规则包 {pack.reference} 没有政策受限备案的规定；未作任何更改，请答复诉求人。",
                f"pack {pack.reference} knows no filing of policy limits; nothing was changed, "
                "reply to the petitioner.",
            )
        if not facts.cycle.started_at <= self.told_at <= situation.act.occurred_at:
            raise GuardError(
                "reason-not-told",
                "须先向诉求人说明原因再备案；未作任何更改，请核对 told_at。",
                "the petitioner is told the reason before it is filed; nothing was changed, "
                "check 'told_at'.",
            )
        petition.record(
            PolicyLimitFiled,
            situation.act,
            unit=unit,
            policy=self.policy,
            reason=Personal(self.reason),
            medium=self.medium,
            told_at=self.told_at,
            deadlines=filing_clock(self.told_at, pack, situation.timing),
        )


def filing_clock(told_at: datetime, pack: PackContent, timing: Timing) -> tuple[Deadline, ...]:
    """Return by when the limit has to be filed, counted from telling the petitioner; pure."""
    rule = pack.policy_limit
    if rule is None or rule.file_within is None:
        return ()
    return (timing.limited(pack, Clock.FILING, rule.file_within, "policy_limit", told_at),)
