"""Without this file the unit that is accused could learn of it, or handle it."""

import pytest
from msgspec.structs import replace

from domain.aftercare_events import MarkedConfidential
from domain.confidentiality import MarkConfidential
from domain.corrections import CorrectRecord
from domain.dispatching import DispatchPetition
from domain.errors import GuardError, WithheldPetitionError
from domain.handling_events import Dispatched
from domain.principal import Principal
from domain.roster import UnknownUnitError
from domain.transfers import AddCoHandler, TransferAssignment
from domain.visibility import may_see
from domain.vocabulary import PetitionType, Role
from tests.unit.family_stories import CHILD_ID, MERGE, merged
from tests.unit.given_when_then import Deed, given
from tests.unit.petition_stories import (
    ACCEPTED,
    IN_PROGRESS,
    JOIN,
    REGISTERED,
    SUBMISSION,
)

ACCUSE = replace(SUBMISSION, petition_type=PetitionType.TIP_OFF, accused_unit="roads")
ACCUSED = given(Deed(ACCUSE, Role.PETITIONER), *REGISTERED[1:])
MARK = MarkConfidential(accused_unit="roads", reason="举报路政。")


def of(unit: str | None, role: Role, actor: str = "somebody") -> Principal:
    """Return a caller."""
    return Principal(actor_id=actor, role=role, unit=unit)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PETITIONER}))
def test_nobody_of_the_accused_unit_may_know_of_it(role: Role) -> None:
    """Whatever the role; others see it as before, and the petitioner their own."""
    assert not may_see(of("roads", role), ACCUSED.facts)
    assert may_see(of("hub", Role.INTAKE), ACCUSED.facts)
    assert may_see(of(None, Role.PETITIONER, "petitioner-1"), ACCUSED.facts)
    assert not may_see(of(None, Role.PETITIONER, "petitioner-2"), ACCUSED.facts)


def test_accused_unit_may_give_no_command() -> None:
    """To it there is no such petition."""
    command = AddCoHandler(unit="water")
    story = given(*IN_PROGRESS).and_then(Deed(MARK, Role.INTAKE))
    attempt = story.when(command, Role.DISPATCHER, unit="roads")
    attempt.refuses(WithheldPetitionError, "unknown-petition")
    assert story.when(command, Role.DISPATCHER).refusal() is None


def test_accused_unit_gets_no_order() -> None:
    """Neither as lead nor as co-handler, nor by a transfer."""
    story = given(Deed(ACCUSE, Role.PETITIONER), *ACCEPTED[1:])
    for order in (
        DispatchPetition(lead="roads"),
        DispatchPetition(lead="bureau", co_handlers=("roads",)),
    ):
        story.when(order, Role.DISPATCHER).refuses(GuardError, "accused-unit")
    handled = given(*IN_PROGRESS).and_then(Deed(MARK, Role.INTAKE))
    pass_on = TransferAssignment(to_unit="roads", reason="职责调整。")
    handled.when(pass_on, Role.DISPATCHER).refuses(GuardError, "accused-unit")
    story.when(DispatchPetition(lead="bureau"), Role.DISPATCHER).then(Dispatched)


def test_petition_that_becomes_a_tip_off_is_confidential_and_stays_so() -> None:
    """By acceptance or by correction; a later correction does not open it."""
    assert given(Deed(ACCUSE, Role.PETITIONER)).facts.confidential
    correct = CorrectRecord(
        field="petition_type", new="tip_off", reviewer_id="second", reason="录入有误。"
    )
    story = given(*ACCEPTED)
    assert not story.facts.confidential
    hidden = story.and_then(Deed(correct, Role.INTAKE))
    assert hidden.facts.confidential
    back = hidden.and_then(Deed(replace(correct, new="appeal"), Role.INTAKE))
    assert back.facts.confidential


def test_petition_is_marked_confidential_at_any_time() -> None:
    """Whom it accuses may be learnt later, or not at all."""
    story = given(*IN_PROGRESS).when(MARK, Role.INTAKE).then(MarkedConfidential)
    assert (story.facts.confidential, story.facts.accused_unit) == (True, "roads")
    bare = MarkConfidential(reason="涉商业秘密。")
    again = story.when(bare, Role.DISPATCHER).then(MarkedConfidential)
    assert again.facts.accused_unit == "roads"


def test_mark_is_refused_when_the_accused_unit_handles_it() -> None:
    """First it is given to somebody else."""
    own = replace(MARK, accused_unit="bureau")
    given(*IN_PROGRESS).when(own, Role.INTAKE).refuses(GuardError, "accused-holds-it")


def test_accused_unit_is_one_of_the_roster() -> None:
    """A misspelt code would hide nothing from anybody."""
    nowhere = replace(MARK, accused_unit="nowhere")
    given(*IN_PROGRESS).when(nowhere, Role.INTAKE).refuses(UnknownUnitError, "unknown-unit")
    wrong = replace(ACCUSE, accused_unit="nowhere")
    given().when(wrong, Role.PETITIONER).refuses(UnknownUnitError, "unknown-unit")


def test_joint_petitioner_sees_the_petition() -> None:
    """Whoever stands behind it may follow it."""
    story = given(*IN_PROGRESS).and_then(Deed(JOIN, Role.PETITIONER))
    assert may_see(of(None, Role.PETITIONER, "petitioner-2"), story.facts)
    assert not may_see(of(None, Role.PETITIONER, "petitioner-3"), story.facts)


def test_mark_spreads_to_what_was_merged_into_the_petition() -> None:
    """Each cites the other, so what is hidden of one is hidden of both."""
    story = merged()
    child_id = story.facts.child_ids[0]
    marked = story.and_then(Deed(MARK, Role.DISPATCHER))
    child = marked.turn_to(child_id)
    assert (child.facts.confidential, child.facts.accused_unit) == (True, "roads")
    story.turn_to(child_id).when(MARK, Role.DISPATCHER).refuses(GuardError, "ask-the-parent")


def test_hidden_petition_cannot_be_found_out_by_merging_it() -> None:
    """Whoever names it in an act on another petition hears that there is none."""
    hidden = given(Deed(ACCUSE, Role.PETITIONER), *ACCEPTED[1:], petition_id=CHILD_ID)
    story = given(*IN_PROGRESS).beside(hidden)
    attempt = story.when(MERGE, Role.DISPATCHER, unit="roads")
    attempt.refuses(WithheldPetitionError, "unknown-petition")
    story.when(MERGE, Role.DISPATCHER).refuses(GuardError, "confidential-apart")
