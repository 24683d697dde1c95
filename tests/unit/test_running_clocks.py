"""Without this file a timeline could show a deadline nobody is under any more."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.cycle_facts import Cycle, Extension
from domain.deadlines import Deadline
from domain.petition_facts import Assignment, PetitionFacts
from domain.running_clocks import running_clocks
from domain.vocabulary import Channel, Clock, PetitionState

START = datetime(2026, 9, 18, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def deadline(clock: Clock, due_at: datetime) -> Deadline:
    """Return a recorded deadline."""
    return Deadline(clock, due_at, "test@1/appeal", "cn@2026")


def facts(state: PetitionState) -> PetitionFacts:
    """Return facts with every clock started; which of them run depends on the state."""
    cycle = Cycle(START, deadline(Clock.REPLY, START + 5 * DAY))
    cycle.plan_due_at = START + 4 * DAY
    cycle.callback_due_at = START + 9 * DAY
    order = Assignment(
        unit="bureau",
        lead=True,
        dispatched_at=START,
        sign_due_at=START + DAY,
        contact_due_at=START + 2 * DAY,
        return_until=None,
    )
    return PetitionFacts(
        petition_id=UUID(int=1),
        version=1,
        state=state,
        state_since=START,
        submitted_at=START,
        changed_at=START,
        channel=Channel.WEB,
        accept_deadline=deadline(Clock.ACCEPT, START + 3 * DAY),
        assignments=[order],
        cycles=[cycle],
    )


@pytest.mark.parametrize(
    ("state", "clocks"),
    [
        (PetitionState.IN_PROGRESS, [Clock.SIGN, Clock.CONTACT, Clock.PROMISE, Clock.REPLY]),
        (PetitionState.RETURN_REQUESTED, [Clock.SIGN, Clock.CONTACT, Clock.PROMISE, Clock.REPLY]),
        (PetitionState.REPLIED, [Clock.SIGN, Clock.CONTACT]),
        (PetitionState.CALLBACK_PENDING, [Clock.SIGN, Clock.CONTACT, Clock.CALLBACK]),
        (PetitionState.CLOSED, []),
        (PetitionState.VOIDED, []),
        (PetitionState.WITHDRAWN, []),
    ],
)
def test_running_clocks_follow_the_state(state: PetitionState, clocks: list[Clock]) -> None:
    """The earliest due comes first, and an ended petition is under no clock."""
    assert [each.clock for each in running_clocks(facts(state))] == clocks


@pytest.mark.parametrize(
    ("state", "runs"),
    [
        (PetitionState.SUBMITTED, True),
        (PetitionState.REGISTERED, True),
        (PetitionState.NEEDS_SUPPLEMENT, False),
    ],
)
def test_accept_clock_pauses_for_a_supplement(state: PetitionState, *, runs: bool) -> None:
    """While the petitioner owes material the hub is under no clock."""
    waiting = facts(state)
    waiting.assignments, waiting.cycles = [], []
    assert [each.clock for each in running_clocks(waiting)] == ([Clock.ACCEPT] if runs else [])


def test_reply_clock_moves_with_an_extension_in_effect() -> None:
    """Only an extension the petitioner was told of moves the due."""
    extended = facts(PetitionState.IN_PROGRESS)
    extension = Extension(START, "h-1", 5, deadline=deadline(Clock.REPLY, START + 20 * DAY))
    extended.cycle.extensions.append(extension)
    assert running_clocks(extended)[-1].due_at == START + 5 * DAY
    extension.effective_at = START
    assert running_clocks(extended)[-1].due_at == START + 20 * DAY


def test_signed_and_contacted_clocks_have_ended() -> None:
    """What a unit has done it no longer owes."""
    done = facts(PetitionState.IN_PROGRESS)
    done.assignments[0].signed_at = START
    done.assignments[0].contacted_at = START
    assert [each.clock for each in running_clocks(done)] == [Clock.PROMISE, Clock.REPLY]
    assert {each.unit for each in running_clocks(done)} == {"bureau"}
