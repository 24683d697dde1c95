"""Without this file every petition would be judged anew at each of its instants.

A verdict depends on a petition's instants through their order alone. Petitions with
the same outline therefore have the same steps, at other instants and for other units,
and one of them judged is all of them judged: some thousand outlines cover a city.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from domain.cycle_facts import Cycle, Reply
from domain.flag_verdict import first_levels
from domain.petition_facts import Assignment, PetitionFacts
from domain.vocabulary import Outcome

TICK = timedelta(microseconds=1)
"""Smallest span of time: a due instant is missed one tick after it."""


class Outline(NamedTuple):
    """A petition without its dates and names.

    Attributes:
        instants: Every instant at which its verdict may change, in order of reading.
        units: Units it names, each once; the first is the hub.
        shape: What is left: hashable, equal for petitions with equal steps.
    """

    instants: list[datetime]
    units: list[str]
    shape: tuple[object, ...]

    def order(self) -> tuple[int, ...]:
        """Return for each instant its rank among the distinct instants, from 0."""
        instants = self.instants
        ranks = [0] * len(instants)
        rank = 0
        last: datetime | None = None
        for place in sorted(range(len(instants)), key=instants.__getitem__):
            at = instants[place]
            if last is not None and at != last:
                rank += 1
            ranks[place] = rank
            last = at
        return tuple(ranks)


def outline(facts: PetitionFacts, hub: str) -> Outline:
    """Return the outline of a petition; pure.

    Everything ``metrics.judge`` reads is either among the instants or in the shape.
    """
    writer = _Writer(hub)
    writer.write_petition(facts)
    return Outline(writer.instants, list(writer.slots), tuple(writer.shape))


class _Writer:
    """Collects the parts of one outline."""

    def __init__(self, hub: str) -> None:
        self.instants: list[datetime] = []
        self.slots: dict[str, int] = {hub: 0}
        self.shape: list[object] = []

    def write_petition(self, facts: PetitionFacts) -> None:
        self.instants.append(facts.submitted_at)
        self.shape.append(facts.imported)
        self._dated(
            facts.accepted_at,
            facts.not_accepted_at,
            facts.refusal_lifted_at,
            facts.referred_out_at,
            facts.voided_at,
            facts.split_at,
        )
        for assignment in facts.assignments:
            self._write_assignment(assignment)
        for cycle in facts.cycles:
            self._write_cycle(cycle)
        for withdrawal in facts.withdrawals:
            self.shape.append(withdrawal.check)
            self._dated(withdrawal.withdrawn_at, withdrawal.checked_at)
        self._write_flags(facts)

    def _write_flags(self, facts: PetitionFacts) -> None:
        for merger in facts.mergers:
            self.shape.append("merger")
            self._dated(merger.merged_at, merger.parted_at)
        for listed in facts.backlogs:
            self.shape.append("backlog")
            self._dated(listed.listed_at, listed.cleared_at)
        # Of these the first alone changes a count, and the first of each harsher colour.
        if facts.policy_limits:
            self.shape.append("limit")
            self._dated(facts.policy_limits[0].filed_at)
        for level, at in first_levels(facts.supervisions).items():
            self.shape += ("supervision", level)
            self._dated(at)

    def _write_assignment(self, assignment: Assignment) -> None:
        self.shape.append("assignment")
        self.shape.append(assignment.lead)
        self._of(assignment.unit)
        self._dated(
            assignment.dispatched_at,
            assignment.signed_at,
            assignment.contacted_at,
            assignment.return_rejected_at,
            assignment.returned_at,
            assignment.ended_at,
        )
        self._missed(assignment.sign_due_at, assignment.contact_due_at)

    def _write_cycle(self, cycle: Cycle) -> None:
        self.shape += ("cycle", cycle.reopened_for)
        self._dated(cycle.started_at, cycle.closed_at)
        due_at = None if cycle.deadline is None else cycle.deadline.due_at
        self._missed(due_at, cycle.reopen_until)
        for extension in cycle.extensions:
            if extension.effective_at is not None:
                self.shape += ("extension", extension.after_moves)
                self._dated(extension.effective_at)
                self._missed(None if extension.deadline is None else extension.deadline.due_at)
        if cycle.moves or cycle.pauses or cycle.explanations:
            self._write_delays(cycle)
        for reply in cycle.replies:
            self._write_reply(reply)
        for at, _ in cycle.attempts:
            self.shape.append("attempt")
            self._dated(at)
        for answer in cycle.answers:
            self.shape += (
                answer.satisfaction,
                answer.resolution,
                answer.by_callback,
                answer.third_party,
                answer.petitioner is None,
            )
            self._dated(answer.answered_at)

    def _write_delays(self, cycle: Cycle) -> None:
        for move in cycle.moves:
            self.shape.append("move")
            self._dated(move.moved_at)
            for deadline in (move.original, move.effective):
                self._missed(None if deadline is None else deadline.due_at)
        for pause in cycle.pauses:
            self.shape.append("pause")
            self._dated(pause.suspended_at, pause.ended_at)
        for explanation in cycle.explanations:
            self.shape += ("explanation", explanation.late)
            self._dated(
                explanation.explained_at,
                explanation.told_at,
                explanation.inform_by,
            )
            self._missed(explanation.report_by)
        for report in cycle.upward_reports:
            self.shape.append("report")
            self._dated(report.reported_at)

    def _write_reply(self, reply: Reply) -> None:
        self.shape += ("reply", reply.outcome, reply.callback_required)
        self._of(reply.unit)
        self._dated(reply.replied_at, reply.approved_at, reply.returned_at)
        if reply.outcome is Outcome.PLANNED:
            self._dated(reply.promise_kept_at, reply.promise_broken_at)

    def _of(self, unit: str) -> None:
        self.shape.append(self.slots.setdefault(unit, len(self.slots)))

    def _dated(self, *instants: datetime | None) -> None:
        for at in instants:
            self.shape.append(at is None)
            if at is not None:
                self.instants.append(at)

    def _missed(self, *instants: datetime | None) -> None:
        for at in instants:
            self.shape.append(at is None)
            if at is not None:
                self.instants.append(at + TICK)
