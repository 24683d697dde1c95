"""Without this file splitting could reset a clock, or count a petition twice."""

from msgspec.structs import replace

from domain.errors import GuardError
from domain.joining_events import Split
from domain.measures import PLACES
from domain.metrics import judge
from domain.splitting import SplitPart
from domain.standing import latest_deadlines
from domain.vocabulary import PetitionState, Role
from tests.unit.given_when_then import Deed, Story, given
from tests.unit.petition_stories import ACCEPTED, REGISTERED, SPLIT
from tests.unit.test_confidentiality import ACCUSE

STORY = given(*ACCEPTED)


def parts(story: Story) -> list[Story]:
    """Return the petitions that a split began."""
    assert isinstance(story.last, Split)
    return [story.turn_to(each) for each in story.last.children]


def test_parts_go_on_by_themselves_on_the_clock_that_runs() -> None:
    """Numbered, accepted and due as the whole was."""
    story = STORY.when(SPLIT, Role.DISPATCHER).then(Split)
    assert story.facts.state is PetitionState.SPLIT
    first, second = (part.facts for part in parts(story))
    assert [first.number, second.number] == ["20260914000001-1", "20260914000001-2"]
    for part in (first, second):
        assert part.state is PetitionState.ACCEPTED
        assert part.split_from == story.petition_id
        assert part.owner_id == STORY.facts.owner_id
        assert part.policy_pack == STORY.facts.policy_pack
        assert latest_deadlines(part.cycle) == latest_deadlines(STORY.facts.cycle)


def test_parts_of_what_is_only_registered_wait_for_acceptance() -> None:
    """On the accept clock of the whole."""
    story = given(*REGISTERED).when(SPLIT, Role.DISPATCHER).then(Split)
    for part in parts(story):
        assert part.facts.state is PetitionState.REGISTERED
        assert part.facts.accept_deadline == given(*REGISTERED).facts.accept_deadline


def test_parts_count_and_the_whole_does_not() -> None:
    """Before the split the whole counted, and as of then it still does."""
    story = STORY.and_then(Deed(SPLIT, Role.DISPATCHER))
    received = [
        sum(row[PLACES["received"]] for row in judge(each.facts, story.at).values())
        for each in (story, *parts(story))
    ]
    assert received == [0, 1, 1]
    before = judge(story.facts, STORY.at)
    assert before == judge(STORY.facts, STORY.at)


def test_parts_of_a_confidential_petition_are_confidential() -> None:
    """What it accuses is not lost on the way."""
    story = given(Deed(ACCUSE, Role.PETITIONER), *ACCEPTED[1:])
    for part in parts(story.and_then(Deed(SPLIT, Role.DISPATCHER))):
        assert (part.facts.confidential, part.facts.accused_unit) == (True, "roads")


def test_split_is_refused_when_the_number_is_another_ones() -> None:
    """The number is said again, and it is what the parts are named by."""
    other = replace(SPLIT, number="20260914000002")
    STORY.when(other, Role.DISPATCHER).refuses(GuardError, "number-differs")
    assert SPLIT.claims == ("number:20260914000001-1", "number:20260914000001-2")


def test_parts_have_ids_that_follow_from_the_whole() -> None:
    """The same command gives the same petitions."""
    again = [
        [part.petition_id for part in parts(STORY.and_then(Deed(command, Role.DISPATCHER)))]
        for command in (
            SPLIT,
            replace(SPLIT, parts=(*SPLIT.parts, SplitPart(subject="3", text="3"))),
        )
    ]
    assert again[1][:2] == again[0]
