"""Without this file two reports of one series could bear one number after all."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from domain.bulletin_issuing import BULLETINS, EndorseBulletin, IssueBulletin, WithdrawBulletin
from domain.policy_publishing import POLICIES, DraftPolicy, PublishPolicy
from domain.principal import Principal
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.errors import ClaimTakenError
from ledger.foundation import adopt, open_ledger, publish, register_units
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import START
from tests.unit.resource_story import DRAFT, ISSUE

ADMIN = Principal(actor_id="admin-1", role=Role.ADMIN)
HUB = Principal(actor_id="dispatcher-1", role=Role.DISPATCHER, unit="bureau")
HEAD = Principal(actor_id="head-1", role=Role.DEPARTMENT_HEAD, unit="bureau")
DRAFTER = Principal(actor_id="handler-1", role=Role.HANDLER, unit="bureau")
LEADER = Principal(actor_id="leader-1", role=Role.LEADER)
BUREAU = Unit(
    unit_id="bureau",
    name=Text("示例局", "Example Bureau"),
    tier=Tier.CITY,
    parent=None,
    kind=UnitKind.DEPARTMENT,
)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Yield an open ledger with one unit."""
    application = PetitionLedger(database, lambda: START + timedelta(hours=1))
    open_ledger(application, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, START)
    register_units(application, [BUREAU], ADMIN, START)
    publish(application, read_pack("plain"), ADMIN, START)
    adopt(application, "plain", ADMIN, START)
    yield application
    application.close()


def issue(ledger: PetitionLedger, number: int, year: int = 2026) -> UUID:
    """Issue a special report and return its id."""
    assert isinstance(ISSUE.command, IssueBulletin)
    command = replace(ISSUE.command, number=number, year=year)
    return ledger.open(BULLETINS, uuid4(), command, HUB).originator_id


def test_bulletin_number_stays_used_when_its_bulletin_is_withdrawn(ledger: PetitionLedger) -> None:
    """The next one takes the next number, and nothing of the refused one is recorded."""
    first = issue(ledger, 1)
    ledger.give(BULLETINS, first, EndorseBulletin(text="请抓紧"), LEADER)
    ledger.give(BULLETINS, first, WithdrawBulletin(reason="有误"), HUB)
    position = ledger.reader.read_position()
    with pytest.raises(ClaimTakenError):
        issue(ledger, 1)
    assert ledger.reader.read_position() == position
    issue(ledger, 2)


def test_policy_number_is_taken_by_its_publication(ledger: PetitionLedger) -> None:
    """Two drafts may lie side by side; one of them gets the number."""
    assert isinstance(DRAFT.command, DraftPolicy)
    drafts = [
        ledger.open(POLICIES, uuid4(), DRAFT.command, DRAFTER).originator_id for _ in range(2)
    ]
    command = PublishPolicy(number="示例〔2026〕1号")
    ledger.give(POLICIES, drafts[0], command, HEAD)
    with pytest.raises(ClaimTakenError):
        ledger.give(POLICIES, drafts[1], command, HEAD)
    ledger.give(POLICIES, drafts[1], PublishPolicy(number="示例〔2026〕2号"), HEAD)
