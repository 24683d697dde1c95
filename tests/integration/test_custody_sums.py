"""Tests of the sums of working time: each closed petition once, each minute to one holder."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.visibility import may_see
from domain.vocabulary import Holder
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.custody_sums import CustodySums, sum_custody
from projections.log_streams import LogStreams
from tests.api_clients import open_example_ledger
from tests.integration.board_case import HIDE
from tests.integration.story_log import given, project
from tests.unit.given_when_then import DAY, MINUTE, Deed
from tests.unit.petition_stories import CLOSED, IN_PROGRESS, REOPEN, REPLY

LATE = (*IN_PROGRESS, Deed(REPLY, Actor.HANDLER, after=3 * DAY), *CLOSED[len(IN_PROGRESS) + 1 :])
FIRST, SECOND = given(11, *CLOSED), given(12, *LATE)
OPEN = given(13, *IN_PROGRESS)
REOPENED = given(14, *CLOSED, Deed(REOPEN, Actor.PETITIONER, after=DAY))
HIDDEN = given(15, *CLOSED, HIDE)
END = SECOND.at + DAY
TICK = timedelta(microseconds=1)


def summed(
    database: Database, since: datetime, before: datetime, caller: Principal | None = None
) -> CustodySums:
    """Return the sums that a caller is shown."""
    with database.connect(Role.APP) as connection:
        charge = PinnedHours(ReferenceStreams(LogStreams(connection)), END).charge
        if caller is None:
            return sum_custody(connection, since, before, charge)

        def counts(facts: PetitionFacts) -> bool:
            return may_see(caller, facts)

        return sum_custody(connection, since, before, charge, counts)


def test_sums_are_those_of_the_petitions_closed_in_the_period(database: Database) -> None:
    """Parts sum to the whole; what is open, or open again, is not closed."""
    open_example_ledger(database)
    project(database, *(each.history for each in (FIRST, SECOND, OPEN, REOPENED)))
    both = summed(database, FIRST.at, END)
    assert both.petitions == 2
    assert both.whole == sum(part.minutes for part in both.parts) > 0
    with database.connect(Role.APP) as connection:
        office = PinnedHours(ReferenceStreams(LogStreams(connection)), END)
        single = Counter[tuple[Holder, str]]()
        for story in (FIRST, SECOND):
            for part in office.charge(story.facts).parts:
                single[part.holder, part.unit] += part.minutes
    assert {(part.holder, part.unit): part.minutes for part in both.parts} == single
    assert both.parts[0].unit == "bureau"
    assert both.parts[0].petitions == 2
    first = summed(database, FIRST.at, FIRST.at + TICK)
    assert (first.petitions, summed(database, FIRST.at + TICK, SECOND.at).petitions) == (1, 0)


def test_sums_leave_out_what_accuses_the_callers_unit(database: Database) -> None:
    """The accused unit's sums are those of a ledger without the petition."""
    open_example_ledger(database)
    project(database, FIRST.history, HIDDEN.history)
    everybody = Principal(actor_id="so-1", role=Actor.SUPERVISION)
    accused = Principal(actor_id="so-2", role=Actor.SUPERVISION, unit="bureau")
    start = FIRST.at - MINUTE
    assert summed(database, start, END, everybody).petitions == 2
    assert summed(database, start, END, accused).petitions == 1


def test_time_of_a_petition_without_its_pack_goes_by_the_pack_in_force(
    database: Database,
) -> None:
    """Stories pin a pack that is not here; their time is counted all the same."""
    open_example_ledger(database)
    assert FIRST.facts.policy_pack == "plain"
    assert FIRST.petition_id == UUID(int=11)
    project(database, FIRST.history)
    assert summed(database, FIRST.at, END).whole > 0
