"""Without this file a unit that cannot finish in time could not say so in writing."""

from datetime import datetime
from typing import ClassVar

from domain.assignment_orders import lead_unit
from domain.command import AttachmentNote, Code, PetitionCommand, Prose, attachments, states
from domain.deadlines import Deadline
from domain.delay_events import DelayExplained, DelayExplainedLate
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.pack_content import PackContent
from domain.pack_delays import DelayRule
from domain.pack_ladder import instant_before
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import latest_deadlines
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState


class ExplainDelay(PetitionCommand, frozen=True, kw_only=True):
    """Explain a delay in writing, signed off by the head; the due does not move.

    It counts only if it is recorded before the due, or earlier where the pack says so.
    """

    label: ClassVar = Text("书面说明", "explain the delay")
    path: ClassVar = "delay-explanations"
    roles: ClassVar = who_may("ExplainDelay")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    head_id: Code
    reason: Prose
    document: AttachmentNote

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the explanation, as late where it comes at the due or after it."""
        unit = lead_unit(facts, situation)
        refuse_second_self(self.head_id, situation)
        pack = situation.pinned_pack(facts)
        rule = pack.delay
        if rule is None:
            raise GuardError(
                "no-delay-rule",
                f"规则包 {pack.reference} 没有书面说明的规定；未作任何更改，请按期答复。",
                f"pack {pack.reference} knows no explanation of delay; nothing was changed, reply "
                "by the due.",
            )
        deadline = latest_deadlines(facts.cycle).effective
        if deadline is None:
            raise GuardError(
                "no-due",
                "本件没有办理时限，无须说明；未作任何更改，请直接答复。",
                "no due runs here, so there is no delay to explain; nothing was changed, reply.",
            )
        act, timing = situation.act, situation.timing
        latest = explained_before(deadline, rule, pack, timing)
        in_time = max(act.occurred_at, situation.now) < latest
        (document,) = attachments((self.document,))
        petition.record(
            DelayExplained if in_time else DelayExplainedLate,
            act,
            unit=unit,
            head_id=self.head_id,
            reason=Personal(self.reason),
            document=document,
            inform_by=inform_by(rule, pack, timing),
            report_by=report_by(rule, pack, timing),
        )


def explained_before(
    deadline: Deadline, rule: DelayRule, pack: PackContent, timing: Timing
) -> datetime:
    """Return the instant before which an explanation is in time; pure."""
    if rule.lead is None:
        return deadline.due_at
    return instant_before(deadline, rule.lead, timing.calendar(pack), timing.zone(pack))


def inform_by(rule: DelayRule, pack: PackContent, timing: Timing) -> datetime | None:
    """Return by when the petitioner must hear of an explanation, where there is a limit; pure."""
    if rule.inform_within is None:
        return None
    return timing.limited(pack, Clock.REPLY, rule.inform_within, "delay/inform").due_at


def report_by(rule: DelayRule, pack: PackContent, timing: Timing) -> datetime | None:
    """Return by when a superior must hear of an explanation, where there is a limit; pure."""
    upward = pack.upward_report
    if not rule.report_upward or upward is None or upward.report_within is None:
        return None
    limit, name = upward.report_within, "upward_report/report"
    return timing.limited(pack, Clock.UPWARD_REPORT, limit, name).due_at
