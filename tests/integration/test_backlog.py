"""Tests of the backlog: what was put off, to when, how often it was reviewed, when it left."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.backlogs import ClearBacklog, ReviewBacklog
from domain.corrections import VoidPetition
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.backlog import BacklogLine, read_backlog
from projections.pages import PAGE_LEN_MAX
from tests.integration.story_log import expect_same_after_rebuild, given, project
from tests.unit.given_when_then import DAY, START, Deed
from tests.unit.petition_stories import IN_PROGRESS, LIST, SAMPLES

TICK = timedelta(microseconds=1)
LISTED = Deed(LIST, Actor.REVIEWER)
NEW_DATE = START + 80 * DAY
REVIEWED = Deed(
    ReviewBacklog(note="仍待批复。", promised_at=NEW_DATE), Actor.REVIEWER, after=9 * DAY
)
CLEARED = Deed(ClearBacklog(note="已批复。"), Actor.REVIEWER, after=9 * DAY)
AGAIN = Deed(replace(LIST, promised_at=START + 99 * DAY), Actor.REVIEWER, after=DAY)
(VOID,) = (each for each in SAMPLES if isinstance(each, VoidPetition))

CAME_BACK = given(1, *IN_PROGRESS, LISTED, REVIEWED, CLEARED, AGAIN)
WAITING = given(2, *IN_PROGRESS, LISTED)
VOIDED = given(3, *IN_PROGRESS, LISTED, Deed(VOID, Actor.INTAKE))
END = CAME_BACK.at


@pytest.fixture
def _listed(database: Database) -> None:
    project(database, CAME_BACK.history, WAITING.history, VOIDED.history)


def read(database: Database, as_of: datetime, *, ever: bool = False) -> list[BacklogLine]:
    """Return the whole backlog at an instant."""
    with database.connect(Role.APP) as connection:
        return read_backlog(connection, as_of, limit=PAGE_LEN_MAX, ever=ever)


@pytest.mark.usefixtures("_listed")
def test_backlog_lists_what_is_put_off_now_and_what_ever_was(database: Database) -> None:
    """A cleared stay, and one that ended with its petition, are among those that ever were."""
    now = [(each.petition_id.int, each.stay) for each in read(database, END)]
    assert now == [(2, 1), (1, 2)]
    ever = {(each.petition_id.int, each.stay): each for each in read(database, END, ever=True)}
    assert set(ever) == {(1, 1), (1, 2), (2, 1), (3, 1)}
    assert ever[1, 1].cleared_at == CAME_BACK.facts.backlogs[0].cleared_at
    assert (ever[3, 1].cleared_at, ever[3, 1].ended_at) == (None, VOIDED.at)
    assert not ever[3, 1].is_listed


@pytest.mark.usefixtures("_listed")
def test_stay_shows_its_promise_and_reviews_as_of_the_instant(database: Database) -> None:
    """Before the review the first date holds, after it the new one; clearing ends the stay."""
    first = next(each for each in CAME_BACK.facts.backlogs)
    before = read(database, first.listed_at)[0]
    assert (before.promised_at, before.reviews, before.reviewed_at) == (LIST.promised_at, 0, None)
    assert before.review_due_at is not None
    assert before.is_listed
    assert first.reviewed_at is not None
    after = next(each for each in read(database, first.reviewed_at) if each.stay == 1)
    assert (after.promised_at, after.reviews, after.reviewed_at) == (
        NEW_DATE,
        1,
        first.reviewed_at,
    )
    assert first.cleared_at is not None
    assert UUID(int=1) in {each.petition_id for each in read(database, first.cleared_at - TICK)}
    assert UUID(int=1) not in {each.petition_id for each in read(database, first.cleared_at)}


@pytest.mark.usefixtures("_listed")
def test_pages_join_to_the_whole_list_and_units_are_told_apart(database: Database) -> None:
    """However it is cut, every stay comes once, the longest listed first."""
    lines: list[BacklogLine] = []
    with database.connect(Role.APP) as connection:
        page = read_backlog(connection, END, limit=1, ever=True)
        while page:
            lines += page
            page = read_backlog(connection, END, limit=1, ever=True, after=page[-1].place)
        assert read_backlog(connection, END, limit=9, unit="roads") == []
        with pytest.raises(ValueError, match="limit"):
            read_backlog(connection, END, limit=0)
    assert lines == read(database, END, ever=True)
    assert {each.unit for each in lines} == {"bureau"}


@pytest.mark.usefixtures("_listed")
def test_rebuilt_backlog_equals_the_live_one(database: Database) -> None:
    """A rebuild finds the stays that the engine listed, and verify agrees."""
    expect_same_after_rebuild(database, "backlog_term")
