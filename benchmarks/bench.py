"""Without this file every benchmark would be given its circumstances in another order."""

from dataclasses import dataclass

from benchmarks.arena import Arena
from benchmarks.generator import LifeSource
from benchmarks.lives import Life, decide_lives
from benchmarks.sizes import Sizes
from scenarios.scenario import Scenario, read_scenario

CITY = "shuangliu"


@dataclass(frozen=True)
class Bench:
    """What every benchmark is given.

    Attributes:
        arena: Where it is measured.
        sizes: How much.
        seed: What its random draws begin with.
        scenario: Whose units, rules and petitions.
        lives: The scenario's petitions, decided.
    """

    arena: Arena
    sizes: Sizes
    seed: int
    scenario: Scenario
    lives: tuple[Life, ...]

    def source(self) -> LifeSource:
        """Return petitions that begin anew with the seed."""
        return LifeSource(self.lives, self.seed)


def set_up(arena: Arena, sizes: Sizes, seed: int) -> Bench:
    """Return a bench with the petitions of a whole city, decided in memory."""
    scenario = read_scenario(CITY)
    return Bench(arena, sizes, seed, scenario, tuple(decide_lives(scenario)))
