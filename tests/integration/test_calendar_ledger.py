"""Without this file a published calendar could be recorded and yet count for nobody."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.calendar import UnknownCalendarError
from domain.calendar_orders import CALENDARS, PublishCalendar, ReviseCalendar
from domain.deadlines import last_day
from domain.filing import RegisterPetition, SubmitPetition
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.principal import Principal
from domain.text import Text
from domain.vocabulary import Channel, PetitionType, Role
from domain.year_notice import HolidayPeriod, YearNotice
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import adopt, open_ledger, publish
from ledger.lookup_errors import AlreadyOpenedError
from ledger.reference import calendar_stream
from scenarios.pack_files import read_pack

ADMIN = Principal(actor_id="rules-1", role=Role.ADMIN)
INTAKE = Principal(actor_id="intake-1", role=Role.INTAKE)
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 2, 1, tzinfo=UTC)
# The holidays of 2027 here are made up: their notice was not published when this was written.
NEW_YEAR = HolidayPeriod(
    name=Text("元旦", "New Year's Day"), first=date(2027, 1, 1), last=date(2027, 1, 3)
)
PUBLISH = PublishCalendar(
    calendar_id="cn",
    name=Text("全国", "national"),
    base="cn@2026",
    effective_on=date(2026, 11, 4),
    notices=(YearNotice(year=2027, document="国办发明电〔2026〕0号", holidays=(NEW_YEAR,)),),
    approver_id="rules-2",
    occurred_at=START + timedelta(days=2),
)
REVISE = ReviseCalendar(
    notice=YearNotice(
        year=2026,
        document="临时通知",
        holidays=(
            HolidayPeriod(
                name=Text("台风", "typhoon"), first=date(2026, 12, 31), last=date(2026, 12, 31)
            ),
        ),
    ),
    effective_on=date(2026, 12, 30),
    reason="临时放假",
    approver_id="rules-2",
    occurred_at=START + timedelta(days=58),
)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger with the plain pack in force."""
    application = PetitionLedger(database, lambda: START + timedelta(days=70))
    open_ledger(application, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, START)
    publish(application, read_pack("plain"), ADMIN, START)
    adopt(application, "plain", ADMIN, START)
    yield application
    application.close()


def accepted(ledger: PetitionLedger, at: datetime) -> PetitionFacts:
    """Return an appeal right after its acceptance at an instant."""
    petition_id: UUID = uuid4()
    submission = SubmitPetition(
        channel=Channel.WEB,
        subject="停车",
        text="车位不足",
        petitioner_name="示例诉求人",
        occurred_at=at,
    )
    ledger.submit(petition_id, submission, INTAKE)
    ledger.apply(petition_id, RegisterPetition(occurred_at=at), INTAKE)
    acceptance = AcceptPetition(
        petition_type=PetitionType.APPEAL, category="parking", occurred_at=at
    )
    ledger.apply(petition_id, acceptance, INTAKE)
    petition = ledger.load(petition_id)
    assert isinstance(petition, Petition)
    return fold_all(petition.history)


def due_of(facts: PetitionFacts) -> tuple[str | None, str, date, bool]:
    """Return both pinned calendars, the last day and whether it is provisional."""
    deadline = facts.cycle.deadline
    assert deadline is not None
    day = last_day(deadline.due_at, SHANGHAI)
    return facts.calendar, deadline.calendar, day, deadline.provisional


def test_acceptance_pins_the_newest_calendar_of_its_day(ledger: PetitionLedger) -> None:
    """Provisional before the year is published, definite after it, and moved by a revision."""
    late = START + timedelta(days=57)
    unpublished = due_of(accepted(ledger, late))
    assert unpublished == ("cn@2026", "cn@2026", date(2027, 1, 12), True)
    ledger.open(CALENDARS, uuid4(), PUBLISH, ADMIN)
    assert due_of(accepted(ledger, late)) == ("cn@2027", "cn@2027", date(2027, 1, 13), False)
    ledger.give(CALENDARS, calendar_stream("cn"), REVISE, ADMIN)
    assert due_of(accepted(ledger, late)) == ("cn@2027", "cn@2027", date(2027, 1, 13), False)
    after = due_of(accepted(ledger, late + timedelta(days=1)))
    assert after == ("cn@2027.2", "cn@2027.2", date(2027, 1, 15), False)
    before = due_of(accepted(ledger, START))
    assert before == ("cn@2026", "cn@2026", date(2026, 11, 16), False)


def test_calendar_is_opened_once(ledger: PetitionLedger) -> None:
    """Its id follows from its name, so a second publication finds the first."""
    ledger.open(CALENDARS, uuid4(), PUBLISH, ADMIN)
    with pytest.raises(AlreadyOpenedError):
        ledger.open(CALENDARS, uuid4(), replace(PUBLISH, name=Text("另一", "another")), ADMIN)


def test_pack_may_name_a_calendar_of_its_ledger(ledger: PetitionLedger) -> None:
    """Once it is published, and not before."""
    named = replace(read_pack("plain"), version=2, calendar="cn@2027")
    with pytest.raises(UnknownCalendarError):
        publish(ledger, named, ADMIN, START)
    ledger.open(CALENDARS, uuid4(), PUBLISH, ADMIN)
    publish(ledger, named, ADMIN, START + timedelta(days=3))
    assert due_of(accepted(ledger, START))[0] == "cn@2027"
