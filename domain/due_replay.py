"""Without this file a corrected type or an unmerging would lose pauses, extensions and mergers."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from domain.cycle_facts import Cycle, DueMove, Extension
from domain.deadline_change import resumed
from domain.deadlines import Deadline
from domain.extension_rules import move_on
from domain.limit import TimeUnit
from domain.pack_clocks import restarted
from domain.pack_content import PackContent
from domain.petition_facts import PetitionFacts
from domain.standing import Deadlines
from domain.timing import Timing
from domain.vocabulary import Clock, DueCause


class Replay(NamedTuple):
    """What a cycle's due has come to.

    Attributes:
        grants: The deadline of each granted extension, in order.
        moves: The first due and the due in force after each move, in order.
        last: Both after everything.
    """

    grants: tuple[Deadline, ...]
    moves: tuple[Deadlines, ...]
    last: Deadlines


def replay_due(
    own: Deadline,
    facts: PetitionFacts,
    pack: PackContent,
    timing: Timing,
    *,
    without: Collection[UUID] = (),
) -> Replay:
    """Return what the running cycle's due comes to if it had begun as ``own``; pure.

    Pauses keep the time they paused, extensions what they granted, in the order in which
    they took effect.

    Args:
        own: The due that the cycle began with.
        facts: The petition.
        pack: Version it pinned.
        timing: For calendar and zone.
        without: Children whose due no longer counts.
    """
    cycle = facts.cycle
    unit = reply_unit(facts, pack, timing)
    granted = [each for each in cycle.extensions if each.deadline is not None]
    grants: dict[int, Deadline] = {}
    moves: list[Deadlines] = []
    now = Deadlines(own, own)
    for stage in range(len(cycle.moves) + 1):
        for place, extension in enumerate(granted):
            if _granted_after(extension, cycle) == stage and now.effective is not None:
                start = cycle.started_at
                grants[place] = move_on(now.effective, extension.amount, start, pack, timing)
            if extension.effective_at is not None and extension.after_moves == stage:
                now = now._replace(effective=grants[place])
        if stage < len(cycle.moves):
            now = _moved(now, cycle.moves[stage], unit, pack, timing, without)
            moves.append(now)
    return Replay(tuple(grants[place] for place in range(len(granted))), tuple(moves), now)


def reply_unit(facts: PetitionFacts, pack: PackContent, timing: Timing) -> TimeUnit:
    """Return the unit the petition clock counts in; a due of one petition alone, in working days.

    Raises:
        TypeNotInPackError: the pack does not handle the type.
    """
    petition_type = timing.type_under(pack, facts)
    rule = pack.clock_rule(petition_type, Clock.REPLY, facts.complexity)
    return TimeUnit.WORKING_DAY if rule is None or rule.limit is None else rule.limit.unit


def earliest(*deadlines: Deadline | None) -> Deadline | None:
    """Return the deadline that comes first; the first named where two are equal."""
    known = [deadline for deadline in deadlines if deadline is not None]
    return min(known, key=lambda deadline: deadline.due_at) if known else None


def resume_due(
    deadline: Deadline, move: DueMove, unit: TimeUnit, pack: PackContent, timing: Timing
) -> Deadline:
    """Return a deadline moved on by the working time of a pause; pure.

    Raises:
        ValueError: the move is no pause.
    """
    if move.paused_at is None or move.resumed_at is None:
        raise ValueError("only a pause has a beginning and an end")
    return resumed(
        deadline,
        move.paused_at,
        move.resumed_at,
        unit,
        timing.calendar(pack),
        timing.zone(pack),
        pack.business_hours,
    )


def _moved(
    now: Deadlines,
    move: DueMove,
    unit: TimeUnit,
    pack: PackContent,
    timing: Timing,
    without: Collection[UUID],
) -> Deadlines:
    match move.cause:
        case DueCause.PAUSE:
            return Deadlines(*(each and resume_due(each, move, unit, pack, timing) for each in now))
        case DueCause.INSTRUCTION if move.started is not None:
            started, at = move.started, move.moved_at
            return Deadlines(*(restarted(each, started, at) for each in now))
        case DueCause.MERGE:
            stay = [child for child in move.children if child.petition_id not in without]
            return Deadlines(
                earliest(now.original, *(child.original for child in stay)),
                earliest(now.effective, *(child.effective for child in stay)),
            )
        case DueCause.INSTRUCTION | DueCause.PART | DueCause.RECOUNT:
            # Who has left is in ``without``, and the calendar used here is the newest.
            return now


def _granted_after(extension: Extension, cycle: Cycle) -> int:
    at = extension.granted_at
    stage = sum(1 for move in cycle.moves if at is not None and move.moved_at <= at)
    return stage if extension.effective_at is None else min(stage, extension.after_moves)
