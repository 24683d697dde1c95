"""Tests of the public list: what anybody may read, in which words, and when no longer."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.confidentiality import MarkConfidential
from domain.replying import ApproveReply
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.pages import PAGE_LEN_MAX
from projections.public_list import PublicLine, read_public_list
from tests.integration.story_log import expect_same_after_rebuild, given, project
from tests.unit.given_when_then import DAY, Deed
from tests.unit.petition_stories import (
    CALLBACK_PENDING,
    CLOSED,
    PUBLISH,
    REOPEN,
    REPLY,
    UNPUBLISH,
)

PUBLISHED = Deed(PUBLISH, Actor.REVIEWER)
SECOND = Deed(replace(PUBLISH, subject="再次答复"), Actor.REVIEWER)
HIDE = Deed(MarkConfidential(reason="涉商业秘密。"), Actor.DISPATCHER)
AGAIN = (Deed(REPLY, Actor.HANDLER), Deed(ApproveReply(), Actor.REVIEWER))

SHOWN = given(1, *CLOSED, PUBLISHED)
EARLY = given(2, *CALLBACK_PENDING, Deed(PUBLISH, Actor.REVIEWER, after=DAY))
DOWN = given(3, *CLOSED, PUBLISHED, Deed(UNPUBLISH, Actor.REVIEWER))
SECRET = given(4, *CLOSED, PUBLISHED, HIDE)
SILENT = given(5, *CLOSED)
TWICE = given(6, *CLOSED, PUBLISHED, Deed(REOPEN, Actor.PETITIONER), *AGAIN, SECOND)
STORIES = (SHOWN, EARLY, DOWN, SECRET, SILENT, TWICE)


@pytest.fixture
def _listed(database: Database) -> None:
    project(database, *(story.history for story in STORIES))


def read(database: Database, unit: str | None = None) -> dict[int, PublicLine]:
    """Return the whole list by petition."""
    with database.connect(Role.APP) as connection:
        lines = read_public_list(connection, limit=PAGE_LEN_MAX, unit=unit)
    return {line.petition_id.int: line for line in lines}


@pytest.mark.usefixtures("_listed")
def test_list_holds_what_is_public_now(database: Database) -> None:
    """What was taken down, kept secret since or never published is not on it."""
    lines = read(database)
    assert set(lines) == {1, 2, 6}
    assert read(database, "roads") == {}
    shown, early = lines[1], lines[2]
    assert (shown.unit, shown.petition_type, shown.version) == ("bureau", "appeal", 10)
    assert (shown.subject, shown.text) == (PUBLISH.subject, PUBLISH.text)
    assert (shown.number, shown.filed_at) == (SHOWN.facts.number, SHOWN.facts.submitted_at)
    assert shown.closed_at == SHOWN.facts.cycle.closed_at
    assert early.closed_at is None


@pytest.mark.usefixtures("_listed")
def test_list_shows_the_newest_of_two_published_replies(database: Database) -> None:
    """The reply after a reopening takes the place of the one before it."""
    line = read(database)[6]
    assert (line.subject, line.version) == ("再次答复", TWICE.facts.version)
    assert line.closed_at is None


@pytest.mark.usefixtures("_listed")
def test_erased_wording_is_shown_no_longer(database: Database) -> None:
    """The line stays, without the words."""
    with database.connect(Role.OWNER) as owner:
        owner.execute("DELETE FROM personal WHERE path = '/text'")
        owner.execute(
            "DELETE FROM personal WHERE originator_id = %s AND path = '/subject'", [UUID(int=1)]
        )
    lines = read(database)
    assert (lines[1].subject, lines[1].text) == (None, None)
    assert (lines[2].subject, lines[2].text) == (PUBLISH.subject, None)


@pytest.mark.usefixtures("_listed")
def test_pages_of_the_public_list_join_to_the_whole(database: Database) -> None:
    """However it is cut, every line comes once, the newest first."""
    lines: list[PublicLine] = []
    with database.connect(Role.APP) as connection:
        page = read_public_list(connection, limit=1)
        while page:
            lines += page
            page = read_public_list(connection, limit=1, before=page[-1].place)
        assert lines == read_public_list(connection, limit=9)
        with pytest.raises(ValueError, match="limit"):
            read_public_list(connection, limit=0)
    assert [line.published_at for line in lines] == sorted(
        (line.published_at for line in lines), reverse=True
    )
    assert len(lines) == 3


@pytest.mark.usefixtures("_listed")
def test_rebuilt_public_list_equals_the_live_one(database: Database) -> None:
    """A rebuild finds the replies that the engine listed, and verify agrees."""
    expect_same_after_rebuild(database, "public_list")
