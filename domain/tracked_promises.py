"""Without this file nobody could list who promised what, by when, and whether it held."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.cycle_facts import Cycle, Reply
from domain.petition_facts import PetitionFacts
from domain.standing import ended_unanswered_at
from domain.vocabulary import Labelled, Outcome


class PromiseKind(Labelled):
    """Where a promise was made."""

    REPLY = "reply", "答复承诺", "promised in a reply"
    PLAN = "plan", "方案承诺", "committed in a plan"
    SESSION = "session", "活动现场承诺", "promised at a session"


class PromiseState(Labelled):
    """How a promise stands at an instant."""

    OPEN = "open", "待兑现", "open"
    OVERDUE = "overdue", "逾期未兑现", "overdue"
    KEPT = "kept", "已兑现", "kept"
    BROKEN = "broken", "未兑现", "broken"
    LAPSED = "lapsed", "已失效", "lapsed"


class TrackedPromise(NamedTuple):
    """One dated promise of a unit for a petition.

    At most one of the last three is set: a promise is kept, is found broken, or lapses
    because what it was made for came to nothing.

    Attributes:
        cycle: Cycle of the petition, from 1.
        kind: ``reply`` or ``plan``.
        number: From 1, within cycle and kind.
        unit: Code of the unit that promised.
        made_at: Aware instant.
        due_at: Aware instant by which it is to come about.
        kept_at: Aware instant, or None.
        broken_at: Aware instant of the finding, or None.
        lapsed_at: Aware instant, or None.
    """

    cycle: int
    kind: PromiseKind
    number: int
    unit: str
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    lapsed_at: datetime | None = None


def tracked_promises(facts: PetitionFacts) -> list[TrackedPromise]:
    """Return every dated promise made for a petition, cycle by cycle; pure.

    A reply that review returned, or a later one replaced, promises nothing any more. A plan is
    kept by the reply that stands; a later plan of the same cycle takes its place. What is still
    open when the next cycle starts, or when the petition ends without an answer, lapses.
    """
    found: list[TrackedPromise] = []
    gone_at = ended_unanswered_at(facts)
    for number, cycle in enumerate(facts.cycles, 1):
        if not cycle.plans and all(each.promise_due_at is None for each in cycle.replies):
            continue
        following = facts.cycles[number:]
        over_at = following[0].started_at if following else gone_at
        found += _replied(cycle, number, over_at)
        found += _planned(cycle, number, over_at)
    return found


def _replied(cycle: Cycle, number: int, over_at: datetime | None) -> Iterator[TrackedPromise]:
    for place, reply in enumerate(cycle.replies, 1):
        if reply.outcome is not Outcome.PLANNED or reply.promise_due_at is None:
            continue
        promise = TrackedPromise(
            number, PromiseKind.REPLY, place, reply.unit, reply.replied_at, reply.promise_due_at
        )
        kept_at, broken_at = reply.promise_kept_at, reply.promise_broken_at
        if kept_at is not None:
            yield promise._replace(kept_at=kept_at)
        elif broken_at is not None:
            yield promise._replace(broken_at=broken_at)
        else:
            later = [each.replied_at for each in cycle.replies[place : place + 1]]
            yield promise._replace(lapsed_at=_first(reply.returned_at, *later, over_at))


def _planned(cycle: Cycle, number: int, over_at: datetime | None) -> Iterator[TrackedPromise]:
    for place, plan in enumerate(cycle.plans, 1):
        later = [each.committed_at for each in cycle.plans[place : place + 1]]
        until = _first(*later, over_at)
        kept = _standing_reply(cycle, plan.committed_at, until)
        yield TrackedPromise(
            number,
            PromiseKind.PLAN,
            place,
            plan.unit,
            plan.committed_at,
            plan.due_at,
            kept_at=None if kept is None else kept.replied_at,
            lapsed_at=until if kept is None else None,
        )


def _standing_reply(cycle: Cycle, since: datetime, until: datetime | None) -> Reply | None:
    for reply in cycle.replies:
        in_time = since <= reply.replied_at and (until is None or reply.replied_at <= until)
        if in_time and reply.returned_at is None:
            return reply
    return None


def _first(*instants: datetime | None) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)
