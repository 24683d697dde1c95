"""Without this file a year's holidays could be published and no running due be settled by them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.calendar_orders import CALENDARS, PublishCalendar, PublishYear, ReviseCalendar
from domain.clock_step import StepKind
from domain.deadlines import Deadline, last_day
from domain.standing import latest_deadlines
from domain.text import Text
from domain.year_notice import HolidayPeriod, YearNotice
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import publish
from ledger.reference import calendar_stream
from scenarios.pack_files import read_pack
from tests.integration.clock_runs import LATE, raised, tick
from tests.integration.opened_ledger import (
    ADMIN,
    HostClock,
    accepted,
    facts_of,
    opened_ledger,
    submitted,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DECEMBER = datetime(2026, 12, 28, 1, tzinfo=UTC)
"""A Monday, 09:00 in Shanghai; ten working days end in 2027."""
DAY = timedelta(days=1)
# The holidays of 2027 here are made up: their notice was not published when this was written.
NEW_YEAR = HolidayPeriod(
    name=Text("元旦", "New Year's Day"), first=date(2027, 1, 1), last=date(2027, 1, 3)
)
YEAR = YearNotice(year=2027, document="国办发明电〔2026〕0号", holidays=(NEW_YEAR,))


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger with the plain pack in force."""
    with opened_ledger(database, HostClock(LATE)) as ledger:
        yield ledger


def publish_national(at: datetime, effective_on: date) -> PublishCalendar:
    """Return the publication of the made-up year as the nation's calendar."""
    return PublishCalendar(
        calendar_id="cn",
        name=Text("全国", "national"),
        base="cn@2026",
        effective_on=effective_on,
        notices=(YEAR,),
        approver_id="rules-2",
        occurred_at=at,
    )


def day_off(day: date, document: str) -> YearNotice:
    """Return a notice of one more day off."""
    holiday = HolidayPeriod(name=Text("临时放假", "day off"), first=day, last=day)
    return YearNotice(year=day.year, document=document, holidays=(holiday,))


def reply_due(ledger: PetitionLedger, petition_id: UUID) -> Deadline:
    """Return the reply deadline in force."""
    deadline = latest_deadlines(facts_of(ledger, petition_id).cycle).effective
    assert deadline is not None
    return deadline


def test_published_year_settles_provisional_dues_at_its_instant(
    database: Database, ledger: PetitionLedger
) -> None:
    """New Year's Day moves the due by a working day, and it is provisional no longer."""
    opened = publish_national(DECEMBER - 60 * DAY, date(2026, 11, 1))
    typhoon = day_off(date(2026, 11, 5), "台风停工")
    ledger.open(CALENDARS, uuid4(), replace(opened, notices=(typhoon,)), ADMIN)
    petition_id = accepted(ledger, DECEMBER)
    before = reply_due(ledger, petition_id)
    assert (last_day(before.due_at, SHANGHAI), before.provisional) == (date(2027, 1, 11), True)
    tick(database, ledger, DECEMBER + timedelta(hours=1))
    assert reply_due(ledger, petition_id) == before
    published_at = DECEMBER + DAY
    year = PublishYear(
        notice=YEAR,
        effective_on=date(2026, 12, 1),
        approver_id="rules-2",
        occurred_at=published_at,
    )
    ledger.give(CALENDARS, calendar_stream("cn"), year, ADMIN)
    report = tick(database, ledger, published_at + 2 * DAY)
    assert report.counts[StepKind.RECOUNT] == 1
    after = reply_due(ledger, petition_id)
    assert (last_day(after.due_at, SHANGHAI), after.provisional) == (date(2027, 1, 12), False)
    assert after.calendar == "cn@2027"
    (recount,) = [each for each in raised(ledger) if each.topic.endswith("deadline_recomputed")]
    assert recount.occurred_at == published_at
    assert "国办发明电〔2026〕0号" in recount.payload.decode()
    assert tick(database, ledger, published_at + 2 * DAY).counts[StepKind.RECOUNT] == 0


def test_revision_lengthens_running_dues_from_its_first_day_on(
    database: Database, ledger: PetitionLedger
) -> None:
    """Both clocks, the hub's and the unit's; what has ended keeps its calendar for ever."""
    ledger.open(CALENDARS, uuid4(), publish_national(DECEMBER - DAY, date(2026, 12, 1)), ADMIN)
    waiting, running = submitted(ledger, DECEMBER), accepted(ledger, DECEMBER)
    before = reply_due(ledger, running)
    revision = ReviseCalendar(
        notice=day_off(date(2026, 12, 29), "临时通知"),
        effective_on=date(2026, 12, 29),
        reason="临时放假",
        approver_id="rules-2",
        occurred_at=DECEMBER + timedelta(hours=2),
    )
    ledger.give(CALENDARS, calendar_stream("cn"), revision, ADMIN)
    tick(database, ledger, DECEMBER + timedelta(hours=5))
    assert reply_due(ledger, running) == before
    tick(database, ledger, DECEMBER + DAY)
    after = reply_due(ledger, running)
    assert (after.calendar, after.due_at - before.due_at) == ("cn@2027.2", DAY)
    accept = facts_of(ledger, waiting).accept_deadline
    assert accept is not None
    assert last_day(accept.due_at, SHANGHAI) == date(2026, 12, 30)
    first_day = datetime(2026, 12, 29, tzinfo=SHANGHAI)
    recounts = [each for each in raised(ledger) if each.topic.endswith("deadline_recomputed")]
    assert [each.occurred_at for each in recounts] == [first_day, first_day]


def test_regional_overlay_moves_only_the_dues_that_pin_it(
    database: Database, ledger: PetitionLedger
) -> None:
    """A local holiday counts for petitions under the region's calendar and for no others."""
    september = datetime(2026, 9, 14, 1, tzinfo=UTC)
    national = accepted(ledger, september)
    overlay = PublishCalendar(
        calendar_id="cn-gx",
        name=Text("广西", "Guangxi"),
        region="广西",
        base="cn@2026",
        effective_on=date(2026, 4, 1),
        notices=(day_off(date(2026, 4, 20), "桂政办发〔2026〕1号"),),
        approver_id="rules-2",
        occurred_at=september - 90 * DAY,
    )
    ledger.open(CALENDARS, uuid4(), overlay, ADMIN)
    pack = replace(read_pack("plain"), version=2, calendar="cn-gx@2026")
    publish(ledger, pack, ADMIN, september)
    regional = accepted(ledger, september + timedelta(hours=1))
    before = reply_due(ledger, regional)
    assert before.calendar == "cn-gx@2026"
    revise = ReviseCalendar(
        notice=day_off(date(2026, 9, 16), "桂政办发〔2026〕2号"),
        effective_on=date(2026, 9, 15),
        reason="民族节日",
        approver_id="rules-2",
        occurred_at=september + DAY,
    )
    ledger.give(CALENDARS, calendar_stream("cn-gx"), revise, ADMIN)
    unmoved = reply_due(ledger, national)
    tick(database, ledger, september + 2 * DAY)
    after = reply_due(ledger, regional)
    assert (after.calendar, after.due_at - before.due_at) == ("cn-gx@2026.2", DAY)
    assert reply_due(ledger, national) == unmoved
