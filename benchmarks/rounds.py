"""Without this file contenders would be measured at different times and compared all the same."""

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from time import perf_counter

from benchmarks.rows import Figures, reason_of

OURS = "ours"


@dataclass(frozen=True)
class Contender:
    """One way to do the work.

    Attributes:
        name: ``ours`` and names that begin with it, ``eventsourcing``, ``limit`` or another.
        turn: Takes the number of the round, from 0, does the work once and returns its
            figure, a rate per second or milliseconds; what is not measured it does outside
            its own clock.
    """

    name: str
    turn: Callable[[int], float]


def alternate(
    contenders: Sequence[Contender],
    rounds_len: int,
    *,
    title: str,
    before_turn: Callable[[], None],
    stop_at_s: float = inf,
) -> Figures:
    """Let contenders take turns, A B C A B C …, and return the figures of each. Blocking.

    What lies ready for the turns is kept from the garbage collector: a program at work
    does not hold it, and whoever makes more objects would pay for looking at it.

    A contender that fails, but for ours, takes no further turn, its figures are dropped
    and its reason is kept.

    Args:
        contenders: In the order of their turns.
        rounds_len: Turns of each, at least 1.
        title: What is measured, for the progress on standard error.
        before_turn: Called before every turn, outside its clock.
        stop_at_s: Reading of ``perf_counter`` after which no round begins but the first.

    Raises:
        Exception: what ours raised.
    """
    rounds: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    absent: dict[str, str] = {}
    for number in range(rounds_len):
        if number and perf_counter() > stop_at_s:
            say(f"{title}: its time is up after {number} of {rounds_len} rounds")
            break
        for contender in contenders:
            name = contender.name
            if name in absent:
                continue
            before_turn()
            try:
                figure = _take_turn(contender, number)
            except Exception as error:
                if name.startswith(OURS):
                    raise
                absent[name] = reason_of(error)
                rounds.pop(name)
                say(f"{title}: {name} cannot run: {absent[name]}")
            else:
                rounds[name].append(figure)
                say(f"{title}: {number + 1}/{rounds_len} {name} {figure:,.1f}")
    return Figures(rounds, absent)


def _take_turn(contender: Contender, number: int) -> float:
    gc.collect()
    gc.freeze()
    try:
        return contender.turn(number)
    finally:
        gc.unfreeze()


def say(line: str) -> None:
    """Print one line of progress."""
    print(line, file=sys.stderr, flush=True)
