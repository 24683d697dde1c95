"""Without this file a unit could call itself back, or a stale answer close a petition."""

from domain.callbacks import OrderRework, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition
from domain.closing_events import CallbackAttempted, CallbackCompleted, Closed, Rated, ReworkOrdered
from domain.errors import GuardError, LateEntryOrderError, NotPermittedError
from domain.vocabulary import CallbackBasis, CallbackResult, PetitionState, Role, Satisfaction
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import (
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSE,
    CLOSED,
    REPLY,
    SOLVED,
    UNSOLVED,
)

MISSED = RecordCallbackAttempt(result=CallbackResult.NO_REPLY)
REACHED = RecordCallbackAttempt(result=CallbackResult.REACHED)
REWORK = OrderRework(reason="未解决。")
GIVE_UP = ClosePetition(basis=CallbackBasis.UNREACHABLE)
RATE = RatePetition(satisfaction=Satisfaction.DISSATISFIED)
REWORKED = (
    *CALLBACK_PENDING,
    Deed(UNSOLVED, Role.CALLBACK),
    Deed(REWORK, Role.REVIEWER),
    Deed(REPLY, Role.HANDLER),
    CALLBACK_PENDING[-1],
)


def _tries(*hours_after: float) -> tuple[Deed, ...]:
    return tuple(Deed(MISSED, Role.CALLBACK, after=60 * MINUTE * hours) for hours in hours_after)


def test_callback_asks_whether_it_is_solved_and_how_it_was_apart() -> None:
    """Two questions, two answers."""
    story = given(*CALLBACK_PENDING).when(UNSOLVED, Role.CALLBACK).then(CallbackCompleted)
    answer = story.facts.cycle.answers[0]
    assert (answer.resolution, answer.satisfaction) == (UNSOLVED.resolution, UNSOLVED.satisfaction)
    assert answer.by_callback
    assert not answer.third_party


def test_third_party_answers_are_kept_apart() -> None:
    """Both may ask once about one reply; neither overwrites the other."""
    story = given(*CALLED_BACK).when(UNSOLVED, Role.THIRD_PARTY).then(CallbackCompleted)
    assert [answer.third_party for answer in story.facts.cycle.answers] == [False, True]


def test_callback_is_refused_when_it_was_completed() -> None:
    """An answer that was given stands."""
    attempt = given(*CALLBACK_PENDING, Deed(UNSOLVED, Role.CALLBACK)).when(SOLVED, Role.CALLBACK)
    attempt.refuses(GuardError, "callback-completed")
    given(*REWORKED).when(SOLVED, Role.CALLBACK).then(CallbackCompleted)


def test_callback_is_refused_when_the_unit_or_the_person_handles_the_petition() -> None:
    """Nobody calls back their own item."""
    story = given(*CALLBACK_PENDING)
    for command, role in (
        (MISSED, Role.CALLBACK),
        (SOLVED, Role.CALLBACK),
        (REWORK, Role.REVIEWER),
        (CLOSE, Role.REVIEWER),
    ):
        for attempt in (
            story.when(command, role, unit="bureau"),
            story.when(command, role, actor="handler-1"),
        ):
            attempt.refuses(NotPermittedError, "not-permitted")


def test_rework_rests_on_an_unresolved_answer_and_keeps_the_clock() -> None:
    """Same clock, and the first reply counts no longer."""
    story = given(*CALLBACK_PENDING, Deed(UNSOLVED, Role.CALLBACK))
    due = story.facts.cycle.deadline
    facts = story.when(REWORK, Role.REVIEWER).then(ReworkOrdered).facts
    assert facts.state is PetitionState.IN_PROGRESS
    assert facts.cycle.deadline == due
    assert facts.cycle.replies[0].returned_at is not None


def test_rework_is_refused_when_no_answer_since_the_reply_asks_for_it() -> None:
    """Neither a solved matter nor an answer before the last rework is a cause."""
    for deeds in (CALLBACK_PENDING, CALLED_BACK, REWORKED):
        given(*deeds).when(REWORK, Role.REVIEWER).refuses(GuardError, "rework-without-cause")


def test_petition_is_unreachable_after_three_tries_on_two_days() -> None:
    """Three tries on one day do not do, nor two tries on two days."""
    for hours in ((1, 1, 1), (1, 24), ()):
        attempt = given(*CALLBACK_PENDING, *_tries(*hours)).when(GIVE_UP, Role.REVIEWER)
        attempt.refuses(GuardError, "callback-not-settled")
    story = given(*CALLBACK_PENDING, *_tries(1, 1, 24))
    story.when(GIVE_UP, Role.SYSTEM).then(Closed)


def test_days_of_tries_are_local_days() -> None:
    """23:59 and 00:01 in Shanghai are two days, though one in UTC."""
    story = given(*CALLBACK_PENDING)
    to_midnight = 15 * 60 * MINUTE - (story.at - given(CALLBACK_PENDING[0]).at)
    tries = (
        Deed(MISSED, Role.CALLBACK, after=to_midnight - MINUTE),
        Deed(MISSED, Role.CALLBACK, after=0 * MINUTE),
        Deed(MISSED, Role.CALLBACK, after=2 * MINUTE),
    )
    story.and_then(*tries).when(GIVE_UP, Role.REVIEWER).then(Closed)


def test_tries_that_reached_somebody_do_not_count() -> None:
    """Reached is the opposite of unreachable."""
    story = given(*CALLBACK_PENDING, *_tries(1, 24)).when(REACHED, Role.CALLBACK)
    reached = story.then(CallbackAttempted)
    reached.when(GIVE_UP, Role.REVIEWER).refuses(GuardError, "callback-not-settled")


def test_tries_before_the_rework_do_not_count() -> None:
    """Each reply is called back on anew, whether it was answered or not."""
    missed_before = (*CALLBACK_PENDING, *_tries(1, 1, 24), *REWORKED[len(CALLBACK_PENDING) :])
    attempt = given(*missed_before).when(GIVE_UP, Role.REVIEWER)
    attempt.refuses(GuardError, "callback-not-settled")
    given(*REWORKED).when(CLOSE, Role.REVIEWER).refuses(GuardError, "callback-not-settled")


def test_rating_is_the_petitioners_own_and_every_change_is_kept() -> None:
    """A later rating stands beside the earlier one."""
    story = given(*CLOSED).when(RATE, Role.PETITIONER).then(Rated)
    again = story.when(RatePetition(satisfaction=Satisfaction.SATISFIED), Role.PETITIONER).decide()
    own = [answer.satisfaction for answer in again.facts.cycle.answers if not answer.by_callback]
    assert own == [Satisfaction.DISSATISFIED, Satisfaction.SATISFIED]
    assert again.facts.state is PetitionState.CLOSED


def test_rating_is_refused_when_it_is_dated_before_the_latest_act() -> None:
    """Ratings keep the order of the stream too, so that as-of T is a prefix of it."""
    attempt = given(*CLOSED).when(RATE, Role.PETITIONER, after=-MINUTE, recorded_after=DAY)
    attempt.refuses(LateEntryOrderError, "late-entry-order")
