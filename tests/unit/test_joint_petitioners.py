"""Without this file one petitioner of many could speak for all, or none be asked."""

from domain.callbacks import CompleteCallback, RatePetition
from domain.closing import ClosePetition
from domain.errors import GuardError, NotPermittedError
from domain.joining_events import JointPetitionerAdded
from domain.joint_petitioners import AddJointPetitioner
from domain.measures import PLACES
from domain.metrics import judge
from domain.vocabulary import CallbackBasis, Resolution, Role, Satisfaction
from tests.unit.given_when_then import Deed, Story, given
from tests.unit.petition_stories import CALLBACK_PENDING, IN_PROGRESS, JOIN, SOLVED, WITHDRAW

STORY = given(*IN_PROGRESS).and_then(Deed(JOIN, Role.PETITIONER))
WAITING = STORY.and_then(*CALLBACK_PENDING[len(IN_PROGRESS) :])
ANGRY = CompleteCallback(
    resolution=Resolution.UNRESOLVED,
    satisfaction=Satisfaction.DISSATISFIED,
    petitioner_id="petitioner-2",
)


def answers(story: Story) -> dict[str, int]:
    """Return what counts of the answers."""
    row = judge(story.facts, story.at)["bureau"]
    return {name: row[PLACES[name]] for name in ("satisfied", "dissatisfied")}


def test_joint_petitioner_is_added_once() -> None:
    """By the contact person or by intake."""
    given(*IN_PROGRESS).when(JOIN, Role.INTAKE).then(JointPetitionerAdded)
    STORY.when(JOIN, Role.INTAKE).refuses(GuardError, "already-petitioner")
    owner = AddJointPetitioner(account="petitioner-1", petitioner_name="示例诉求人")
    STORY.when(owner, Role.INTAKE).refuses(GuardError, "already-petitioner")


def test_contact_person_alone_acts_for_all() -> None:
    """Another one may be named; then the first is not it any more."""
    STORY.when(WITHDRAW, Role.PETITIONER, actor="petitioner-2").refuses(
        NotPermittedError, "not-permitted"
    )
    other = AddJointPetitioner(account="petitioner-3", petitioner_name="第三人", contact=True)
    story = STORY.and_then(Deed(other, Role.PETITIONER))
    assert story.facts.contact == "petitioner-3"
    assert story.when(WITHDRAW, Role.PETITIONER, actor="petitioner-3").refusal() is None
    story.when(WITHDRAW, Role.PETITIONER, actor="petitioner-1").refuses(
        NotPermittedError, "not-permitted"
    )


def test_each_answer_is_kept_and_the_contact_persons_counts() -> None:
    """Two callbacks on one reply, by two people."""
    both = WAITING.and_then(Deed(SOLVED, Role.CALLBACK), Deed(ANGRY, Role.CALLBACK))
    assert len(both.facts.cycle.answers) == 2
    assert answers(both) == {"satisfied": 1, "dissatisfied": 0}
    both.when(ANGRY, Role.CALLBACK).refuses(GuardError, "callback-completed")
    rate = RatePetition(satisfaction=Satisfaction.DISSATISFIED)
    rated = both.and_then(Deed(rate, Role.PETITIONER, actor="petitioner-2"))
    assert rated.facts.cycle.answers[-1].petitioner == "petitioner-2"
    assert answers(rated) == answers(both)


def test_callback_is_refused_when_the_person_is_no_petitioner() -> None:
    """Nobody's answer is put into another's mouth."""
    stranger = CompleteCallback(
        resolution=Resolution.RESOLVED,
        satisfaction=Satisfaction.SATISFIED,
        petitioner_id="petitioner-9",
    )
    WAITING.when(stranger, Role.CALLBACK).refuses(GuardError, "not-a-petitioner")
    rate = RatePetition(satisfaction=Satisfaction.SATISFIED)
    WAITING.when(rate, Role.PETITIONER, actor="petitioner-9").refuses(
        NotPermittedError, "not-permitted"
    )


def test_petition_is_closed_on_the_contact_persons_answer() -> None:
    """Another petitioner's answer is kept, and settles nothing for all."""
    story = WAITING.and_then(Deed(ANGRY, Role.CALLBACK))
    close = ClosePetition(basis=CallbackBasis.COMPLETED)
    story.when(close, Role.REVIEWER).refuses(GuardError, "callback-not-settled")
    both = story.and_then(Deed(SOLVED, Role.CALLBACK))
    assert both.when(close, Role.REVIEWER).refusal() is None
