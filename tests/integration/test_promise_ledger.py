"""Tests of the ledger of promises: who promised what, by when, and whether it held."""

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

import pytest

from domain.tracked_promises import PromiseKind, PromiseState
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.pages import PAGE_LEN_MAX
from projections.promise_ledger import PromiseLine, read_promises
from tests.integration.government_log import life
from tests.integration.story_log import expect_same_after_rebuild, given, project
from tests.unit.given_when_then import DAY, START, Deed
from tests.unit.government_lives import COMMIT, HOLD, SCHEDULE
from tests.unit.government_lives import KEEP as DONE
from tests.unit.petition_stories import IN_PROGRESS
from tests.unit.test_tracked_promises import BREAK, CLOSED_PLANNED, DUE, KEEP, PLAN

LATER = DUE + 30 * DAY


class Told(NamedTuple):
    """When things happened in the log below."""

    kept_at: datetime
    broken_at: datetime
    session_done_at: datetime


@pytest.fixture
def told(database: Database) -> Told:
    """Record a kept, a broken and an open promise, a plan, and two of sessions."""
    kept, broken = given(1, *CLOSED_PLANNED, KEEP), given(2, *CLOSED_PLANNED, BREAK)
    waiting = given(3, *CLOSED_PLANNED)
    planned = given(4, *IN_PROGRESS, Deed(PLAN, Actor.HANDLER))
    done, still = life(901, SCHEDULE, HOLD, COMMIT, DONE), life(902, SCHEDULE, HOLD, COMMIT)
    stories = (kept, broken, waiting, planned)
    project(database, *(each.history for each in stories), done, still)
    return Told(kept.at, broken.at, done[-1].timestamp)


def stands(database: Database, as_of: datetime) -> dict[tuple[int, str], PromiseState]:
    """Return the state of each promise at an instant, by its source and kind."""
    with database.connect(Role.APP) as connection:
        lines = read_promises(connection, as_of, limit=PAGE_LEN_MAX)
    return {(line.source_id.int, line.kind): line.state for line in lines}


def test_states_of_promises_follow_the_instant_of_the_question(
    database: Database, told: Told
) -> None:
    """Open, then overdue, kept or broken: each as it stood, whatever came after."""
    early = dict.fromkeys(
        ((1, "reply"), (2, "reply"), (3, "reply"), (4, "plan")), PromiseState.OPEN
    )
    sessions = {(901, "session"): PromiseState.KEPT, (902, "session"): PromiseState.OPEN}
    assert stands(database, START + DAY) == early | sessions
    assert stands(database, told.session_done_at - DAY) == {}
    at_kept = stands(database, told.kept_at)
    assert at_kept[1, "reply"] is PromiseState.KEPT
    assert at_kept[4, "plan"] is PromiseState.OVERDUE
    assert stands(database, DUE)[2, "reply"] is PromiseState.OPEN
    assert stands(database, told.broken_at - DAY)[2, "reply"] is PromiseState.OVERDUE
    late = stands(database, LATER)
    assert late[2, "reply"] is PromiseState.BROKEN
    assert late[3, "reply"] is PromiseState.OVERDUE
    assert late[902, "session"] is PromiseState.OVERDUE


def test_promise_says_who_what_for_and_when_it_was_followed_up(
    database: Database, told: Told
) -> None:
    """The planned substation of Shuangliu: closed, promised for October, found kept."""
    with database.connect(Role.APP) as connection:
        lines = read_promises(connection, LATER, limit=PAGE_LEN_MAX, state=PromiseState.KEPT)
        nobody = read_promises(connection, LATER, limit=PAGE_LEN_MAX, unit="roads")
    assert nobody == []
    session, reply = sorted(lines, key=lambda line: line.due_at)
    assert (reply.kind, reply.unit, reply.petition_id) == (PromiseKind.REPLY, "bureau", UUID(int=1))
    assert reply.number
    assert (reply.due_at, reply.followed_up_at, reply.settled_at) == (
        DUE,
        told.kept_at,
        told.kept_at,
    )
    assert (session.kind, session.unit, session.cycle) == (PromiseKind.SESSION, "bureau", 0)
    assert session.settled_at == session.followed_up_at == told.session_done_at


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("limit", [1, 2, 5, PAGE_LEN_MAX])
def test_pages_join_to_the_whole_list_in_order(database: Database, limit: int) -> None:
    """However it is cut, every promise comes once, next due first."""
    lines: list[PromiseLine] = []
    with database.connect(Role.APP) as connection:
        page = read_promises(connection, LATER, limit=limit)
        while page:
            lines += page
            page = read_promises(connection, LATER, limit=limit, after=page[-1].place)
        with pytest.raises(ValueError, match="limit"):
            read_promises(connection, LATER, limit=0)
    assert len(lines) == 6
    assert all(one.place < other.place for one, other in pairwise(lines))


@pytest.mark.usefixtures("told")
def test_rebuilt_promises_equal_live_ones(database: Database) -> None:
    """A rebuild finds the promises that the engine listed, and verify agrees."""
    expect_same_after_rebuild(database, "promise")
