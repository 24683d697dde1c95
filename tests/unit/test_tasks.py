"""Tests of what is owed for a petition."""

from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cycle_facts import Cycle
from domain.deadlines import Deadline
from domain.petition_facts import Assignment, PetitionFacts
from domain.petition_fold import fold_all
from domain.standing import open_promise
from domain.task import HUB, Task, TaskKind
from domain.tasks import tasks
from domain.vocabulary import Channel, Clock, PetitionState, PetitionType
from tests.histories import START, draw_history

DAY = timedelta(days=1)


def _facts(state: PetitionState, *assignments: Assignment) -> PetitionFacts:
    """Return facts of an accepted petition with a running reply clock."""
    return PetitionFacts(
        petition_id=UUID(int=1),
        version=4,
        state=state,
        state_since=START + DAY,
        submitted_at=START,
        changed_at=START + DAY,
        channel=Channel.WEB,
        petition_type=PetitionType.APPEAL,
        accepted_at=START,
        assignments=list(assignments),
        cycles=[Cycle(START, Deadline(Clock.REPLY, START + 10 * DAY, "test@1", "cn@2026"))],
    )


def _assignment(unit: str, *, lead: bool, signed: bool) -> Assignment:
    assignment = Assignment(unit, lead, START, START + DAY, START + 3 * DAY, None)
    if signed:
        assignment.signed_at = START + DAY / 2
        assignment.contacted_at = START + DAY / 2
    return assignment


def test_lead_and_co_handler_owe_their_own_parts() -> None:
    """The lead signs and calls by its own clocks, the signed co-handler reports by the reply's."""
    facts = _facts(
        PetitionState.DISPATCHED,
        _assignment("roads", lead=True, signed=False),
        _assignment("water", lead=False, signed=True),
    )
    assert tasks(facts) == [
        Task("roads", TaskKind.TO_SIGN, START + DAY, START),
        Task("roads", TaskKind.TO_CONTACT, START + 3 * DAY, START),
        Task("water", TaskKind.TO_REPORT, START + 10 * DAY, START + DAY / 2),
    ]


def test_signed_lead_owes_the_reply() -> None:
    """After signing, the reply is owed by the petition's due."""
    facts = _facts(PetitionState.IN_PROGRESS, _assignment("roads", lead=True, signed=True))
    assert tasks(facts) == [Task("roads", TaskKind.TO_HANDLE, START + 10 * DAY, START + DAY / 2)]


def test_hub_owes_the_decision_when_a_return_is_requested() -> None:
    """While a return waits for its decision, the lead owes nothing and the hub everything."""
    facts = _facts(PetitionState.RETURN_REQUESTED, _assignment("roads", lead=True, signed=True))
    assert tasks(facts) == [Task(HUB, TaskKind.TO_DECIDE_RETURN, START + 10 * DAY, START + DAY)]


def test_imported_case_is_never_to_be_signed() -> None:
    """A case of another system was taken over there: only its reply is owed."""
    facts = _facts(PetitionState.DISPATCHED, Assignment("roads", True, START, None, None, None))  # noqa: FBT003
    facts.imported = True
    assert [task.kind for task in tasks(facts)] == [TaskKind.TO_HANDLE]


@settings(max_examples=300, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_somebody_owes_something_exactly_while_a_petition_is_open(random: Random) -> None:
    """No open petition is forgotten, no ended one is asked for, nothing is listed twice."""
    events = draw_history(random, UUID(int=1))
    for length in range(1, len(events) + 1):
        facts = fold_all(events[:length])
        owed = tasks(facts)
        awaits_check = (
            facts.state is PetitionState.WITHDRAWN and facts.withdrawals[-1].checked_at is None
        )
        closed = facts.state is PetitionState.CLOSED
        promised = closed and open_promise(facts.cycle, facts.changed_at) is not None
        assert bool(owed) == (facts.state.is_open or awaits_check or promised)
        assert len({(task.unit, task.kind) for task in owed}) == len(owed)
        assert all(task.since <= facts.changed_at for task in owed)
