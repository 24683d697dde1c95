"""Without this file a merger, or a lent role, would open what is closed to the unit itself."""

from datetime import timedelta

import pytest

from domain.callbacks import RecordCallbackAttempt
from domain.confidentiality import MarkConfidential
from domain.dispatching import DispatchPetition, SignAssignment
from domain.errors import GuardError, NotPermittedError, WithheldPetitionError
from domain.handling import ContactPetitioner, ReportAsCoHandler
from domain.handling_events import AssignmentSigned, CoHandlerReported, PetitionerContacted
from domain.kin import kin_of
from domain.parties import refuse_other_unit
from domain.principal import Principal
from domain.replying import ApproveReply, ReturnReply
from domain.returns import RequestReturn
from domain.roster import UnitClosedError
from domain.situation import Situation
from domain.transfers import AddCoHandler, TransferAssignment
from domain.visibility import may_see
from domain.vocabulary import CallbackResult, Role
from tests.unit.given_when_then import DAY, START, Deed, given, merged_roster, packs, roster
from tests.unit.petition_stories import (
    ACCEPTED,
    CALLBACK_PENDING,
    DISPATCHED,
    IN_PROGRESS,
    REPLIED,
    REPLY,
    RETURN,
)
from tests.unit.test_confidentiality import ACCUSE

ON = START.date()
APPROVE = ApproveReply()
TRY = RecordCallbackAttempt(result=CallbackResult.NO_REPLY)
SIGN = SignAssignment(handler_id="water-1", handler_name="示例承办人")


def test_kin_are_a_unit_its_heir_and_all_that_the_heir_goes_on_for() -> None:
    """From the day of the merger on, and never more than one office."""
    merged = merged_roster("roads", "bureau").state
    assert kin_of(merged, "roads", ON) == kin_of(merged, "bureau", ON) == {"roads", "bureau"}
    assert kin_of(merged, "bureau", ON - timedelta(days=1)) == {"bureau"}
    assert kin_of(merged, "water", ON) == {"water"}
    assert kin_of(roster().state, None, ON) == frozenset()


@pytest.mark.parametrize("unit", ["roads", "bureau"])
def test_tip_off_stays_hidden_from_the_heir_of_the_accused_unit(unit: str) -> None:
    """Neither read nor acted on, and to the heir there is no such petition."""
    story = given(Deed(ACCUSE, Role.PETITIONER), *ACCEPTED[1:]).after_merger("roads", "bureau")
    dispatch = DispatchPetition(lead="water")
    story.when(dispatch, Role.DISPATCHER, unit=unit).refuses(
        WithheldPetitionError, "unknown-petition"
    )
    caller = Principal(
        actor_id="s", role=Role.SUPERVISION, unit=unit, kin=("bureau", "roads", unit)
    )
    assert not may_see(caller, story.facts)
    to_heir = DispatchPetition(lead="bureau")
    story.when(to_heir, Role.DISPATCHER).refuses(GuardError, "accused-unit")
    assert story.when(dispatch, Role.DISPATCHER).refusal() is None


def test_tip_off_stays_hidden_from_the_accused_in_a_role_that_was_lent_to_them() -> None:
    """Whoever acts for the hub by delegation is still of the unit that is accused."""
    story = given(Deed(ACCUSE, Role.PETITIONER), *ACCEPTED[1:])
    attempt = story.when(DispatchPetition(lead="water"), Role.DISPATCHER, home="roads")
    attempt.refuses(WithheldPetitionError, "unknown-petition")


def test_mark_is_refused_when_the_heir_of_the_accused_unit_handles_it() -> None:
    """A petition of the bureau that accuses what went into the bureau."""
    story = given(*IN_PROGRESS).after_merger("roads", "bureau")
    mark = MarkConfidential(accused_unit="roads", reason="举报路政。")
    story.when(mark, Role.INTAKE).refuses(GuardError, "accused-holds-it")


