"""Without this file an enterprise could stand on a wrong code, or a post on no training."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.enterprise_contacts import AssignLiaison
from domain.enterprise_groups import LeaveGroup
from domain.enterprise_records import MarkKeyEnterprise, RecordEnterprise, ReviseEnterprise
from domain.enterprise_terms import EnterpriseSize, LiaisonSide
from domain.vocabulary import Role
from tests.unit.government_lives import APPOINT, JOIN, RECORD, TODAY
from tests.unit.resource_story import FIRM, Deed, Life

LEAVE = Deed(LeaveGroup(group="group-1"), Role.INTAKE)


@pytest.mark.parametrize("code", [FIRM.lower(), FIRM[:-1] + "X", f" {FIRM}", "1"])
def test_enterprise_is_refused_when_its_code_is_not_valid(code: str) -> None:
    """Two spellings of one code are never two enterprises."""
    command = RecordEnterprise(credit_code=code, name="示例公司", industry="C39")
    Life().refuses(Deed(command, Role.INTAKE), "invalid-credit-code")


def test_enterprise_stream_follows_from_its_code() -> None:
    """Whoever enters the same code meets the same stream."""
    first = RecordEnterprise(credit_code=FIRM, name="甲", industry="C39")
    again = RecordEnterprise(credit_code=FIRM, name="乙", industry="C13")
    assert first.stream_name == again.stream_name == f"enterprise/{FIRM}"


def test_enterprise_is_not_revised_to_what_it_is() -> None:
    """An event says something new."""
    same = ReviseEnterprise(
        name="示例电子有限公司",
        industry="C39",
        size=EnterpriseSize.NOT_RECORDED,
        region="示例区",
    )
    life = Life().do(RECORD)
    life.refuses(Deed(same, Role.INTAKE), "nothing-revised")
    revised = Deed(replace(same, size=EnterpriseSize.SMALL), Role.INTAKE)
    life.do(revised).refuses(revised, "nothing-revised")
    marked = Deed(MarkKeyEnterprise(key_enterprise=True, basis="名单"), Role.DISPATCHER)
    life.do(marked).refuses(marked, "nothing-revised")


@pytest.mark.parametrize(
    ("side", "unit", "code"),
    [
        (LiaisonSide.GOVERNMENT, None, "liaison-unit"),
        (LiaisonSide.ENTERPRISE, "bureau", "liaison-unit"),
        (LiaisonSide.GOVERNMENT, "closed", "unit-closed"),
        (LiaisonSide.GOVERNMENT, "nowhere", "unknown-unit"),
    ],
)
def test_liaison_is_refused_when_its_unit_does_not_fit_its_side(
    side: LiaisonSide, unit: str | None, code: str
) -> None:
    """The government's liaison is of an open unit, the enterprise's of none."""
    command = AssignLiaison(
        side=side, unit=unit, person_id="p-1", name="示例人员", phone="028 0000"
    )
    Life().do(RECORD).refuses(Deed(command, Role.INTAKE), code)


def test_liaison_of_the_enterprise_needs_no_unit() -> None:
    """Both sides have a fixed one."""
    command = AssignLiaison(
        side=LiaisonSide.ENTERPRISE, person_id="p-1", name="示例人员", phone="028 0000"
    )
    Life().do(RECORD, Deed(command, Role.INTAKE))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "closed"}, "unit-closed"),
        ({"trained_on": TODAY + timedelta(days=1)}, "training-missing"),
        ({"until_on": date(2026, 9, 13)}, "post-period"),
    ],
)
def test_chief_representative_is_refused_when_the_post_cannot_be_held(
    fields: dict[str, object], code: str
) -> None:
    """Of an open unit, trained first, and for a period that does not end before it begins."""
    command = replace(APPOINT.command, **fields)
    Life().do(RECORD).refuses(Deed(command, Role.DISPATCHER), code)


def test_group_is_joined_and_left_in_turn() -> None:
    """Nobody is in a group twice, or leaves one without being in it."""
    life = Life().do(RECORD)
    life.refuses(LEAVE, "not-in-group")
    life.do(JOIN).refuses(JOIN, "in-group-already")
    life.do(LEAVE, JOIN, LEAVE).refuses(LEAVE, "not-in-group")
