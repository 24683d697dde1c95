"""Without this file a newly published holiday would move no clock that runs."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from domain.calendar_editions import resolve_calendar
from domain.command import OPEN_STATES, PetitionCommand
from domain.deadline_recount import recompute, settle
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.limit import Limit, half_limit
from domain.pack_content import PackContent
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import Deadlines, latest_deadlines
from domain.standstill_events import DeadlineRecomputed
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState

_ASKED = frozenset({PetitionState.SUBMITTED, PetitionState.REGISTERED})
_UNANSWERED = frozenset(
    {
        PetitionState.ACCEPTED,
        PetitionState.DISPATCHED,
        PetitionState.IN_PROGRESS,
        PetitionState.RETURN_REQUESTED,
        PetitionState.BACKLOG_LISTED,
    }
)


class RecomputeDeadline(PetitionCommand, frozen=True, kw_only=True):
    """Count a running due again by the newest edition of its calendar."""

    label: ClassVar = Text("重算时限", "recompute the deadline")
    path: ClassVar = "deadline-recounts"
    roles: ClassVar = who_may("RecomputeDeadline")
    from_states: ClassVar = OPEN_STATES

    clock: Literal["accept", "reply"]
    why: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record old and new due where the calendar changes it."""
        clock = Clock(self.clock)
        old = deadline_to_recount(facts, clock)
        new = recounted(facts, clock, governing_pack(facts, situation), situation.timing)
        if old.effective is None or new is None or new.effective is None:
            raise GuardError(
                "nothing-to-recompute",
                "放假安排不改变该时限；未作任何更改，无须重算。",
                "no calendar notice changes this due; nothing was changed, none is needed.",
            )
        petition.record(
            DeadlineRecomputed,
            situation.act,
            clock=clock,
            old=old.effective,
            new=new.effective,
            original=new.original if clock is Clock.REPLY else None,
            calendar=new.effective.calendar,
            why=self.why,
        )


def deadline_to_recount(facts: PetitionFacts, clock: Clock) -> Deadlines:
    """Return the first due and the due in force of a clock that runs; none where it does not."""
    if clock is Clock.ACCEPT and facts.state in _ASKED:
        return Deadlines(facts.accept_deadline, facts.accept_deadline)
    if clock is Clock.REPLY and facts.state in _UNANSWERED:
        return latest_deadlines(facts.cycle)
    return Deadlines(None, None)


def governing_pack(facts: PetitionFacts, situation: Situation) -> PackContent:
    """Return the pack that the petition pinned, or before its acceptance the one in force."""
    return situation.pinned_pack(facts) if facts.cycles else situation.pack


def recounted(
    facts: PetitionFacts, clock: Clock, pack: PackContent, timing: Timing
) -> Deadlines | None:
    """Return both dues by the newest edition of their calendar, or None where none changes; pure.

    A due that was stated for the petition alone is never counted, so it never changes.
    """
    running = deadline_to_recount(facts, clock)
    if running.effective is None:
        return None
    rule = pack.clock_rule(timing.type_under(pack, facts), clock, facts.complexity)
    if facts.imported or rule is None or rule.limit is None:
        return None
    limit, start = rule.limit, facts.submitted_at
    if clock is Clock.REPLY:
        limit = half_limit(limit) if len(facts.cycles) > 1 else limit
        start = facts.cycle.started_at

    def count(deadline: Deadline, limit: Limit) -> Deadline | None:
        old = resolve_calendar(deadline.calendar, timing.calendars)
        new = timing.newest(deadline.calendar, pack)
        if old.reference == new.reference:
            return None
        change = settle if deadline.provisional else recompute
        zone, hours = timing.zone(pack), pack.business_hours
        return change(deadline, start, limit, old, new, timing.at, zone, hours)

    fresh = [each and count(each, limit) for each in running]
    if not any(fresh):
        return None
    return Deadlines(*(new or old for new, old in zip(fresh, running, strict=True)))
