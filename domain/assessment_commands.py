"""Without this file no panel could decide on a score, and a unit would judge itself."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.assessment import AppealState, AssessmentAppeal, ExclusionReason, ScoreComponent
from domain.command import AttachmentNote, Code, Prose, attachments
from domain.course import refuse_state
from domain.errors import GuardError, NotPermittedError
from domain.guards import acting_unit
from domain.kin import kin_of_actor
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text

APPEAL = Text("考评申诉", "assessment appeal")
PANEL_LEN_MIN = 3
"""Fewest members of a panel [assumed]: an odd number that cannot be one person's."""


class AppealAssessment(OpeningCommand[AssessmentAppeal], frozen=True, kw_only=True):
    """Object to how a petition counts in the own unit's score."""

    label: ClassVar = Text("考评申诉", "appeal an assessment")
    roles: ClassVar = who_may("AppealAssessment")

    petition_id: UUID
    component: ScoreComponent
    reason: Prose
    evidence: Annotated[tuple[AttachmentNote, ...], Meta(max_length=200)] = ()

    def create(self, aggregate_id: UUID, situation: Situation) -> AssessmentAppeal:
        """Return the appeal of the actor's unit.

        Raises:
            NotPermittedError: the account is bound to no unit.
            UnitClosedError: the unit no longer exists.
        """
        return AssessmentAppeal.begin(
            AssessmentAppeal.Created,
            aggregate_id,
            situation.act,
            unit=acting_unit(situation),
            petition_id=self.petition_id,
            component=self.component,
            appellant_id=situation.act.actor_id,
            reason=Personal(self.reason),
            evidence=attachments(self.evidence),
        )


class AdjudicateAppeal(AggregateCommand[AssessmentAppeal], frozen=True, kw_only=True):
    """Decide as a panel; with a published reason the petition leaves the score."""

    label: ClassVar = Text("考评裁定", "adjudicate an appeal")
    path: ClassVar = "adjudication"
    roles: ClassVar = who_may("AdjudicateAppeal")

    excluded_by: ExclusionReason | None = None
    panel: Annotated[tuple[Code, ...], Meta(max_length=50)]
    note: Prose

    def decide(self, aggregate: AssessmentAppeal, situation: Situation) -> None:
        """Record the decision of people who do not belong to the unit.

        Raises:
            ImpossibleTransitionError: it is decided already.
            NotPermittedError: the actor is of the unit, or the appellant is on the panel.
            GuardError: ``panel-too-small``.
        """
        refuse_state(self.label, aggregate.state, AppealState.APPEALED)
        own = aggregate.unit in kin_of_actor(situation)
        if own or aggregate.appellant_id in self.panel:
            raise NotPermittedError(
                Text(
                    "申诉单位人员不得参与裁定；未作任何更改，请改由其他人员裁定。",
                    "nobody of the unit that appeals may decide; nothing was changed, let others "
                    "do it.",
                )
            )
        if len(set(self.panel)) < PANEL_LEN_MIN:
            raise GuardError(
                "panel-too-small",
                f"裁定小组至少 {PANEL_LEN_MIN} 人；未作任何更改，请补充成员。",
                f"a panel has at least {PANEL_LEN_MIN} members; nothing was changed, name more.",
            )
        aggregate.record(
            AssessmentAppeal.Adjudicated,
            situation.act,
            excluded_by=self.excluded_by,
            panel=self.panel,
            note=Personal(self.note),
        )


ASSESSMENT_APPEALS = Resource(
    path="assessment-appeals",
    label=APPEAL,
    aggregate=AssessmentAppeal,
    opening=(AppealAssessment,),
    commands=(AdjudicateAppeal,),
)
"""Appeals as API, scenarios and documentation see them."""
