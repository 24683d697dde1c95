"""Logs that hypothesis draws: many short lives, interleaved, at hostile instants."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from domain.petition import PetitionEvent
from tests.histories import START, draw_history
from tests.unit.command_driver import drive

WEEKS = 60
"""Lives begin in one of so many weeks."""
EVENTS_MAX = 14
COMMANDS_MAX = 30
TICK = timedelta(microseconds=1)

Life = Sequence[PetitionEvent]


def draw_life(random: Random, number: int, *, is_decided: bool) -> Life:
    """Return the events of one petition.

    Args:
        random: What draws.
        number: Of the petition in its log; equal lives are different petitions.
        is_decided: Whether commands decided them, which takes longer and knows every act;
            otherwise they are put together, legal and nearly so.
    """
    petition_id = UUID(int=number, version=4)
    if is_decided:
        history = drive(random, COMMANDS_MAX).history
        return [_as(petition_id, event) for event in history]
    start = START + timedelta(weeks=random.randrange(WEEKS), hours=random.randrange(24 * 7))
    return draw_history(random, petition_id, EVENTS_MAX, start)


def _as(petition_id: UUID, event: PetitionEvent) -> PetitionEvent:
    """Return an event as one of another petition."""
    moved = copy(event)
    moved.__dict__["originator_id"] = petition_id
    return moved


def interleaved(random: Random, lives: Sequence[Life]) -> list[PetitionEvent]:
    """Return the events of many petitions in a random order, each life in its own."""
    order = [number for number, life in enumerate(lives) for _ in life]
    random.shuffle(order)
    heads = [iter(life) for life in lives]
    return [next(heads[number]) for number in order]


@st.composite
def small_logs(draw: st.DrawFn) -> list[PetitionEvent]:
    """Draw some lives; hypothesis makes every choice itself."""
    randoms = st.randoms(use_true_random=False)
    lives = [
        draw_life(draw(randoms), number, is_decided=is_decided)
        for number, is_decided in enumerate(draw(st.lists(st.booleans(), min_size=3, max_size=12)))
    ]
    return interleaved(draw(randoms), lives)


def hostile_instants(events: Sequence[PetitionEvent]) -> st.SearchStrategy[datetime]:
    """Return instants at, just before and just after acts of a log."""
    at = st.sampled_from([event.timestamp for event in events])
    return st.builds(lambda at, ticks: at + ticks * TICK, at, st.integers(-1, 1))
