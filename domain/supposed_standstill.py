"""Without this file a what-if would keep the pauses, explanations and recounts of the real pack."""

from typing import assert_never

from domain import delay_events, leadership_events, standstill_events
from domain.altered_event import altered, recast
from domain.backlogs import next_review
from domain.delay_events import AnyDelayEvent, DelayExplained, DelayExplainedLate
from domain.delays import explained_before, inform_by, report_by
from domain.leadership_events import AnyLeadershipEvent
from domain.pack_rules import ClockStart
from domain.policy_limits import filing_clock
from domain.recounts import recounted
from domain.standing import latest_deadlines
from domain.standstill_events import AnyStandstillEvent
from domain.supposition import Scene
from domain.suspensions import dues_after_pause
from domain.upward_reports import answer_clock
from domain.vocabulary import Clock


def suppose_standstill(event: AnyStandstillEvent, scene: Scene) -> AnyStandstillEvent | None:
    """Return a standstill event as another pack would have had it recorded; pure.

    None for a recount that would have changed nothing: nobody records one.
    """
    pack, timing, facts = scene.pack, scene.timing, scene.facts
    match event:
        case standstill_events.Suspended():
            return _suspended(event, scene)
        case standstill_events.Resumed():
            return altered(event, deadlines=dues_after_pause(facts, pack, timing).known)
        case standstill_events.BacklogListed() | standstill_events.BacklogReviewed():
            return altered(event, deadlines=next_review(pack, timing))
        case standstill_events.DeadlineRecomputed():
            return _recounted(event, scene)
        case standstill_events.BacklogCleared():
            return event
        case _:
            assert_never(event)


def suppose_delay(event: AnyDelayEvent, scene: Scene) -> AnyDelayEvent:
    """Return a delay event as another pack would have had it recorded; pure."""
    pack, timing = scene.pack, scene.timing
    match event:
        case delay_events.DelayExplained() | delay_events.DelayExplainedLate():
            return _explained(event, scene)
        case delay_events.ReportedUpward():
            return altered(event, deadlines=answer_clock(pack, timing))
        case delay_events.PolicyLimitFiled():
            return altered(event, deadlines=filing_clock(event.told_at, pack, timing))
        case delay_events.UpwardReportAcknowledged():
            return event
        case _:
            assert_never(event)


def suppose_leadership(event: AnyLeadershipEvent, scene: Scene) -> AnyLeadershipEvent:
    """Return a leadership event as another pack would have had it recorded; pure."""
    match event:
        case leadership_events.InstructionSought():
            starts_at = ClockStart.INSTRUCTION_SOUGHT
        case leadership_events.InstructionGiven():
            starts_at = ClockStart.INSTRUCTION_GIVEN
        case (
            leadership_events.LeaderEndorsed()
            | leadership_events.DedicatedMeetingHeld()
            | leadership_events.OnSiteHandled()
            | leadership_events.ReminderIssued()
            | leadership_events.Supervised()
        ):
            return event
        case _:
            assert_never(event)
    pack, timing, facts = scene.pack, scene.timing, scene.facts
    petition_type = timing.type_under(pack, facts)
    started = timing.clocks(pack, petition_type, starts_at, facts.complexity)
    return altered(event, deadlines=started)


def _suspended(event: standstill_events.Suspended, scene: Scene) -> standstill_events.Suspended:
    """Let the clock stand still where the pack knows the reason and the due is not past.

    Without a limit the pause ends as it begins, and moves nothing.
    """
    rule, timing = scene.pack.suspension, scene.timing
    due = latest_deadlines(scene.facts.cycle).effective
    is_past = due is not None and timing.at > due.due_at
    if rule is None or event.reason not in rule.reasons or is_past:
        return altered(event, deadlines=())
    until = timing.limited(scene.pack, Clock.SUSPENSION, rule.longest, "suspension")
    return altered(event, deadlines=(until,))


def _recounted(
    event: standstill_events.DeadlineRecomputed, scene: Scene
) -> standstill_events.DeadlineRecomputed | None:
    old = latest_deadlines(scene.facts.cycle).effective if scene.facts.cycles else None
    if event.clock is Clock.ACCEPT:
        old = scene.facts.accept_deadline
    new = recounted(scene.facts, event.clock, scene.pack, scene.timing)
    if old is None or new is None or new.effective is None:
        return None
    return altered(
        event,
        old=old,
        new=new.effective,
        original=new.original if event.clock is Clock.REPLY else None,
        calendar=new.effective.calendar,
    )


def _explained(
    event: DelayExplained | DelayExplainedLate, scene: Scene
) -> DelayExplained | DelayExplainedLate:
    """Judge by the supposed due whether an explanation came in time.

    Where the pack knows none, it counts for nothing.
    """
    pack, timing, rule = scene.pack, scene.timing, scene.pack.delay
    due = latest_deadlines(scene.facts.cycle).effective
    in_time = (
        rule is not None
        and due is not None
        and timing.at < explained_before(due, rule, pack, timing)
        and not _was_entered_late(event, scene)
    )
    kind: type[DelayExplained | DelayExplainedLate]
    kind = DelayExplained if in_time else DelayExplainedLate
    return recast(
        kind,
        event,
        unit=event.unit,
        head_id=event.head_id,
        reason=event.reason,
        document=event.document,
        inform_by=None if rule is None else inform_by(rule, pack, timing),
        report_by=None if rule is None else report_by(rule, pack, timing),
    )


def _was_entered_late(event: DelayExplained | DelayExplainedLate, scene: Scene) -> bool:
    """Whether it is claimed to have been in time, and came into the log after the real due."""
    own, due = scene.own, latest_deadlines(scene.real.cycle).effective
    if isinstance(event, DelayExplained) or own is None or own.delay is None or due is None:
        return False
    return event.timestamp < explained_before(due, own.delay, own, scene.real_timing)
