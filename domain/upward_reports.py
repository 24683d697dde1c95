"""Without this file a superior unit would never learn of a delay, and nobody hold its receipt."""

from typing import ClassVar

from domain.command import (
    AttachmentNote,
    Code,
    PetitionCommand,
    Prose,
    attachments,
    states,
)
from domain.deadlines import Deadline
from domain.delay_events import ReportedUpward, UpwardReportAcknowledged
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.kin import same_office
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.roster import UnitKind
from domain.situation import Situation
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState

_BEHIND = states(PetitionState.IN_PROGRESS, PetitionState.SUSPENDED, PetitionState.BACKLOG_LISTED)


class ReportUpward(PetitionCommand, frozen=True, kw_only=True):
    """Report the explained delay to a unit of a higher tier."""

    label: ClassVar = Text("报备", "report upward")
    path: ClassVar = "upward-reports"
    roles: ClassVar = who_may("ReportUpward")
    from_states: ClassVar = _BEHIND

    target: Code
    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the hub's report, once for each explanation."""
        unit = acting_unit(situation)
        pack = situation.pinned_pack(facts)
        if pack.upward_report is None:
            raise GuardError(
                "no-upward-rule",
                f"规则包 {pack.reference} 没有报备的规定；未作任何更改，无须报备。",
                f"pack {pack.reference} knows no report to a superior unit; nothing was changed, "
                "none is owed.",
            )
        _refuse_unexplained(facts, pack)
        roster = situation.roster.state
        if roster.open_unit(self.target).tier.rank >= roster.unit(unit).tier.rank:
            raise GuardError(
                "target-not-higher",
                f"单位“{self.target}”的层级不高于本单位；未作任何更改，请报备上级单位。",
                f"unit '{self.target}' is of no higher tier; nothing was changed, report to a "
                "superior unit.",
            )
        petition.record(
            ReportedUpward,
            situation.act,
            unit=unit,
            target=self.target,
            text=Personal(self.text),
            deadlines=answer_clock(pack, situation.timing),
        )


class AcknowledgeUpwardReport(PetitionCommand, frozen=True, kw_only=True):
    """Record the superior unit's receipt of the last report."""

    label: ClassVar = Text("报备回执", "acknowledge the upward report")
    path: ClassVar = "upward-report-receipts"
    roles: ClassVar = who_may("AcknowledgeUpwardReport")
    from_states: ClassVar = _BEHIND

    receipt: AttachmentNote

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the receipt with its digest, as the superior or as the hub that holds the paper.

        Raises:
            NotPermittedError: the account is bound to no unit.
            UnitClosedError: its unit was closed.
        """
        unit = acting_unit(situation)
        reports = facts.cycle.upward_reports
        if not reports or reports[-1].acknowledged_at is not None:
            raise GuardError(
                "no-report-open",
                "没有待回执的报备；未作任何更改，请先报备。",
                "no report waits for its receipt; nothing was changed, report upward first.",
            )
        is_hub = situation.roster.state.unit(unit).kind is UnitKind.HUB
        if not is_hub and not same_office(reports[-1].target, unit, situation):
            raise GuardError(
                "not-the-recipient",
                f"该报备报送“{reports[-1].target}”；未作任何更改，回执由该单位或枢纽登记。",
                f"this report went to '{reports[-1].target}'; nothing was changed, that unit or "
                "the hub records the receipt.",
            )
        (receipt,) = attachments((self.receipt,))
        petition.record(
            UpwardReportAcknowledged, situation.act, target=reports[-1].target, receipt=receipt
        )


def _refuse_unexplained(facts: PetitionFacts, pack: PackContent) -> None:
    """Refuse a report without an explanation, or a second one of the same explanation."""
    explained = [each.explained_at for each in facts.cycle.explanations]
    reported = [each.reported_at for each in facts.cycle.upward_reports]
    if pack.delay is not None and len(explained) <= len(reported):
        raise GuardError(
            "no-explanation",
            "没有待报备的书面说明；未作任何更改，须先由承办单位书面说明。",
            "no explanation of delay waits to be reported; nothing was changed, the handling "
            "unit explains it first.",
        )


def answer_clock(pack: PackContent, timing: Timing) -> tuple[Deadline, ...]:
    """Return by when a superior has to acknowledge a report, where there is a limit; pure."""
    rule = pack.upward_report
    if rule is None or rule.acknowledge_within is None:
        return ()
    limit, name = rule.acknowledge_within, "upward_report/acknowledge"
    return (timing.limited(pack, Clock.ACKNOWLEDGEMENT, limit, name),)
