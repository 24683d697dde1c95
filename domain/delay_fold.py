"""Without this file explanations, upward reports and filings would change no fact."""

from datetime import datetime
from typing import assert_never

from domain import delay_events
from domain.cycle_facts import Cycle, Explanation, UpwardReport
from domain.life_facts import PolicyLimit
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import due_of
from domain.vocabulary import Clock


def apply_delay(facts: PetitionFacts, event: delay_events.AnyDelayEvent) -> None:
    """Change the facts by one delay event."""
    at = event.timestamp
    match event:
        case delay_events.DelayExplained():
            _explain(facts.cycle, event, late=False)
        case delay_events.DelayExplainedLate():
            _explain(facts.cycle, event, late=True)
        case delay_events.ReportedUpward():
            acknowledge_by = due_of(event.deadlines, Clock.ACKNOWLEDGEMENT)
            report = UpwardReport(at, event.target, acknowledge_by, unit=event.unit)
            facts.cycle.upward_reports.append(report)
        case delay_events.UpwardReportAcknowledged():
            facts.cycle.upward_reports[-1].acknowledged_at = at
        case delay_events.PolicyLimitFiled():
            due_at = due_of(event.deadlines, Clock.FILING)
            facts.policy_limits.append(PolicyLimit(at, event.told_at, due_at))
        case _:
            assert_never(event)


def tell_of_delay(cycle: Cycle, at: datetime) -> None:
    """Note that the petitioner heard of every explanation that waited to be told."""
    for explanation in cycle.explanations:
        if explanation.told_at is None:
            explanation.told_at = at


def _explain(
    cycle: Cycle,
    event: delay_events.DelayExplained | delay_events.DelayExplainedLate,
    *,
    late: bool,
) -> None:
    cycle.explanations.append(
        Explanation(event.timestamp, late, event.inform_by, event.report_by, unit=event.unit)
    )
