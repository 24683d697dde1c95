"""Without this file a deputy could approve after the leave is over, or before it begins."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.delegation_commands import EndDelegation
from domain.delegations import DelegationPeriodError, NotDelegatedError, acts_as
from domain.principal import Principal
from domain.roster import Roster
from domain.vocabulary import Role
from tests.unit.given_when_then import DAY, START
from tests.unit.government_lives import END_LENDING, HEAD, LEND, roster_life
from tests.unit.resource_story import Deed, Life

DEPUTY = Principal(actor_id="deputy-1", role=Role.HANDLER, unit="bureau")
STARTS, ENDS = START + DAY, START + 8 * DAY


def lend(**fields: object) -> Deed:
    """Return a delegation that differs in some fields."""
    return Deed(replace(LEND.command, **fields), HEAD)


def roster_of(life: Life) -> Roster:
    """Return the roster of a life."""
    assert isinstance(life.aggregate, Roster)
    return life.aggregate


def test_deputy_acts_as_the_head_within_the_period_alone() -> None:
    """From the first instant on, and no longer at the last."""
    lent = roster_of(roster_life().do(LEND)).state.delegations
    for at in (STARTS, ENDS - timedelta(microseconds=1)):
        acting, for_whom = acts_as(DEPUTY, at, role=HEAD, delegations=lent)
        assert acting == Principal(actor_id="deputy-1", role=HEAD, unit="bureau")
        assert for_whom == "department_head-1"
    for at in (STARTS - timedelta(microseconds=1), ENDS):
        with pytest.raises(DelegationPeriodError) as refused:
            acts_as(DEPUTY, at, role=HEAD, delegations=lent)
        assert refused.value.code == "delegation-out-of-period"


def test_deputy_acts_no_longer_when_the_delegation_was_ended() -> None:
    """What was lent can be taken back before its time."""
    early = EndDelegation(number=1, occurred_at=START + 3 * DAY)
    lent = roster_of(roster_life().do(LEND, Deed(early, HEAD))).state.delegations
    assert acts_as(DEPUTY, STARTS, role=HEAD, delegations=lent).on_behalf_of
    with pytest.raises(DelegationPeriodError):
        acts_as(DEPUTY, START + 3 * DAY, role=HEAD, delegations=lent)


def test_nobody_acts_in_a_role_that_was_never_lent() -> None:
    """Another role, another account: neither follows from a delegation."""
    lent = roster_of(roster_life().do(LEND)).state.delegations
    stranger = Principal(actor_id="deputy-2", role=Role.HANDLER, unit="bureau")
    for principal, role in ((DEPUTY, Role.REVIEWER), (stranger, HEAD)):
        with pytest.raises(NotDelegatedError) as refused:
            acts_as(principal, STARTS, role=role, delegations=lent)
        assert refused.value.code == "not-delegated"


def test_ones_own_role_needs_no_delegation() -> None:
    """Who holds the role acts for themselves."""
    own = Principal(actor_id="head-2", role=HEAD, unit="roads")
    assert acts_as(own, START, role=HEAD, delegations=()) == (own, None)


def test_later_delegation_counts_when_two_are_in_force() -> None:
    """Two heads lend to one deputy: the deputy stands for the one who did last."""
    other = Deed(LEND.command, HEAD, "roads", "head-2")
    lent = roster_of(roster_life().do(LEND, other)).state.delegations
    acting, for_whom = acts_as(DEPUTY, STARTS, role=HEAD, delegations=lent)
    assert (acting.unit, for_whom) == ("roads", "head-2")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to_account": "department_head-1"}, "not-permitted"),
        ({"ends_at": STARTS}, "delegation-period"),
        ({"starts_at": START - 9 * DAY, "ends_at": START}, "delegation-period"),
        ({"ends_at": STARTS + 367 * DAY}, "delegation-period"),
    ],
)
def test_delegation_is_refused_when_its_period_or_its_deputy_is_none(
    fields: dict[str, object], code: str
) -> None:
    """It ends after it starts, after now, within a year, and goes to somebody else."""
    roster_life().refuses(lend(**fields), code)


def test_delegation_is_ended_by_its_grantor_or_an_administrator_once() -> None:
    """Another head cannot end it, a number nobody gave is unknown, and over is over."""
    life = roster_life().do(LEND)
    life.refuses(Deed(END_LENDING.command, HEAD, "roads", "head-2"), "not-permitted")
    life.refuses(Deed(EndDelegation(number=2), HEAD), "unknown-delegation")
    life.do(Deed(END_LENDING.command, Role.ADMIN)).refuses(END_LENDING, "delegation-over")
