"""Without this file merged petitions could lose their due, their answer or their petitioner."""

from uuid import UUID

from msgspec.structs import replace

from domain.callbacks import RatePetition
from domain.closing_events import Closed, Reopened, ReplyApproved
from domain.corrections import CorrectRecord
from domain.errors import GuardError, ImpossibleTransitionError, NotPermittedError
from domain.filing import SubmitPetition
from domain.joining_events import ChildParted, ChildrenJoined, Merged, Unmerged
from domain.measures import PLACES
from domain.mergers import MergePetitions
from domain.metrics import judge
from domain.reasons import ReopenReason
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply
from domain.standing import effective_due, latest_deadlines
from domain.suspensions import ResumePetition
from domain.vocabulary import PetitionState, PetitionType, Role, Satisfaction
from tests.unit.family_stories import (
    APPROVE,
    CHILD_ID,
    CHILD_OWNER,
    CLOSE,
    MERGE,
    UNMERGE,
    answered,
    as_child,
    called_back,
    child,
    closed,
    merged,
    parent,
)
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    CLOSED,
    EXTEND,
    IN_PROGRESS,
    REGISTERED,
    REOPEN,
    REPLY,
    SOLVED,
    SUBMISSION,
    SUBMITTED,
    SUSPEND,
    VOID,
    WITHDRAW,
)

EARLIER = replace(ACCEPT, petition_type=PetitionType.CONSULTATION)


def earlier_child() -> Story:
    """Return a child that is due earlier than the parent: a consultation of two days."""
    return given(*REGISTERED, Deed(EARLIER, Role.INTAKE), petition_id=CHILD_ID)


def count(story: Story, name: str) -> int:
    """Return one measure of a petition now, over all units."""
    return sum(row[PLACES[name]] for row in judge(story.facts, story.at).values())


def test_merger_records_one_event_in_each_stream() -> None:
    """Both say what they need to know of the other."""
    story = parent().when(MERGE, Role.DISPATCHER).then(ChildrenJoined)
    assert story.facts.child_ids == (CHILD_ID,)
    other = as_child(story)
    assert isinstance(other.last, Merged)
    assert other.facts.state is PetitionState.MERGED
    assert other.facts.parent_id == story.petition_id
    assert other.facts.lead is None


def test_parent_keeps_the_earliest_due_of_its_members() -> None:
    """In the readings with extensions and without; a later due changes nothing."""
    later = merged()
    assert effective_due(later.facts.cycle, later.at) == effective_due(
        given(*IN_PROGRESS).facts.cycle, later.at
    )
    early = earlier_child()
    story = given(*IN_PROGRESS).beside(early).and_then(Deed(MERGE, Role.DISPATCHER))
    assert latest_deadlines(story.facts.cycle) == latest_deadlines(early.facts.cycle)


def test_unmerging_restores_each_own_due_and_state() -> None:
    """The child goes on where it was, and so does the parent's clock."""
    story = given(*IN_PROGRESS).beside(earlier_child())
    both = story.and_then(Deed(MERGE, Role.DISPATCHER))
    apart = both.when(UNMERGE, Role.DISPATCHER).then(ChildParted)
    assert latest_deadlines(apart.facts.cycle) == latest_deadlines(story.facts.cycle)
    other = as_child(apart)
    assert isinstance(other.last, Unmerged)
    assert other.facts.state is PetitionState.ACCEPTED
    assert latest_deadlines(other.facts.cycle) == latest_deadlines(earlier_child().facts.cycle)


def test_unmerged_child_gets_its_unit_back() -> None:
    """Its assignment goes on, and no clock of it starts again."""
    handled = given(*IN_PROGRESS, petition_id=CHILD_ID)
    both = given(*IN_PROGRESS).beside(handled).and_then(Deed(MERGE, Role.DISPATCHER))
    assert as_child(both).facts.lead is None
    other = as_child(both.and_then(Deed(UNMERGE, Role.DISPATCHER))).facts
    assert other.state is PetitionState.IN_PROGRESS
    assert other.lead is not None
    assert (other.lead.unit, other.lead.handler_id) == ("bureau", "handler-1")
    assert other.lead.sign_due_at is None


