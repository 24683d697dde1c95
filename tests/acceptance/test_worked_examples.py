"""The worked examples of domain.md §8, through commands, events, read models and rates."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.callbacks import RatePetition
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.errors import GuardError
from domain.filing import RegisterPetition, SubmitPetition
from domain.mergers import MergePetitions, UnmergePetition
from domain.principal import Principal
from domain.rate import Rate
from domain.reasons import ReopenReason
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply, SubmitReply
from domain.returns import ApproveReturn, RequestReturn
from domain.vocabulary import (
    CallbackBasis,
    Channel,
    Outcome,
    PetitionState,
    PetitionType,
    Role,
    Satisfaction,
)
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition
from ledger.database import Database
from scenarios.cast import CALLER, DISPATCHER, INTAKE, REVIEWER, petitioner, staff
from scenarios.player import open_stage
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import PlayedLedger

OPEN = ("bus-stop", "land-parcel")
REPLY = SubmitReply(
    head_id="head", text="已办理。", outcome=Outcome.RESOLVED, co_report_waiver="不涉及"
)
SUPERVISION = staff(Role.SUPERVISION, "supervision")


@pytest.fixture
def played(shuangliu: Database) -> Iterator[PlayedLedger]:
    """Yield a played ledger of the test's own."""
    with open_stage(shuangliu) as (ledger, clock):
        yield PlayedLedger(shuangliu, ledger, clock, read_scenario("shuangliu"))


def _owner(played: PlayedLedger, key: str) -> Principal:
    owner_id = played.facts(played.petition(key)).owner_id
    assert owner_id is not None
    return petitioner(owner_id)


def _close(played: PlayedLedger, key: str, at: datetime | None = None) -> None:
    """Answer an open petition and bring it to its end, now or as if at an instant."""
    petition_id = played.petition(key)
    lead = played.facts(petition_id).lead
    assert lead is not None
    approval = ApproveReply(sampled_for_callback=False)
    rating = RatePetition(satisfaction=Satisfaction.SATISFIED)
    closing = ClosePetition(basis=CallbackBasis.SAMPLED_OUT)
    acts: tuple[tuple[Principal, PetitionCommand], ...] = (
        (staff(Role.HANDLER, lead.unit), REPLY),
        (REVIEWER, approval),
        (_owner(played, key), rating),
        (REVIEWER, closing),
    )
    for principal, command in acts:
        played.act(petition_id, principal, replace(command, occurred_at=at))


def _withdraw(played: PlayedLedger, key: str) -> None:
    withdrawal = WithdrawPetition(asked_by_unit=False, reason="情况变化，不再需要。")
    played.act(played.petition(key), _owner(played, key), withdrawal)


def test_closure_rate_is_98_46_when_128_of_130_are_closed(played: PlayedLedger) -> None:
    """130 accepted, 128 closed."""
    rate = played.rate("closure_rate")
    assert rate == Rate(128, 130)
    assert rate.percent() == "98.46"
    assert played.rate("satisfaction_rate.all") == rate


def test_closure_rate_rises_when_one_more_is_closed(played: PlayedLedger) -> None:
    """The figure comes from events: a 129th closing changes it, and yesterday's stays."""
    before = played.now
    _close(played, OPEN[0])
    assert played.rate("closure_rate") == Rate(129, 130)
    assert played.rate("satisfaction_rate.all").percent() == "99.23"
    assert played.rate("closure_rate", before) == Rate(128, 130)


def test_closure_rate_falls_when_one_is_reopened(played: PlayedLedger) -> None:
    """A reopened petition is open again: 127/130 = 97.69."""
    reopening = ReopenPetition(reason=ReopenReason.RECURRED, note="督查发现问题反复。")
    played.act(played.petition("waste"), SUPERVISION, reopening)
    rate = played.rate("closure_rate")
    assert rate == Rate(127, 130)
    assert rate.percent() == "97.69"


def test_closure_rate_leaves_out_verified_withdrawals(played: PlayedLedger) -> None:
    """A withdrawal counts as open until it is verified; then it leaves the base: 128/129."""
    _withdraw(played, OPEN[0])
    assert played.rate("closure_rate") == Rate(128, 130)
    verification = VerifyWithdrawal(note="电话核实，系企业自愿。")
    played.act(played.petition(OPEN[0]), CALLER, verification)
    rate = played.rate("closure_rate")
    assert rate == Rate(128, 129)
    assert rate.percent() == "99.22"


def test_closure_rate_is_100_when_both_open_ones_are_withdrawn(played: PlayedLedger) -> None:
    """Verified withdrawal of the last open one: 128/128 = 100.00."""
    for key in OPEN:
        _withdraw(played, key)
        verification = VerifyWithdrawal(note="核实无误。")
        played.act(played.petition(key), CALLER, verification)
    assert played.rate("closure_rate").percent() == "100.00"


