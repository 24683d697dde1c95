"""Without this file nobody could count which deadlines were met, missed, or lifted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from domain.limit import Limit
from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.recorded_deadlines import limit_of
from domain.running_clocks import RunningClock, running_clocks
from domain.standing import latest_deadlines
from domain.vocabulary import Clock, Labelled, PetitionState


class ClockVerdict(Labelled):
    """How a clock stands at an instant."""

    ON_TIME = "on_time", "按时", "on time"
    LATE = "late", "逾期", "late"
    OVERDUE = "overdue", "超期未办", "overdue, not done"
    RUNNING = "running", "计时中", "running"
    LIFTED = "lifted", "中途解除", "lifted"


class ClockOutcome(NamedTuple):
    """One clock of one petition, judged.

    Attributes:
        clock: Which duty it timed.
        limit: What it was set by, for the reply clock alone and where a rule states it.
        due_at: Aware instant it was due in the end, after all that moved it.
        ended_at: Aware instant of the act that ended it, or None.
        verdict: How it stands.
    """

    clock: Clock
    limit: Limit | None
    due_at: datetime
    ended_at: datetime | None
    verdict: ClockVerdict


_UNIT_CLOCKS: Final = frozenset({Clock.SIGN, Clock.CONTACT, Clock.PLAN})
# A reply is a contact, and more than a plan.
_ANSWERED_BY_REPLY: Final = frozenset({Clock.CONTACT, Clock.PLAN})
_ANSWERED: Final = frozenset({PetitionState.REPLIED, PetitionState.CALLBACK_PENDING})
_LIFTING: Final = (
    Petition.ReturnApproved,
    Petition.AssignmentTransferred,
    Petition.LeadUnitDesignated,
    Petition.Suspended,
    Petition.Withdrawn,
    Petition.Merged,
    Petition.Split,
    Petition.Voided,
)

_Key = tuple[Clock, str | None, object]


class _Run(NamedTuple):
    """A clock that runs, and its limit."""

    clock: RunningClock
    limit: Limit | None


def clock_outcomes(history: Iterable[PetitionEvent], as_of: datetime) -> list[ClockOutcome]:
    """Return how every clock of a petition stands at an instant; pure.

    A clock that stopped and goes on, after a suspension or a returned reply, is one clock;
    each cycle has its own. What a return, a transfer or a withdrawal ended before its due
    is lifted: neither met nor missed.

    Args:
        history: The petition's events, in order.
        as_of: Aware instant; later acts do not count.

    Source:
        domain.md decisions 2 and 3.
    """
    facts: PetitionFacts | None = None
    running: dict[_Key, _Run] = {}
    ended: dict[_Key, ClockOutcome] = {}
    for event in history:
        if event.timestamp > as_of:
            break
        facts = fold(facts, event)
        now = _runs(facts)
        for key, run in running.items():
            if key not in now:
                ended[key] = _ended(run, event)
        for key in now:
            ended.pop(key, None)
        running = now
    return [*ended.values(), *(_standing(run, as_of) for run in running.values())]


def _runs(facts: PetitionFacts) -> dict[_Key, _Run]:
    answered = facts.state in _ANSWERED
    return {
        _key(each, facts): _Run(each, _limit(facts) if each.clock is Clock.REPLY else None)
        for each in running_clocks(facts)
        if not (answered and each.clock in _ANSWERED_BY_REPLY)
    }


def _key(running: RunningClock, facts: PetitionFacts) -> _Key:
    match running.clock:
        case clock if clock in _UNIT_CLOCKS:
            return clock, running.unit, running.due_at
        case Clock.INSTRUCT:
            return Clock.INSTRUCT, None, len(facts.instructions)
        case Clock.PROMISE:
            # Before the reply it is the plan's date, after the closing the reply's promise.
            return Clock.PROMISE, None, (len(facts.cycles), facts.state.is_open)
        case clock:
            return clock, None, len(facts.cycles)


def _limit(facts: PetitionFacts) -> Limit | None:
    deadline = latest_deadlines(facts.cycle).effective
    return None if deadline is None else limit_of(deadline)


def _ended(run: _Run, event: PetitionEvent) -> ClockOutcome:
    clock, at = run.clock, event.timestamp
    verdict = ClockVerdict.LATE
    if at <= clock.due_at:
        lifted = isinstance(event, _LIFTING) or (
            clock.clock is Clock.PLAN and not isinstance(event, Petition.PlanCommitted)
        )
        verdict = ClockVerdict.LIFTED if lifted else ClockVerdict.ON_TIME
    return ClockOutcome(clock.clock, run.limit, clock.due_at, at, verdict)


def _standing(run: _Run, as_of: datetime) -> ClockOutcome:
    clock = run.clock
    verdict = ClockVerdict.OVERDUE if as_of > clock.due_at else ClockVerdict.RUNNING
    return ClockOutcome(clock.clock, run.limit, clock.due_at, None, verdict)