def test_unmerging_keeps_what_the_parent_stood_still() -> None:
    """A pause under the merged due is added to the own one."""
    both = given(*IN_PROGRESS).beside(earlier_child()).and_then(Deed(MERGE, Role.DISPATCHER))
    stood = both.and_then(
        Deed(SUSPEND, Role.DISPATCHER), Deed(ResumePetition(), Role.DISPATCHER, after=3 * DAY)
    )
    alone = given(*IN_PROGRESS).and_then(
        Deed(SUSPEND, Role.DISPATCHER, after=2 * MINUTE),
        Deed(ResumePetition(), Role.DISPATCHER, after=3 * DAY),
    )
    apart = stood.and_then(Deed(UNMERGE, Role.DISPATCHER))
    assert latest_deadlines(apart.facts.cycle) == latest_deadlines(alone.facts.cycle)


def test_unmerging_leaves_the_earliest_of_those_that_stay() -> None:
    """One of two children goes; the other's due stays."""
    third = UUID(int=11)
    early = given(*REGISTERED, Deed(EARLIER, Role.INTAKE), petition_id=third)
    two = MergePetitions(children=(CHILD_ID, third), reason="同一事实。")
    both = given(*IN_PROGRESS).beside(child(), early).and_then(Deed(two, Role.DISPATCHER))
    apart = both.and_then(Deed(UNMERGE, Role.DISPATCHER))
    assert apart.facts.child_ids == (third,)
    assert latest_deadlines(apart.facts.cycle) == latest_deadlines(early.facts.cycle)


def test_corrected_type_keeps_merged_dues_and_pauses() -> None:
    """The new due counts from the original start, with the time that the clock stood still."""
    both = (
        given(*IN_PROGRESS)
        .beside(earlier_child())
        .and_then(
            Deed(MERGE, Role.DISPATCHER),
            Deed(SUSPEND, Role.DISPATCHER),
            Deed(ResumePetition(), Role.DISPATCHER, after=3 * DAY),
        )
    )
    before = latest_deadlines(both.facts.cycle)
    correct = CorrectRecord(
        field="petition_type", new="matchmaking", reviewer_id="second", reason="录入有误。"
    )
    after = both.and_then(Deed(correct, Role.INTAKE))
    assert latest_deadlines(after.facts.cycle) == before
    apart = after.and_then(Deed(UNMERGE, Role.DISPATCHER))
    due_at = effective_due(apart.facts.cycle, apart.at)
    own = effective_due(both.and_then(Deed(UNMERGE, Role.DISPATCHER)).facts.cycle, apart.at)
    assert due_at is not None
    assert own is not None
    assert due_at > own


def test_merger_is_refused_when_the_petition_is_closed_or_a_parent() -> None:
    """Only what is registered and open, and has nothing merged into it."""
    ended = given(*CLOSED, petition_id=CHILD_ID)
    fresh = given(*SUBMITTED, petition_id=CHILD_ID)
    for other in (ended, fresh):
        story = given(*IN_PROGRESS).beside(other)
        story.when(MERGE, Role.DISPATCHER).refuses(GuardError, "merge-not-open")
    chain = merged()
    above = given(*IN_PROGRESS, petition_id=UUID(int=12)).beside(chain)
    climb = MergePetitions(children=(chain.petition_id,), reason="同一事实。")
    above.when(climb, Role.DISPATCHER).refuses(GuardError, "merge-parent")


def test_merger_is_refused_when_a_petition_is_named_twice() -> None:
    """Nor with itself."""
    twice = MergePetitions(children=(CHILD_ID, CHILD_ID), reason="同一事实。")
    parent().when(twice, Role.DISPATCHER).refuses(GuardError, "petition-named-twice")


def test_merger_is_refused_when_the_parent_is_merged_itself() -> None:
    """No chains: a merged petition takes nobody in."""
    other = as_child(merged())
    other.when(MERGE, Role.DISPATCHER).refuses(ImpossibleTransitionError, "impossible-transition")


def test_merger_is_refused_when_one_of_them_is_confidential() -> None:
    """What is hidden from a unit does not join what is not."""
    hidden = replace(SUBMISSION, accused_unit="roads")
    secret = given(Deed(hidden, Role.PETITIONER), *ACCEPTED[1:], petition_id=CHILD_ID)
    story = given(*IN_PROGRESS).beside(secret)
    story.when(MERGE, Role.DISPATCHER).refuses(GuardError, "confidential-apart")
    assert isinstance(hidden, SubmitPetition)


