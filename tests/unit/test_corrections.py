"""Without this file a correction could move a due by nobody's rule, or a rate by one person."""

from datetime import datetime

from msgspec.structs import replace

from domain.corrections import CorrectRecord
from domain.credit_code import InvalidCreditCodeError
from domain.errors import GuardError, NotPermittedError
from domain.intake_events import RecordCorrected, Voided
from domain.pack_content import TypeNotInPackError
from domain.standing import effective_due
from domain.vocabulary import Channel, PetitionState, PetitionType, Role
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import Deed, given
from tests.unit.petition_stories import (
    ACCEPTED,
    CLOSED,
    EXTEND,
    IN_PROGRESS,
    REGISTERED,
    REOPEN,
    SUBMITTED,
    VOID,
    imported,
)
from tests.unit.test_extensions import GRANT, TELL, TOLD

TO_SUGGESTION = CorrectRecord(
    field="petition_type", new="suggestion", reviewer_id="second", reason="归类有误。"
)
REGION = CorrectRecord(field="region", new="east", reviewer_id="second", reason="录入有误。")


def test_correction_keeps_what_was_wrong() -> None:
    """Old and new value stand in the event, and a value may be taken back."""
    story = given(*ACCEPTED).when(REGION, Role.INTAKE).then(RecordCorrected)
    assert story.facts.region == "east"
    back = story.when(replace(REGION, new=None), Role.INTAKE).then(RecordCorrected)
    assert isinstance(back.last, RecordCorrected)
    assert (back.last.old, back.last.new, back.facts.region) == ("east", None, None)


def test_corrected_type_computes_the_due_from_the_original_start() -> None:
    """A suggestion has five working days from acceptance, not from the correction."""
    story = given(*IN_PROGRESS).when(TO_SUGGESTION, Role.INTAKE).then(RecordCorrected)
    facts = story.facts
    assert facts.petition_type is PetitionType.SUGGESTION
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == datetime.fromisoformat("2026-09-21T00:00+08:00")


def test_corrected_type_moves_a_granted_extension_with_the_due() -> None:
    """Five more working days count from the new due."""
    story = given(
        *IN_PROGRESS,
        Deed(EXTEND, Role.HANDLER),
        Deed(GRANT, Role.DISPATCHER),
        Deed(TELL, Role.HANDLER),
        Deed(TO_SUGGESTION, Role.INTAKE),
    )
    # 21 to 24 September, then 28 September.
    due_at = datetime.fromisoformat("2026-09-29T00:00+08:00")
    assert effective_due(story.facts.cycle, story.at) == due_at


def test_corrected_type_moves_every_extension_one_after_the_other() -> None:
    """The second counts from the first, as it did when it was granted."""
    rule = read_pack("plain").extension
    assert rule is not None
    extended = tuple(TOLD[len(IN_PROGRESS) :])
    story = given(*IN_PROGRESS).with_pack(extension=replace(rule, count_max=2))
    corrected = story.and_then(*extended, *extended, Deed(TO_SUGGESTION, Role.INTAKE))
    # 28 September as above, then 29 and 30, 8 and 9 October and the made-up Saturday.
    due_at = datetime.fromisoformat("2026-10-11T00:00+08:00")
    assert effective_due(corrected.facts.cycle, corrected.at) == due_at


def test_corrected_type_of_a_reopened_petition_halves_the_new_limit() -> None:
    """The running cycle alone is computed anew: half of five, rounded up."""
    story = given(*CLOSED, Deed(REOPEN, Role.PETITIONER), Deed(TO_SUGGESTION, Role.INTAKE))
    first, second = story.facts.cycles
    assert first.deadline == given(*CLOSED).facts.cycle.deadline
    assert second.deadline is not None
    assert second.deadline.due_at == datetime.fromisoformat("2026-09-18T00:00+08:00")


def test_correction_before_acceptance_moves_no_due() -> None:
    """Nothing is pinned yet."""
    facts = given(*REGISTERED).when(TO_SUGGESTION, Role.INTAKE).decide().facts
    assert facts.petition_type is PetitionType.SUGGESTION
    assert facts.cycles == []


def test_correction_of_an_imported_type_keeps_the_stated_due() -> None:
    """What the old system promised is a fact of its file."""
    facts = given(imported()).when(TO_SUGGESTION, Role.INTAKE).decide().facts
    assert facts.cycle.deadline == given(imported()).facts.cycle.deadline


def test_correction_is_refused_when_the_pack_does_not_handle_the_type() -> None:
    """Before and after acceptance alike."""
    tip_off = replace(TO_SUGGESTION, new="tip_off")
    for deeds in (REGISTERED, ACCEPTED):
        story = given(*deeds, pack="s2_quanzhou")
        story.when(tip_off, Role.INTAKE).refuses(TypeNotInPackError, "type-not-in-pack")


def test_correction_is_refused_when_the_value_is_not_in_the_list() -> None:
    """A type is one of the types, a channel one of the pack's."""
    story = given(*ACCEPTED)
    for command in (
        replace(TO_SUGGESTION, new="gossip"),
        replace(TO_SUGGESTION, new=None),
        replace(REGION, field="channel", new=Channel.NOT_RECORDED.value),
    ):
        story.when(command, Role.INTAKE).refuses(GuardError, "value-not-in-list")
    phone = replace(REGION, field="channel", new="phone")
    assert story.when(phone, Role.INTAKE).decide().facts.channel is Channel.PHONE


def test_correction_is_refused_when_the_credit_code_is_wrong() -> None:
    """A wrong enterprise is not corrected into another wrong one."""
    attempt = given(*ACCEPTED).when(replace(REGION, field="enterprise", new="123"), Role.INTAKE)
    attempt.refuses(InvalidCreditCodeError, "invalid-credit-code")


def test_correction_is_refused_when_it_changes_nothing() -> None:
    """The log keeps no empty acts."""
    story = given(*ACCEPTED, Deed(REGION, Role.INTAKE))
    story.when(REGION, Role.INTAKE).refuses(GuardError, "nothing-to-correct")


def test_correction_and_voiding_need_two_persons() -> None:
    """One person alone changes no record."""
    story = given(*ACCEPTED)
    for command in (replace(REGION, reviewer_id="intake-1"), replace(VOID, reviewer_id="intake-1")):
        story.when(command, Role.INTAKE).refuses(NotPermittedError, "not-permitted")


def test_voiding_ends_an_open_petition() -> None:
    """A test entry leaves every rate."""
    for deeds in (SUBMITTED, IN_PROGRESS):
        facts = given(*deeds).when(VOID, Role.INTAKE).then(Voided).facts
        assert facts.state is PetitionState.VOIDED
        assert facts.lead is None
