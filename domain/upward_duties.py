"""Without this file nobody could list which delays were explained, told, reported and received."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.cycle_facts import Cycle, Explanation, UpwardReport
from domain.petition_facts import PetitionFacts
from domain.standing import (
    LATEST,
    ended_unanswered_at,
    last_reply,
    latest_deadlines,
    unit_at,
)


class UpwardDuty(NamedTuple):
    """One delay and what had to follow it: explain, tell the petitioner, report, get a receipt.

    Attributes:
        cycle: Cycle of the petition, from 1.
        number: From 1, within the cycle.
        unit: Code of the unit whose delay it is; of the reporting hub where nobody explained.
        owed_from: Aware instant after which the duty stands: the explanation or report, or the
            due that went by without either.
        explained_at: Aware instant, or None.
        explained_late: Whether it came too late to count.
        inform_by: By when the petitioner was to know, or None.
        told_at: When the petitioner was told, or None.
        report_by: By when it was to be reported, or None.
        reported_at: When it was, or None.
        target: Code of the superior unit, or None.
        acknowledge_by: By when the receipt was due, or None.
        acknowledged_at: When it came, or None.
    """

    cycle: int
    number: int
    unit: str
    owed_from: datetime
    explained_at: datetime | None = None
    explained_late: bool = False
    inform_by: datetime | None = None
    told_at: datetime | None = None
    report_by: datetime | None = None
    reported_at: datetime | None = None
    target: str | None = None
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None


def upward_duties(facts: PetitionFacts) -> list[UpwardDuty]:
    """Return the duties of a petition that is late, was explained or reported; pure.

    One per explanation, with the first report not before it, as ``upward_report_compliance``
    counts them; one per report that explains nothing; and where there is neither, one for a
    due that goes by. As long as nobody has replied that one lies in the future.

    Source:
        domain.md §1.2, §4 rows 21 to 23, and §5.
    """
    found: list[UpwardDuty] = []
    for number, cycle in enumerate(facts.cycles, 1):
        duties = list(_stated(cycle, number))
        if not duties:
            late_from = _late_from(facts, cycle)
            if late_from is not None:
                duties = [UpwardDuty(number, 1, unit_at(facts, LATEST), late_from)]
        found += duties
    return found


def _stated(cycle: Cycle, number: int) -> Iterator[UpwardDuty]:
    reported: set[int] = set()
    place = 0
    for place, explanation in enumerate(cycle.explanations, 1):
        duty = _explained(number, place, explanation)
        for which, report in enumerate(cycle.upward_reports):
            if report.reported_at >= explanation.explained_at:
                reported.add(which)
                duty = _reported(duty, report)
                break
        yield duty
    for which, report in enumerate(cycle.upward_reports):
        if which not in reported:
            place += 1
            yield _reported(UpwardDuty(number, place, report.unit, report.reported_at), report)


def _explained(number: int, place: int, explanation: Explanation) -> UpwardDuty:
    return UpwardDuty(
        number,
        place,
        explanation.unit,
        explanation.explained_at,
        explained_at=explanation.explained_at,
        explained_late=explanation.late,
        inform_by=explanation.inform_by,
        told_at=explanation.told_at,
        report_by=explanation.report_by,
    )


def _reported(duty: UpwardDuty, report: UpwardReport) -> UpwardDuty:
    return duty._replace(
        reported_at=report.reported_at,
        target=report.target,
        acknowledge_by=report.acknowledge_by,
        acknowledged_at=report.acknowledged_at,
    )


def _late_from(facts: PetitionFacts, cycle: Cycle) -> datetime | None:
    deadline = latest_deadlines(cycle).effective
    kind = facts.petition_type
    if deadline is None or (kind is not None and not kind.enters_rates):
        return None
    # A clock that stands still and is not wound up again goes on at the end of its pause.
    due_at = deadline.due_at if cycle.pause is None else max(deadline.due_at, cycle.pause.until)
    reply = last_reply(cycle, LATEST)
    if reply is not None:
        return due_at if reply.replied_at > due_at else None
    if cycle.closed_at is not None or ended_unanswered_at(facts) is not None:
        return None
    return due_at
