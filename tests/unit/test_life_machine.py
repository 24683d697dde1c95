"""Tens of thousands of random steps: no illegal state, one replay, and time that adds up."""

import os
import sys
from datetime import time
from math import ceil
from random import Random
from time import process_time
from typing import ClassVar, get_args
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from domain.calendar_cn import find_calendar
from domain.custody import custody
from domain.limit import BusinessPeriod
from domain.office_hours import working_time
from domain.petition import PetitionEvent
from domain.petition_fold import fold_all
from domain.vocabulary import PetitionState
from tests.unit.command_driver import begin, step
from tests.unit.given_when_then import Story
from tests.unit.life_model import LifeModel

ENOUGH = 50_000
STEPS_MIN = int(os.environ.get("TAIZHANG_FUZZ_STEPS", ENOUGH))
"""Steps that are really given; `make fuzz` asks for ten times as many."""
STEPS_AT_A_TIME = 25
CALLS_PER_LIFE = 40
LIVES = ceil(STEPS_MIN * 1.2 / (CALLS_PER_LIFE * STEPS_AT_A_TIME))
"""A fifth more than needed: a life may be given up early."""
LIKELY = {each.TOPIC for each in get_args(PetitionEvent)} - {
    "petition.deadline_recomputed",
    "petition.disposed",
    "petition.imported_outcome",
}
"""Every act but those that need a new calendar, ten years of keeping or an import."""
RARE_MAX = 2
CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(14), time(18)))
TURNS = 0.1
"""How often the life goes on with another petition that this one was joined with."""
STUCK_AFTER = 12
"""Steps in a row without an event, after which another petition begins."""
EVENTS_MAX = 45
"""Events of one petition, after which another one begins; each step folds them all again."""


class PetitionLife(RuleBasedStateMachine):
    """One petition after another, each beside the model."""

    steps: ClassVar[int] = 0
    states: ClassVar[set[PetitionState]] = set()
    acts: ClassVar[set[str]] = set()
    story: Story
    model: LifeModel
    stuck: int

    @initialize(seed=st.integers(0, 2**32))
    def start(self, seed: int) -> None:
        """Begin with a petition."""
        self._begin(Random(seed))  # noqa: S311 - repeatable, no secret

    @rule(seed=st.integers(0, 2**32))
    def go_on(self, seed: int) -> None:
        """Give some random commands, and compare after each event."""
        random = Random(seed)  # noqa: S311 - as above
        for _ in range(STEPS_AT_A_TIME):
            type(self).steps += 1
            before = len(self.story.history)
            self.story = step(random, self.story)
            news = self.story.history[before:]
            self.stuck = 0 if news else self.stuck + 1
            for event in news:
                self.model.tell(event)
                type(self).acts.add(event.TOPIC)
            facts = self.story.facts
            type(self).states.add(facts.state)
            assert facts.state.value == self.model.state, self.model.seen
            if self.story.family and random.random() < TURNS:
                self._turn(random)
            if self.stuck > STUCK_AFTER or len(self.story.history) > EVENTS_MAX:
                self.check_the_whole()
                self._begin(random)

    @invariant()
    def check_the_whole(self) -> None:
        """Lead and cycles are the model's, a replay gives the same facts, and time adds up."""
        facts = self.story.facts
        lead = None if facts.lead is None else facts.lead.unit
        assert lead == self.model.lead, self.model.seen
        assert len(facts.cycles) == self.model.cycles
        assert fold_all(self.story.history) == facts
        found = custody(facts, self.story.at, CN, SHANGHAI, OFFICE)
        assert found.whole == sum(charge.minutes for charge in found.parts)
        span = working_time(facts.submitted_at, self.story.at, CN, SHANGHAI, OFFICE)
        assert found.whole * 60 <= span.total_seconds()

    def _begin(self, random: Random) -> None:
        self.story, self.stuck = begin(random), 0
        self._retell()

    def _turn(self, random: Random) -> None:
        """Go on with a petition that was merged into this one, or split from it."""
        self.check_the_whole()
        self.story = self.story.turn_to(random.choice(sorted(self.story.family)))
        self._retell()
        type(self).states.add(self.story.facts.state)
        assert self.story.facts.state.value == self.model.state, self.model.seen

    def _retell(self) -> None:
        self.model = LifeModel()
        for event in self.story.history:
            self.model.tell(event)
            type(self).acts.add(event.TOPIC)


def test_petition_lives_as_the_model_does_over_many_random_steps() -> None:
    """At least fifty thousand steps, through every state and nearly every act there is.

    The count is of steps given, and printed: `pytest -s` shows it.
    """
    began = process_time()
    run_state_machine_as_test(
        PetitionLife,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=CALLS_PER_LIFE,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    spent = process_time() - began
    sys.stdout.write(f"{PetitionLife.steps} random steps in {spent:.1f} s of CPU time\n")
    assert PetitionLife.steps >= STEPS_MIN
    if STEPS_MIN >= ENOUGH:
        assert set(PetitionState) == PetitionLife.states
        assert len(LIKELY - PetitionLife.acts) <= RARE_MAX, LIKELY - PetitionLife.acts
