"""Without this file a unit could not show what it does between dispatch and reply."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.assignment_orders import held_unit, lead_unit, open_order
from domain.command import (
    AttachmentNote,
    Code,
    Instant,
    Line,
    PetitionCommand,
    Prose,
    attachments,
    personal,
    states,
)
from domain.errors import GuardError
from domain.handling_events import (
    CoHandlerReported,
    PetitionerContacted,
    PlanCommitted,
    ProgressRecorded,
)
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import effective_due
from domain.text import Text
from domain.vocabulary import PetitionState

_HANDLED = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)


class ContactPetitioner(PetitionCommand, frozen=True, kw_only=True):
    """Record a human contact with the petitioner; automatic receipts do not count."""

    label: ClassVar = Text("联系诉求人", "record a contact")
    path: ClassVar = "contacts"
    roles: ClassVar = who_may("ContactPetitioner")
    from_states: ClassVar = _HANDLED

    medium: Line
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the contact of a unit that holds an assignment."""
        unit = held_unit(facts, situation)
        note = personal(self.note)
        petition.record(
            PetitionerContacted, situation.act, unit=unit, medium=self.medium, note=note
        )


class CommitToPlan(PetitionCommand, frozen=True, kw_only=True):
    """Say who does what and by when; the date may not pass a due that still lies ahead."""

    label: ClassVar = Text("提出方案", "commit to a plan")
    path: ClassVar = "plans"
    roles: ClassVar = who_may("CommitToPlan")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    owner_id: Code
    plan: Prose
    due_at: Instant

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the plan of the lead unit."""
        unit = lead_unit(facts, situation)
        at = situation.act.occurred_at
        limit_at = effective_due(facts.cycle, at)
        if self.due_at.tzinfo is None or self.due_at < at:
            raise GuardError(
                "plan-in-the-past",
                "方案完成时间须带时区且不早于当前；未作任何更改，请修改 due_at。",
                "the plan's date needs a zone and may not lie in the past; nothing was changed, "
                "correct 'due_at'.",
            )
        # Past the due nothing can be planned within it, and a plan is the least that is owed.
        if limit_at is not None and at <= limit_at < self.due_at:
            raise GuardError(
                "plan-after-due",
                f"方案完成时间晚于办理时限 {limit_at.isoformat()}；未作任何更改，"
                "请提前完成时间或先申请延期。",
                f"the plan ends after the petition's due {limit_at.isoformat()}; nothing was "
                "changed, plan earlier or request an extension first.",
            )
        petition.record(
            PlanCommitted,
            situation.act,
            unit=unit,
            owner_id=self.owner_id,
            plan=Personal(self.plan),
            due_at=self.due_at,
        )


class RecordProgress(PetitionCommand, frozen=True, kw_only=True):
    """Record a step on the way, with its evidence."""

    label: ClassVar = Text("记录进展", "record progress")
    path: ClassVar = "progress"
    roles: ClassVar = who_may("RecordProgress")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS, PetitionState.BACKLOG_LISTED)

    text: Prose
    evidence: Annotated[tuple[AttachmentNote, ...], Meta(max_length=200)] = ()

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the step of a unit that holds an assignment."""
        unit = held_unit(facts, situation)
        petition.record(
            ProgressRecorded,
            situation.act,
            unit=unit,
            text=Personal(self.text),
            evidence=attachments(self.evidence),
        )


class ReportAsCoHandler(PetitionCommand, frozen=True, kw_only=True):
    """Give the co-handling unit's part to the lead, once."""

    label: ClassVar = Text("提交协办意见", "report as co-handler")
    path: ClassVar = "co-reports"
    roles: ClassVar = who_may("ReportAsCoHandler")
    from_states: ClassVar = _HANDLED

    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the report of a co-handler."""
        unit = held_unit(facts, situation)
        assignment = open_order(facts, unit)
        if assignment.lead or assignment.reported_at is not None:
            raise GuardError(
                "no-report-due",
                "该单位没有待提交的协办意见；未作任何更改，主办单位请直接答复。",
                "no report is due from this unit; nothing was changed, the lead replies instead.",
            )
        petition.record(CoHandlerReported, situation.act, unit=unit, text=Personal(self.text))
