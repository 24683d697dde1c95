"""Without this file each step of the clock would find pack, calendar and zone in its own way."""

import dataclasses
from datetime import datetime

from msgspec.structs import replace

from domain.calendar import Calendar
from domain.calendar_editions import resolve_calendar
from domain.deadline_lines import DeadlineLine
from domain.deadlines import Deadline
from domain.pack_content import PackContent
from domain.petition_facts import PetitionFacts
from domain.situation import Situation


def at_instant(situation: Situation, at: datetime) -> Situation:
    """Return the same situation for an act at another instant."""
    return dataclasses.replace(situation, act=replace(situation.act, occurred_at=at))


def pack_for(facts: PetitionFacts, situation: Situation) -> PackContent:
    """Return the pack that a petition pinned, or the one in force when it was submitted; pure.

    Raises:
        GuardError: ``no-policy-pack``; its pack is not in the ledger.
    """
    if facts.cycles and facts.policy_pack is not None:
        return situation.pinned_pack(facts)
    return at_instant(situation, facts.submitted_at).pack


def counted(deadline: Deadline | None, line: DeadlineLine, pinned: str) -> Deadline:
    """Return what a line is counted by; a stated due by the calendar that the petition pinned."""
    return deadline or Deadline(line.clock, line.due_at, "", pinned)


def calendar_for(deadline: Deadline, situation: Situation) -> Calendar:
    """Return the calendar that a deadline pins.

    Raises:
        UnknownCalendarError: neither the ledger nor the program has it.
    """
    return resolve_calendar(deadline.calendar, situation.calendars)
