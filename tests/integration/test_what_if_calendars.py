"""Calendars that were published while clocks ran count in a what-if from then on, not before."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.calendar_cn import find_calendar
from domain.calendar_orders import CALENDARS
from domain.deadlines import last_day
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.recounts import RecomputeDeadline
from domain.standing import latest_deadlines
from domain.supposition import Supposition
from domain.vocabulary import Role as Actor
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from replay import streams
from replay.figures import head_position
from replay.known_rules import read_rules
from replay.twins import read_twins
from scenarios.pack_files import read_pack
from tests.integration.test_calendar_ledger import (
    ADMIN,
    PUBLISH,
    SHANGHAI,
    START,
    accepted,
    ledger,
)

__all__ = ["ledger"]
SYSTEM = Principal(actor_id="clock", role=Actor.SYSTEM)
LATE = START + timedelta(days=57)


@pytest.fixture
def recounted(ledger: PetitionLedger) -> tuple[UUID, UUID]:
    """Return a petition that was recounted once 2027 was published, and one accepted after it."""
    first = accepted(ledger, LATE).petition_id
    ledger.open(CALENDARS, uuid4(), PUBLISH, ADMIN)
    second = accepted(ledger, LATE).petition_id
    why = "国办发明电〔2026〕0号"
    recount = RecomputeDeadline(clock="reply", why=why, occurred_at=LATE + timedelta(days=1))
    ledger.apply(first, recount, SYSTEM)
    return first, second


def told(
    database: Database, supposition: Supposition | None = None
) -> dict[UUID, tuple[PetitionFacts, PetitionFacts]]:
    """Return every petition twice, by default under its own pack."""
    with database.connect(Role.APP) as connection:
        position = head_position(connection)
        rules = read_rules(connection, position)
        supposition = supposition or Supposition(rules.packs)
        twins = read_twins(connection, supposition, rules, position)
        return {real.petition_id: (real, supposed) for real, supposed in twins}


def last(facts: PetitionFacts) -> date:
    """Return the last day of the due in force."""
    effective = latest_deadlines(facts.cycle).effective
    assert effective is not None
    return last_day(effective.due_at, SHANGHAI)


def test_dues_are_counted_by_what_was_published_when_they_were(
    database: Database, recounted: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first due is provisional in the what-if too, and the recount settles it."""
    monkeypatch.setattr(streams, "PAGE_LEN", 2)
    found = told(database)
    for real, supposed in found.values():
        assert supposed == real
    real, _ = found[recounted[0]]
    assert real.cycle.deadline is not None
    assert real.cycle.deadline.provisional
    assert [last(found[each][1]) for each in recounted] == [date(2027, 1, 13)] * 2


def test_a_recount_that_a_fixed_calendar_makes_idle_is_not_recorded(
    database: Database, recounted: tuple[UUID, UUID]
) -> None:
    """By Monday to Friday no notice moves anything: ten weekdays after 29 December."""
    supposition = Supposition({}, read_pack("plain"), find_calendar("weekdays@1"))
    for petition_id in recounted:
        _, supposed = told(database, supposition)[petition_id]
        assert last(supposed) == date(2027, 1, 12)
        assert supposed.cycle.moves == []