def test_merger_and_unmerging_are_refused_when_an_extension_is_open() -> None:
    """Two changes of one due never overtake each other."""
    asked = parent().and_then(Deed(EXTEND, Role.HANDLER))
    asked.when(MERGE, Role.DISPATCHER).refuses(GuardError, "extension-open")
    both = merged().and_then(Deed(EXTEND, Role.HANDLER))
    both.when(UNMERGE, Role.DISPATCHER).refuses(GuardError, "extension-open")


def test_unmerging_is_refused_when_it_was_not_merged() -> None:
    """The child is named by its id."""
    parent().when(UNMERGE, Role.DISPATCHER).refuses(GuardError, "not-joined")


def test_unmerging_is_refused_when_the_answer_was_given() -> None:
    """After the common answer the petitioner may have it reopened."""
    story = answered()
    story.when(UNMERGE, Role.DISPATCHER).refuses(GuardError, "child-answered")


def test_parent_with_children_is_not_withdrawn_or_voided() -> None:
    """The children would end with it."""
    story = merged()
    story.when(WITHDRAW, Role.PETITIONER).refuses(GuardError, "children-joined")
    story.when(VOID, Role.INTAKE).refuses(GuardError, "children-joined")


def test_every_petitioner_gets_the_reply_and_is_called_back() -> None:
    """The parent is not closed before each was asked."""
    story = merged().and_then(Deed(REPLY, Role.HANDLER))
    early = as_child(story).when(SOLVED, Role.CALLBACK)
    early.refuses(GuardError, "not-answered")
    story.when(ApproveReply(), Role.REVIEWER).refuses(GuardError, "shared-reply-missing")
    shared = story.when(APPROVE, Role.REVIEWER).then(ReplyApproved)
    assert as_child(shared).facts.cycle.replies[-1].unit == "bureau"
    alone = shared.and_then(Deed(SOLVED, Role.CALLBACK))
    alone.when(CLOSE, Role.REVIEWER).refuses(GuardError, "child-not-called-back")
    both = called_back()
    ended = both.when(CLOSE, Role.REVIEWER).then(Closed)
    other = as_child(ended).facts
    assert other.state is PetitionState.CLOSED
    assert other.cycle.reopen_until == ended.facts.cycle.reopen_until


def test_handling_unit_does_not_call_back_the_petitioners_of_merged_ones() -> None:
    """The child was never its own, the answer is."""
    other = as_child(answered())
    other.when(SOLVED, Role.CALLBACK, unit="bureau").refuses(NotPermittedError, "not-permitted")


def test_petitioner_of_a_merged_petition_rates_the_common_answer() -> None:
    """Not before there is one."""
    rate = RatePetition(satisfaction=Satisfaction.DISSATISFIED)
    waiting = as_child(merged())
    waiting.when(rate, Role.PETITIONER, actor=CHILD_OWNER).refuses(GuardError, "not-answered")
    rated = as_child(answered()).and_then(Deed(rate, Role.PETITIONER, actor=CHILD_OWNER))
    assert count(rated, "dissatisfied") == 1


def test_merged_child_counts_in_no_rate_but_its_petitioner_answers() -> None:
    """Closure –/–, satisfaction 1 per petitioner, and the accepted still add up."""
    other = as_child(called_back(child_satisfied=False))
    counts = {name: count(other, name) for name in ("received", "accepted", "merged", "base")}
    assert counts == {"received": 1, "accepted": 1, "merged": 1, "base": 0}
    assert (count(other, "dissatisfied"), count(other, "closed")) == (1, 0)
    ended = as_child(closed())
    assert (count(ended, "merged"), count(ended, "satisfied")) == (1, 1)
    early = given(*REGISTERED, petition_id=CHILD_ID)
    story = given(*IN_PROGRESS).beside(early).and_then(Deed(MERGE, Role.DISPATCHER))
    assert count(as_child(story), "ended_before") == 1
    assert count(as_child(story), "merged") == 0


def test_reopened_parent_takes_its_children_along() -> None:
    """They wait for the new answer; the child is reopened through its parent."""
    story = closed()
    other = as_child(story)
    alone = other.when(REOPEN, Role.PETITIONER, actor=CHILD_OWNER)
    alone.refuses(GuardError, "ask-the-parent")
    again = ReopenPetition(reason=ReopenReason.UNRESOLVED, note="未解决。")
    opened = story.when(again, Role.SUPERVISION).then(Reopened)
    assert as_child(opened).facts.state is PetitionState.MERGED
    waiting = as_child(opened).when(SOLVED, Role.CALLBACK)
    waiting.refuses(GuardError, "not-answered")
    assert story.at + MINUTE == opened.at
