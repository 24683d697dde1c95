"""Without this file the supervision ledger could not tell what a batch of events changes."""

from typing import assert_never

from domain.supervision import SupervisionEvent, SupervisionOrder
from domain.supervision_terms import CircularState, SupervisionState

Row = dict[str, object]


def supervision_change(event: SupervisionEvent) -> Row:  # noqa: C901 - one case per event
    """Return the columns an event changes; what is absent stays as it is; pure."""
    change: Row
    at = event.timestamp
    match event:
        case SupervisionOrder.Created():
            change = {"state": SupervisionState.OPEN, "opened_at": at, "due_at": event.due_at}
        case SupervisionOrder.Proposed():
            change = {"state": SupervisionState.PROPOSED, "proposed_at": at}
        case SupervisionOrder.ProposalAdopted(level=level, due_at=due_at):
            change = {"level": level, "opened_at": at, "due_at": due_at}
            change["state"] = SupervisionState.OPEN
        case SupervisionOrder.ProposalDismissed():
            change = {"state": SupervisionState.DISMISSED, "closed_at": at}
        case SupervisionOrder.Upgraded():
            change = {"level": event.new, "due_at": event.due_at}
        case SupervisionOrder.UnitResponded():
            change = {"responded_at": at}
        case SupervisionOrder.InterviewHeld():
            change = {"interviewed_at": at}
        case SupervisionOrder.CircularIssued(number=number, review=review):
            change = {"circular_number": number, "circular_final_at": review.due_at}
            change["circular_state"] = CircularState.ISSUED
        case SupervisionOrder.ReviewRightUsed():
            change = {"circular_state": CircularState.CHALLENGED}
        case SupervisionOrder.ReviewDecided():
            decided = CircularState.UPHELD if event.upheld else CircularState.REVOKED
            change = {"circular_state": decided, "circular_final_at": at}
        case SupervisionOrder.Closed(finding=finding):
            change = {"state": SupervisionState.CLOSED, "closed_at": at, "finding": finding}
        case _:
            assert_never(event)
    return change
