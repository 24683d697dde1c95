"""A model of a petition's life, written from domain.md §4 and never from the code.

It knows topics and a handful of fields, and keeps no more than a state, a lead and what
has to be restored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_PLAIN: Mapping[str, str] = {
    "registered": "registered",
    "supplement_requested": "needs_supplement",
    "supplement_received": "registered",
    "accepted": "accepted",
    "not_accepted": "not_accepted",
    "referred_out": "referred_out",
    "answered_on_spot": "replied",
    "dispatched": "dispatched",
    "return_requested": "return_requested",
    "return_approved": "accepted",
    "lead_unit_designated": "dispatched",
    "assignment_transferred": "dispatched",
    "reply_submitted": "replied",
    "reply_approved": "callback_pending",
    "closed": "closed",
    "withdrawn": "withdrawn",
    "voided": "voided",
    "suspended": "suspended",
    "resumed": "in_progress",
    "backlog_listed": "backlog_listed",
    "backlog_cleared": "in_progress",
    "merged": "merged",
    "closed_with_parent": "closed",
    "reopened_with_parent": "merged",
    "split": "split",
    "archived": "archived",
}
_TO_WORK = frozenset({"reply_returned", "rework_ordered", "reopened"})


@dataclass
class LifeModel:
    """Where a petition stands, as far as a clerk with the rule book could tell."""

    state: str = ""
    lead: str | None = None
    last_lead: str | None = None
    is_signed: bool = False
    cycles: int = 0
    before_withdrawal: str = ""
    before_merger: tuple[str, str | None, bool] = ("", None, False)
    seen: list[str] = field(default_factory=list)

    def tell(self, event: Any) -> None:  # noqa: ANN401 - read by name alone
        """Take in one event."""
        verb = event.TOPIC.partition(".")[2]
        self.seen.append(verb)
        if verb == "withdrawn":
            self.before_withdrawal = self.state
        if verb == "merged":
            self.before_merger = (self.state, self.lead, self.is_signed)
        self._note_lead(verb, event)
        self._note_cycles(verb)
        if verb in _PLAIN:
            self.state = _PLAIN[verb]
        elif verb in _TO_WORK:
            self.state = "accepted" if self.lead is None else "in_progress"
        elif verb in _SPECIAL:
            self.state = _SPECIAL[verb](self, event)

    def _note_lead(self, verb: str, event: Any) -> None:  # noqa: ANN401 - as above
        match verb:
            case "dispatched" | "lead_unit_designated":
                self.lead = next(order.unit for order in event.assignments if order.lead)
                self.is_signed = False
            case "assignment_transferred":
                self.lead, self.is_signed = event.assignment.unit, False
            case "case_imported":
                self.lead = event.unit
            case "assignment_signed" if event.unit == self.lead:
                self.is_signed = True
            case "return_approved":
                self.lead = self.last_lead = None
            case "closed" | "voided" | "merged" | "split" | "withdrawal_verified":
                self.lead = None
            case "reopened":
                self.lead, self.is_signed = self.last_lead, True
            case "unmerged":
                self.lead, self.is_signed = self.before_merger[1:]
        if self.lead is not None:
            self.last_lead = self.lead

    def _note_cycles(self, verb: str) -> None:
        if verb in {"accepted", "case_imported", "reopened", "reopened_with_parent"}:
            self.cycles += 1
        # Merged before its acceptance, its own run begins with the common answer.
        if verb == "reply_shared":
            self.cycles = max(self.cycles, 1)


def _signed(model: LifeModel, event: Any) -> str:  # noqa: ANN401 - as above
    return "in_progress" if event.unit == model.lead else model.state


def _rejected(model: LifeModel, event: Any) -> str:  # noqa: ANN401 - as above
    del event
    return "in_progress" if model.is_signed else "dispatched"


def _decided(model: LifeModel, event: Any) -> str:  # noqa: ANN401 - as above
    lifted = event.result == "overturned" and model.state == "not_accepted"
    return "registered" if lifted else model.state


_SPECIAL: Mapping[str, Callable[[LifeModel, Any], str]] = {
    "submitted": lambda *_: "submitted",
    "case_imported": lambda _, event: "dispatched" if event.unit else "accepted",
    "assignment_signed": _signed,
    "return_rejected": _rejected,
    "withdrawal_contested": lambda model, _: model.before_withdrawal,
    "unmerged": lambda model, _: model.before_merger[0],
    "review_decided": _decided,
}
"""Verbs whose end depends on more than themselves; every other one leaves the state alone."""
