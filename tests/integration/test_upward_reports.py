"""Tests of the list of delays: explained, told, reported upward, received; each in time or not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.dimension import Dimension
from domain.rates import RATES
from domain.roster import Tier
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.pages import PAGE_LEN_MAX
from projections.rate_queries import read_counts
from projections.upward_reports import UpwardLine, read_upward_reports
from tests.integration.story_log import expect_same_after_rebuild, given, project
from tests.unit.given_when_then import DAY, Deed, roster
from tests.unit.petition_stories import CLOSED, EXPLAIN, IN_PROGRESS, REPLY
from tests.unit.test_upward_duties import DUE, RECEIVED, REPORTED, TOLD

EXPLAINED = Deed(EXPLAIN, Actor.HANDLER)
WHOLE = given(11, *IN_PROGRESS, EXPLAINED, TOLD, REPORTED, RECEIVED)
UNTOLD = given(12, *IN_PROGRESS, EXPLAINED, REPORTED)
SILENT = given(13, *IN_PROGRESS)
TIMELY = given(14, *CLOSED)
LATE = given(15, *IN_PROGRESS, Deed(REPLY, Actor.HANDLER, after=20 * DAY))


@pytest.fixture
def _delayed(database: Database) -> None:
    stories = (WHOLE, UNTOLD, SILENT, TIMELY, LATE)
    project(database, roster.__wrapped__().collect_events(), *(each.history for each in stories))


def read(database: Database, at: datetime, **more: int) -> list[UpwardLine]:
    """Return the delays that stand at an instant."""
    with database.connect(Role.APP) as connection:
        return read_upward_reports(connection, at, limit=more.get("limit", PAGE_LEN_MAX))


@pytest.mark.usefixtures("_delayed")
def test_delay_shows_its_four_steps_with_target_and_tier(database: Database) -> None:
    """One line says what was done, by when it was to be, and which tier heard of it."""
    lines = {line.petition_id.int: line for line in read(database, LATE.at)}
    whole = lines[11]
    assert (whole.duty.target, whole.tier, whole.duty.unit) == ("province", Tier.PROVINCE, "bureau")
    assert whole.duty.told_at
    assert whole.duty.reported_at
    assert whole.duty.acknowledged_at == WHOLE.at
    assert lines[12].duty.told_at is None
    assert lines[12].duty.inform_by is not None


@pytest.mark.usefixtures("_delayed")
def test_due_that_goes_by_in_silence_is_listed_from_then_on(database: Database) -> None:
    """At the due nothing is late yet; after it those without reply and explanation are."""
    assert DUE is not None
    assert {line.petition_id.int for line in read(database, DUE)} == {11, 12}
    assert {line.petition_id.int for line in read(database, DUE + DAY)} == {11, 12, 13, 15}


@pytest.mark.usefixtures("_delayed")
def test_list_and_published_compliance_agree(database: Database) -> None:
    """The rate's denominator is the petitions listed, its numerator those whole and in time."""
    zone = ZoneInfo("Asia/Shanghai")
    with database.connect(Role.APP) as connection:
        counts = read_counts(connection, Dimension.UNIT, as_of=LATE.at, zone=zone)
    rate = counts.rate(RATES["upward_report_compliance"], "bureau")
    assert rate.d == len({line.petition_id for line in read(database, LATE.at)}) == 4
    assert rate.n == 1


@pytest.mark.usefixtures("_delayed")
def test_pages_join_to_the_whole_list(database: Database) -> None:
    """However it is cut, every delay comes once, the oldest first."""
    lines: list[UpwardLine] = []
    with database.connect(Role.APP) as connection:
        page = read_upward_reports(connection, LATE.at, limit=1)
        while page:
            lines += page
            page = read_upward_reports(connection, LATE.at, limit=1, after=page[-1].place)
        assert read_upward_reports(connection, LATE.at, limit=9, unit="roads") == []
        with pytest.raises(ValueError, match="limit"):
            read_upward_reports(connection, LATE.at, limit=PAGE_LEN_MAX + 1)
    assert lines == read(database, LATE.at)
    assert lines == sorted(lines, key=lambda line: line.place)


@pytest.mark.usefixtures("_delayed")
def test_rebuilt_delays_equal_live_ones(database: Database) -> None:
    """A rebuild finds the delays that the engine listed, and verify agrees."""
    expect_same_after_rebuild(database, "upward_report")
