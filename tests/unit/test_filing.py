"""Without this file a petition could come in by a wrong door, or for a wrong enterprise."""

from datetime import timedelta

from msgspec.structs import replace

from domain.credit_code import InvalidCreditCodeError, make_credit_code
from domain.errors import GuardError, LateEntryOrderError
from domain.filing import RegisterPetition
from domain.intake_events import Registered, Submitted
from domain.pack_content import TypeNotInPackError
from domain.vocabulary import Channel, Clock, PetitionState, PetitionType, Role
from tests.unit.given_when_then import DAY, MINUTE, PETITION_ID, given
from tests.unit.petition_stories import ACCEPT, REGISTERED, SUBMISSION, SUBMITTED


def test_submission_starts_the_accept_clock_and_owns_the_petition() -> None:
    """A petitioner owns what they file, and the hub is under a clock at once."""
    story = given().when(SUBMISSION, Role.PETITIONER).then(Submitted)
    assert story.facts.owner_id == "petitioner-1"
    assert story.facts.accept_deadline is not None
    assert story.facts.accept_deadline.clock is Clock.ACCEPT


def test_submission_belongs_to_whom_it_is_filed_for() -> None:
    """Filed on behalf, the petition is owned by the speaker and the medium is kept."""
    command = replace(SUBMISSION, on_behalf_of="p-9", medium="phone")
    story = given().when(command, Role.INTAKE).then(Submitted)
    assert isinstance(story.last, Submitted)
    assert (story.last.owner_id, story.last.medium) == ("p-9", "phone")
    named = given().when(replace(SUBMISSION, owner_id="p-8"), Role.INTAKE).decide()
    assert named.facts.owner_id == "p-8"


def test_submission_is_refused_when_the_medium_is_missing() -> None:
    """Speaking for somebody needs the way they spoke."""
    command = replace(SUBMISSION, on_behalf_of="p-9")
    given().when(command, Role.INTAKE).refuses(GuardError, "medium-missing")


def test_submission_is_refused_when_a_handler_is_at_no_session() -> None:
    """A handler files at a session only."""
    given().when(SUBMISSION, Role.HANDLER).refuses(GuardError, "session-missing")


def test_submission_is_refused_when_the_channel_is_not_in_the_pack() -> None:
    """A city lists its channels."""
    command = replace(SUBMISSION, channel=Channel.NOT_RECORDED)
    given().when(command, Role.INTAKE).refuses(GuardError, "channel-not-in-pack")


def test_submission_is_refused_when_the_type_is_not_in_the_pack() -> None:
    """A city lists its types."""
    command = replace(SUBMISSION, petition_type=PetitionType.TIP_OFF)
    attempt = given(pack="s2_quanzhou").when(command, Role.INTAKE)
    attempt.refuses(TypeNotInPackError, "type-not-in-pack")


def test_submission_is_refused_when_the_credit_code_is_wrong() -> None:
    """An enterprise is named by a valid code, and only by one."""
    code = make_credit_code("91350500MA2XY912A")
    given().when(replace(SUBMISSION, enterprise=code), Role.INTAKE).then(Submitted)
    attempt = given().when(replace(SUBMISSION, enterprise="91350500"), Role.INTAKE)
    attempt.refuses(InvalidCreditCodeError, InvalidCreditCodeError.code)


def test_submission_is_refused_when_it_is_dated_in_the_future() -> None:
    """Five minutes of clock difference are borne, more is not."""
    given().when(SUBMISSION, Role.INTAKE, after=5 * MINUTE, recorded_after=0 * MINUTE).decide()
    late = timedelta(minutes=5, microseconds=1)
    attempt = given().when(SUBMISSION, Role.INTAKE, after=late, recorded_after=0 * MINUTE)
    attempt.refuses(GuardError, "date-in-future")


def test_registration_takes_the_ledgers_number_unless_one_is_given() -> None:
    """The number is the ledger's next, or the clerk's own."""
    similar = (PETITION_ID,)
    story = given(*SUBMITTED).when(RegisterPetition(similar=similar), Role.SYSTEM).then(Registered)
    assert isinstance(story.last, Registered)
    assert (story.facts.number, story.last.similar) == ("20260914000001", similar)
    own = given(*SUBMITTED).when(RegisterPetition(number="QZ-1"), Role.INTAKE).decide()
    assert own.facts.number == "QZ-1"
    assert own.facts.state is PetitionState.REGISTERED


def test_command_is_refused_when_it_is_dated_before_the_latest_act() -> None:
    """Acts of one petition never go back in time; an equal instant is allowed."""
    story = given(*REGISTERED)
    attempt = story.when(ACCEPT, Role.INTAKE, after=-MINUTE, recorded_after=DAY)
    attempt.refuses(LateEntryOrderError, "late-entry-order")
    story.when(ACCEPT, Role.INTAKE, after=0 * MINUTE).decide()


def test_command_is_refused_when_it_is_dated_in_the_future() -> None:
    """What has not happened yet cannot be recorded."""
    attempt = given(*REGISTERED).when(ACCEPT, Role.INTAKE, after=DAY, recorded_after=MINUTE)
    attempt.refuses(GuardError, "date-in-future")


def test_command_may_be_recorded_later_than_it_happened() -> None:
    """Paper comes in late: the claimed time counts."""
    story = given(*REGISTERED).when(ACCEPT, Role.INTAKE, recorded_after=9 * DAY).decide()
    assert story.facts.accepted_at == given(*REGISTERED).at + MINUTE