def test_closure_rate_keeps_contested_withdrawals(played: PlayedLedger) -> None:
    """Contested instead of verified: 128/129 = 99.22, and the petition is open again."""
    for key in OPEN:
        _withdraw(played, key)
    played.act(played.petition(OPEN[0]), CALLER, VerifyWithdrawal(note="核实无误。"))
    contest = ContestWithdrawal(note="企业称应单位要求撤回。")
    played.act(played.petition(OPEN[1]), CALLER, contest)
    rate = played.rate("closure_rate")
    assert rate == Rate(128, 129)
    assert rate.percent() == "99.22"
    assert played.facts(played.petition(OPEN[1])).state is PetitionState.IN_PROGRESS


def test_closure_rate_counts_a_merged_petition_once(played: PlayedLedger) -> None:
    """One open item merged into the other: 128/129 = 99.22, and unmerged 128/130 again.

    The parent is not withdrawn over the head of the petitioner whose matter was merged into it.
    """
    parent, child = (played.petition(key) for key in OPEN)
    before = played.now
    merger = MergePetitions(children=(child,), reason="同一事实。")
    played.act(parent, DISPATCHER, merger)
    rate = played.rate("closure_rate")
    assert rate == Rate(128, 129)
    assert rate.percent() == "99.22"
    assert played.rate("closure_rate", before) == Rate(128, 130)
    with pytest.raises(GuardError) as refused:
        _withdraw(played, OPEN[0])
    assert refused.value.code == "children-joined"
    played.act(parent, DISPATCHER, UnmergePetition(child=child, reason="事实不同。"))
    assert played.rate("closure_rate") == Rate(128, 130)


def test_withdrawal_after_the_reply_counts_as_closed(played: PlayedLedger) -> None:
    """Withdrawn and verified after the reply: closure 1/1 (domain.md decision 10)."""
    petition_id = played.petition(OPEN[0])
    played.act(petition_id, staff(Role.HANDLER, "transport"), REPLY)
    _withdraw(played, OPEN[0])
    played.act(petition_id, CALLER, VerifyWithdrawal(note="核实无误。"))
    assert played.rate("closure_rate") == Rate(129, 130)


def test_third_return_is_refused_and_the_lead_designated(played: PlayedLedger) -> None:
    """After two approved returns only a designation is left; the petition clock never moved."""
    due_at = played.now.replace(year=2020)
    submission = SubmitPetition(
        channel=Channel.MAIN_SESSION,
        petition_type=PetitionType.APPEAL,
        session_id="main-2019-12-02",
        subject="厂区围墙外边坡排水",
        text="边坡雨后渗水，请明确责任单位处理。",
        petitioner_name="示例联络人",
    )
    petition_id = played.file("third-return", submission, INTAKE)
    played.act(petition_id, INTAKE, RegisterPetition())
    acceptance = AcceptPetition(
        petition_type=PetitionType.APPEAL, category="drainage", proposed_due_at=due_at
    )
    played.act(petition_id, INTAKE, acceptance)
    for unit in ("water", "planning"):
        played.act(petition_id, DISPATCHER, DispatchPetition(lead=unit))
        request = RequestReturn(duty_item="职责目录第 3 条", reason="不属本单位职责。")
        played.act(petition_id, staff(Role.DEPARTMENT_HEAD, unit), request)
        played.act(petition_id, DISPATCHER, ApproveReturn(reason="同意。"))
    with pytest.raises(GuardError) as refused:
        played.act(petition_id, DISPATCHER, DispatchPetition(lead="housing"))
    assert refused.value.code == "designation-required"
    designation = DesignateLeadUnit(lead="housing", reason="经协商指定。")
    played.act(petition_id, DISPATCHER, designation)
    request = RequestReturn(duty_item="职责目录第 1 条", reason="不属本单位职责。")
    with pytest.raises(GuardError) as refused:
        played.act(petition_id, staff(Role.DEPARTMENT_HEAD, "housing"), request)
    assert refused.value.code == "not-returnable"
    signature = SignAssignment(handler_id="housing-handler", handler_name="示例承办人")
    played.act(petition_id, staff(Role.HANDLER, "housing"), signature)
    facts = played.facts(petition_id)
    assert facts.state is PetitionState.IN_PROGRESS
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == due_at


def test_late_entry_changes_an_earlier_day(played: PlayedLedger) -> None:
    """What is entered in December as done in November changes November's figure."""
    november = datetime(2019, 11, 15, 18, 0, tzinfo=played.scenario.zone)
    before = played.rate("closure_rate", november)
    _close(played, OPEN[0], november - timedelta(days=1))
    assert played.rate("closure_rate", november) == Rate(before.n + 1, before.d)
    assert played.rate("closure_rate", november - timedelta(days=2)).n < before.n + 1
