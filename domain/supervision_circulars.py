"""Without this file a unit could be named in a circular without having been heard."""

from typing import ClassVar

from domain.command import Line, Prose
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.limit import Limit, TimeUnit
from domain.personal import Personal
from domain.role_table import who_may
from domain.situation import Situation
from domain.supervision import Circular, SupervisionOrder
from domain.supervision_command import SupervisionCommand
from domain.supervision_terms import CircularState
from domain.text import Text
from domain.unit_guard import unit_acting_for
from domain.vocabulary import Clock

REVIEW_LIMIT = Limit(30, TimeUnit.CALENDAR_DAY)
"""To ask, and to decide [assumed from 政府督查工作条例 §17]."""


class IssueCircular(SupervisionCommand, frozen=True, kw_only=True):
    """Name the unit's failing in a numbered circular; it is final after the review."""

    label: ClassVar = Text("督办通报", "issue a circular")
    path: ClassVar = "circulars"
    roles: ClassVar = who_may("IssueCircular")

    number: Line
    text: Prose

    @property
    def claims(self) -> tuple[str, ...]:
        """The number: two circulars never share one."""
        return (f"circular:{self.number}",)

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the circular with the end of the unit's right to a review.

        Raises:
            GuardError: ``circular-stands``.
        """
        standing = aggregate.circular
        if standing is not None and standing.state is not CircularState.REVOKED:
            raise GuardError(
                "circular-stands",
                f"本督办单已有通报 {standing.number}；未作任何更改，撤销后方可另发。",
                f"the order has circular {standing.number}; nothing was changed, another one may "
                "follow once that is revoked.",
            )
        aggregate.record(
            SupervisionOrder.CircularIssued,
            situation.act,
            number=self.number,
            issuer_id=situation.act.actor_id,
            text=Personal(self.text),
            review=_limited(situation, "circular_review"),
        )


class UseReviewRight(SupervisionCommand, frozen=True, kw_only=True):
    """Have a circular reviewed before it is final; for the head of the unit it names."""

    label: ClassVar = Text("申请通报复核", "have a circular reviewed")
    path: ClassVar = "reviews"
    roles: ClassVar = who_may("UseReviewRight")

    reason: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the challenge, in time and once.

        Raises:
            NotPermittedError: the actor is of another unit.
            GuardError: ``no-circular`` or ``review-right-over``.
        """
        unit = unit_acting_for(aggregate.unit, situation)
        circular = _circular_in(aggregate, CircularState.ISSUED)
        if circular.is_final_at(situation.act.occurred_at):
            until = circular.review.due_at.isoformat()
            raise GuardError(
                "review-right-over",
                f"复核申请期已于 {until} 届满；未作任何更改，通报已生效。",
                f"the right to a review ended at {until}; nothing was changed, the circular is "
                "final.",
            )
        aggregate.record(
            SupervisionOrder.ReviewRightUsed,
            situation.act,
            number=circular.number,
            unit=unit,
            reason=Personal(self.reason),
            decision=_limited(situation, "circular_decision"),
        )


class DecideCircularReview(SupervisionCommand, frozen=True, kw_only=True):
    """Uphold or revoke a challenged circular; never by who issued it."""

    label: ClassVar = Text("通报复核决定", "decide on a circular")
    path: ClassVar = "review-decisions"
    roles: ClassVar = who_may("DecideCircularReview")

    upheld: bool
    reason: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the decision of a second person.

        Raises:
            NotPermittedError: the actor issued the circular.
            GuardError: ``no-circular``.
        """
        circular = _circular_in(aggregate, CircularState.CHALLENGED)
        refuse_second_self(circular.issuer_id, situation)
        aggregate.record(
            SupervisionOrder.ReviewDecided,
            situation.act,
            number=circular.number,
            upheld=self.upheld,
            decider_id=situation.act.actor_id,
            reason=Personal(self.reason),
        )


def _circular_in(order: SupervisionOrder, state: CircularState) -> Circular:
    if order.circular is None or order.circular.state is not state:
        raise GuardError(
            "no-circular",
            f"本督办单没有“{state.label.zh}”的通报；未作任何更改，请核对办理环节。",
            f"the order has no circular that is {state.label.en}; nothing was changed, check "
            "how far it has come.",
        )
    return order.circular


def _limited(situation: Situation, name: str) -> Deadline:
    return situation.limited(situation.pack, Clock.REVIEW, REVIEW_LIMIT, name)
