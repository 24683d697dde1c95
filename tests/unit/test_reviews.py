"""Without this file a unit could review itself, or a review go on without end."""

from datetime import timedelta

from msgspec.structs import replace

from domain.aftercare_events import ReviewDecided, ReviewRequested
from domain.closing_events import Reopened
from domain.errors import GuardError
from domain.pack_content import PackContent
from domain.reviews import DecideReview, RequestReview
from domain.standing import last_reply
from domain.superiority import stands_above
from domain.vocabulary import Clock, PetitionState, ReviewResult, Role
from scenarios.pack_files import read_pack
from tests.unit.family_stories import CHILD_OWNER, as_child
from tests.unit.family_stories import closed as closed_family
from tests.unit.given_when_then import DAY, MINUTE, Deed, given, roster
from tests.unit.petition_stories import ACCEPT, CLOSED, DECLINE, REGISTERED, REOPEN, running

ASK = RequestReview(reason="不服答复。")
UPHOLD = DecideReview(result=ReviewResult.UPHELD, reason="答复适当。")
OVERTURN = DecideReview(result=ReviewResult.OVERTURNED, reason="事实不清。")
STORY = given(*CLOSED)
ASKED = STORY.and_then(Deed(ASK, Role.PETITIONER))
REFUSED = given(*REGISTERED, Deed(DECLINE, Role.INTAKE))


def test_review_is_asked_for_and_decided_by_a_superior_unit() -> None:
    """Upheld, the petition stays closed."""
    story = STORY.when(ASK, Role.PETITIONER).then(ReviewRequested)
    assert running(story, Clock.REVIEW) is not None
    decided = story.when(UPHOLD, Role.REVIEWER, unit="province").then(ReviewDecided)
    assert decided.facts.state is PetitionState.CLOSED
    assert running(decided, Clock.REVIEW) is None


def test_second_level_is_decided_higher_still_and_is_final() -> None:
    """Review by the province, re-review above it, then nobody."""
    first = ASKED.and_then(Deed(UPHOLD, Role.REVIEWER, unit="province"))
    again = first.and_then(Deed(ASK, Role.PETITIONER))
    assert again.facts.reviews[-1].level == 2
    again.when(UPHOLD, Role.REVIEWER, unit="province").refuses(GuardError, "not-superior")
    final = again.and_then(Deed(UPHOLD, Role.REVIEWER, unit="ministry"))
    final.when(ASK, Role.PETITIONER).refuses(GuardError, "review-final")


def test_overturned_reply_opens_a_new_cycle() -> None:
    """And a new reply may be reviewed again from the first level."""
    story = ASKED.when(OVERTURN, Role.REVIEWER, unit="province").then(ReviewDecided, Reopened)
    assert story.facts.state is PetitionState.IN_PROGRESS
    assert len(story.facts.cycles) == 2


def test_overturned_refusal_is_to_be_accepted() -> None:
    """The hub that refused neither decides on it nor refuses again."""
    asked = REFUSED.and_then(Deed(ASK, Role.PETITIONER))
    asked.when(OVERTURN, Role.REVIEWER).refuses(GuardError, "not-superior")
    story = asked.when(OVERTURN, Role.REVIEWER, unit="province").then(ReviewDecided)
    assert story.facts.state is PetitionState.REGISTERED
    story.when(DECLINE, Role.INTAKE).refuses(GuardError, "refusal-overturned")
    accepted = story.and_then(Deed(ACCEPT, Role.INTAKE))
    assert accepted.facts.state is PetitionState.ACCEPTED


def test_review_is_asked_for_within_thirty_days_of_the_written_reply() -> None:
    """At the end of the thirtieth day, and not after it."""
    reply = last_reply(STORY.facts.cycle, STORY.at)
    assert reply is not None
    # The thirtieth day, 14 October, is a working day; the day ends at 16:00 UTC.
    end = (reply.replied_at + 30 * DAY).replace(hour=16, minute=0)
    STORY.when(ASK, Role.PETITIONER, after=end - STORY.at).then(ReviewRequested)
    late = STORY.when(ASK, Role.PETITIONER, after=end - STORY.at + timedelta(seconds=1))
    late.refuses(GuardError, "review-asked-late")


def test_review_is_refused_when_one_is_pending_or_none_was_asked_for() -> None:
    """One at a time, and only on request."""
    ASKED.when(ASK, Role.PETITIONER).refuses(GuardError, "review-pending")
    ended = STORY.when(UPHOLD, Role.REVIEWER, unit="province")
    ended.refuses(GuardError, "no-review-pending")


def test_review_is_refused_when_the_pack_knows_none() -> None:
    """Quanzhou's rules have no review; a reopening is left."""
    STORY.with_pack(review=None).when(ASK, Role.PETITIONER).refuses(GuardError, "no-review-rule")


def test_review_is_refused_when_the_unit_stands_no_higher() -> None:
    """A neighbour does not review a neighbour."""
    ASKED.when(UPHOLD, Role.REVIEWER, unit="roads").refuses(GuardError, "not-superior")


def test_review_of_a_merged_petition_is_asked_of_its_parent() -> None:
    """There is one reply, so there is one review."""
    other = as_child(closed_family())
    attempt = other.when(ASK, Role.PETITIONER, actor=CHILD_OWNER)
    attempt.refuses(GuardError, "ask-the-parent")


def test_review_of_an_earlier_cycle_does_not_bar_the_next() -> None:
    """Reopened and answered anew, the levels begin again."""
    reopened = STORY.and_then(Deed(REOPEN, Role.PETITIONER), *CLOSED[-4:])
    assert reopened.facts.state is PetitionState.CLOSED
    asked = reopened.and_then(Deed(ASK, Role.PETITIONER))
    assert (asked.facts.reviews[-1].level, asked.facts.reviews[-1].cycle) == (1, 2)


def test_superior_is_of_a_higher_tier_or_a_parent() -> None:
    """Not of the same tier without being one."""
    state = roster().state
    assert stands_above(state, "province", "bureau")
    assert stands_above(state, "ministry", "province")
    assert not stands_above(state, "province", "ministry")
    assert not stands_above(state, "roads", "bureau")


def test_levels_are_those_of_the_pack() -> None:
    """With one level, the first decision is final."""
    content: PackContent = read_pack("plain")
    assert content.review is not None
    once = STORY.with_pack(review=replace(content.review, levels=1))
    decided = once.and_then(
        Deed(ASK, Role.PETITIONER), Deed(UPHOLD, Role.REVIEWER, unit="province", after=MINUTE)
    )
    decided.when(ASK, Role.PETITIONER).refuses(GuardError, "review-final")
