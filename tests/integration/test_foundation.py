"""Without this file a ledger could be founded twice, or on rules nobody published."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.filing import SubmitPetition
from domain.intake_events import Submitted
from domain.pack_check import InvalidPackError
from domain.petition import Petition
from domain.principal import Principal
from domain.roster import InvalidUnitError, Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Channel, Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import adopt, open_ledger, publish, register_units
from ledger.lookup_errors import LedgerNotOpenedError, UnknownPackError
from scenarios.pack_files import read_pack

AT = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
ADMIN = Principal(actor_id="admin-1", role=Role.ADMIN)
INTAKE = Principal(actor_id="intake-1", role=Role.INTAKE, unit="hub")
NAME = Text("示例市", "Example City")
HUB = Unit(unit_id="hub", name=Text("枢纽", "Hub"), tier=Tier.CITY, parent=None, kind=UnitKind.HUB)
LETTER = SubmitPetition(
    channel=Channel.WEB, subject="停车", text="车位不足。", petitioner_name="示例诉求人"
)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Yield a ledger in which nothing was said yet."""
    application = PetitionLedger(database, lambda: AT + timedelta(days=1))
    yield application
    application.close()


def test_adoption_is_refused_when_the_pack_was_never_published(ledger: PetitionLedger) -> None:
    """A ledger follows published rules only, and the refusal leaves it as it was."""
    open_ledger(ledger, "Asia/Shanghai", NAME, ADMIN, AT)
    position = ledger.reader.read_position()
    with pytest.raises(UnknownPackError) as refused:
        adopt(ledger, "s2_quanzhou", ADMIN, AT)
    assert "s2_quanzhou" in refused.value.text.zh
    assert ledger.reader.read_position() == position
    assert ledger.reference.roster().pack_id is None


def test_adoption_is_refused_when_the_ledger_is_not_opened(ledger: PetitionLedger) -> None:
    """Roster first: it holds what was adopted."""
    publish(ledger, read_pack("plain"), ADMIN, AT)
    with pytest.raises(LedgerNotOpenedError):
        adopt(ledger, "plain", ADMIN, AT)
    with pytest.raises(LedgerNotOpenedError):
        register_units(ledger, [HUB], ADMIN, AT)


def test_adoption_changes_what_petitions_filed_afterwards_are_under(
    ledger: PetitionLedger,
) -> None:
    """Before it nothing can be filed; after it, deadlines name the adopted pack."""
    open_ledger(ledger, "Asia/Shanghai", NAME, ADMIN, AT)
    for name in ("plain", "s2_quanzhou"):
        publish(ledger, read_pack(name), ADMIN, AT)
    with pytest.raises(LedgerNotOpenedError):
        ledger.submit(uuid4(), LETTER, INTAKE)
    for name in ("plain", "s2_quanzhou"):
        adopt(ledger, name, ADMIN, AT)
        petition_id = uuid4()
        ledger.submit(petition_id, LETTER, INTAKE)
        petition = ledger.load(petition_id)
        assert isinstance(petition, Petition)
        (filed,) = petition.history
        assert isinstance(filed, Submitted)
        assert filed.deadlines[0].rule.startswith(f"{name}@1/")


def test_founding_twice_records_nothing_twice(ledger: PetitionLedger) -> None:
    """Each step may be repeated by whoever is not sure whether it was done."""
    for _ in range(2):
        open_ledger(ledger, "Asia/Shanghai", NAME, ADMIN, AT)
        register_units(ledger, [HUB], ADMIN, AT)
        publish(ledger, read_pack("plain"), ADMIN, AT)
        adopt(ledger, "plain", ADMIN, AT)
    topics = [event.topic for event in ledger.reader.read_log(0, 100)]
    assert topics == [
        "roster.opened",
        "roster.unit_registered",
        "policy_pack.published",
        "roster.pack_adopted",
    ]


def test_publishing_a_changed_pack_needs_the_next_version(ledger: PetitionLedger) -> None:
    """A version that people have pinned never changes its meaning."""
    content = read_pack("plain")
    publish(ledger, content, ADMIN, AT)
    changed = replace(content, title=Text("改名", "Renamed"))
    with pytest.raises(InvalidPackError):
        publish(ledger, changed, ADMIN, AT)
    publish(ledger, replace(changed, version=2), ADMIN, AT)
    pack = ledger.reference.pack("plain")
    assert pack is not None
    assert sorted(pack.versions) == [1, 2]


def test_registering_a_changed_unit_is_refused_and_adds_none(ledger: PetitionLedger) -> None:
    """All or nothing, and a code keeps its unit."""
    open_ledger(ledger, "Asia/Shanghai", NAME, ADMIN, AT)
    register_units(ledger, [HUB], ADMIN, AT)
    roads = replace(HUB, unit_id="roads", kind=UnitKind.DEPARTMENT)
    with pytest.raises(InvalidUnitError):
        register_units(ledger, [roads, replace(HUB, kind=UnitKind.PARK)], ADMIN, AT)
    assert list(ledger.reference.roster().state.units) == ["hub"]
