"""Without this file the demo would not show which deadlines were met and which were missed."""

from collections import Counter
from typing import Any, Final

from psycopg import Connection

from commands.aligned import align
from commands.language import say
from domain.clock_outcomes import ClockOutcome, ClockVerdict, clock_outcomes
from domain.limit import Limit, TimeUnit
from domain.text import Text
from domain.vocabulary import Clock
from projections.histories import read_histories
from scenarios.scenario import Scenario

_TITLE: Final = Text("各项时限（每项时限一次一计）", "Deadlines (each one counted once)")
_NOTE: Final = Text(
    "中途解除：到期前被退单、转办、中止或撤回，既不算按时也不算逾期；"
    "请示、批示后时限重新起算，但已过的时限不恢复。",
    "Lifted: a return, a transfer, a suspension or a withdrawal came before the due, so it was "
    "neither met nor missed. Asking for instruction starts a limit again, but restores none "
    "that is past.",
)
# Clocks in the order of a petition's life; those of one clock, the shortest limit first.
_ORDER: Final = {clock: place for place, clock in enumerate(Clock)}
_DAY_H: Final = 24


def clock_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return how many deadlines of each kind were met, missed or still run. Blocking."""
    petitions = [script.petition_id for script in scenario.petitions]
    histories = read_histories(connection, petitions, scenario.as_of)
    counted: dict[tuple[int, int, Text], Counter[ClockVerdict]] = {}
    for history in histories.values():
        for outcome in clock_outcomes(history, scenario.as_of):
            key = (_ORDER[outcome.clock], _length_h(outcome.limit), _name(outcome))
            counted.setdefault(key, Counter())[outcome.verdict] += 1
    if not counted:
        return []
    head = [say(Text("时限", "deadline")), *(say(verdict.label) for verdict in ClockVerdict)]
    rows = [
        [say(name), *(str(counts[verdict] or "–") for verdict in ClockVerdict)]
        for (_, _, name), counts in sorted(counted.items())
    ]
    right = frozenset(range(1, len(head)))
    return [say(_TITLE), *align([head, *rows], right=right), say(_NOTE)]


def _length_h(limit: Limit | None) -> int:
    """Return about how long a limit is, to list the shortest first."""
    if limit is None or limit.unit is TimeUnit.ON_SPOT:
        return 0
    hourly = limit.unit in {TimeUnit.WALL_HOUR, TimeUnit.WORKING_HOUR}
    return limit.amount if hourly else limit.amount * _DAY_H


def _name(outcome: ClockOutcome) -> Text:
    name, limit = outcome.clock.label, outcome.limit
    if limit is None:
        return name
    return Text(f"{name.zh}·{limit.label.zh}", f"{name.en} · {limit.label.en}")