def test_heir_goes_on_with_what_a_merged_unit_was_ordered_to_do() -> None:
    """It signs, contacts, replies and may ask for a return, all under the old code."""
    story = given(*DISPATCHED).after_merger("bureau", "water")
    story.when(SIGN, Role.HANDLER).refuses(UnitClosedError, "unit-closed")
    back = story.when(RETURN, Role.DEPARTMENT_HEAD, unit="water").decide()
    assert back.facts.lead is not None
    assert back.facts.lead.unit == "bureau"
    signed = story.when(SIGN, Role.HANDLER, unit="water").then(AssignmentSigned)
    called = signed.when(ContactPetitioner(medium="phone"), Role.HANDLER, unit="water")
    replied = called.then(PetitionerContacted).when(REPLY, Role.HANDLER, unit="water").decide()
    assert replied.facts.cycle.replies[-1].unit == "bureau"


def test_heir_of_a_co_handler_reports_for_it() -> None:
    """The lead waits for one report, whoever gives it."""
    helped = given(*DISPATCHED, Deed(AddCoHandler(unit="roads"), Role.DISPATCHER))
    story = helped.after_merger("roads", "water")
    report = ReportAsCoHandler(text="管线无碍。")
    after = story.when(report, Role.HANDLER, unit="water").then(CoHandlerReported)
    assert [each.unit for each in after.facts.assignments if each.reported_at] == ["roads"]
    again = AddCoHandler(unit="water")
    story.when(again, Role.DISPATCHER).refuses(GuardError, "unit-named-twice")


def test_petition_of_a_merged_unit_may_be_transferred_to_its_heir() -> None:
    """The hub may also say so in an order of its own."""
    story = given(*IN_PROGRESS).after_merger("bureau", "water")
    moved = story.when(TransferAssignment(to_unit="water", reason="机构改革。"), Role.DISPATCHER)
    lead = moved.decide().facts.lead
    assert lead is not None
    assert lead.unit == "water"


def test_another_unit_does_not_act_for_a_merged_one() -> None:
    """Only the heir goes on."""
    story = given(*IN_PROGRESS).after_merger("bureau", "water")
    request = RequestReturn(duty_item="parking", reason="非本单位职责。")
    for command, role in ((REPLY, Role.HANDLER), (request, Role.DEPARTMENT_HEAD)):
        story.when(command, role, unit="roads").refuses(GuardError, "not-the-lead")
    contact = ContactPetitioner(medium="phone")
    story.when(contact, Role.HANDLER, unit="roads").refuses(GuardError, "not-assigned")


@pytest.mark.parametrize(
    ("command", "role", "told"),
    [
        (APPROVE, Role.REVIEWER, REPLIED),
        (ReturnReply(reason="未逐项答复。"), Role.REVIEWER, REPLIED),
        (TRY, Role.CALLBACK, CALLBACK_PENDING),
    ],
)
def test_heir_does_not_judge_what_it_took_over(
    command: ApproveReply | ReturnReply | RecordCallbackAttempt,
    role: Role,
    told: tuple[Deed, ...],
) -> None:
    """The reply became its own item, and stays so in a role that the hub lent."""
    story = given(*told).after_merger("bureau", "water")
    story.when(command, role, unit="water").refuses(NotPermittedError, "not-permitted")
    story.when(command, role, home="water").refuses(NotPermittedError, "not-permitted")
    assert story.when(command, role).refusal() is None


def test_own_item_is_not_reviewed_in_a_lent_role() -> None:
    """The person who replied is of the handling unit, whoever named handler there is."""
    story = given(*REPLIED)
    attempt = story.when(APPROVE, Role.REVIEWER, actor="another-handler", home="bureau")
    attempt.refuses(NotPermittedError, "not-permitted")


def test_heir_goes_on_with_what_a_merged_unit_was_in_charge_of() -> None:
    """Dossiers, visits, grants and packages of a unit are its heir's, and no third unit's."""
    merged = merged_roster("bureau", "water")

    def situation(unit: str | None) -> Situation:
        act = Principal(actor_id="h", role=Role.HANDLER, unit=unit).act(START + 2 * DAY)
        return Situation(act, act.occurred_at, merged, packs(), "plain", "")

    refuse_other_unit("bureau", situation("water"))
    for unit in ("roads", None):
        with pytest.raises(NotPermittedError):
            refuse_other_unit("bureau", situation(unit))
