"""Without this file nobody invented would ever enter an act some days after it happened."""

from datetime import datetime, timedelta
from random import Random

from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.principal import Principal
from scenarios.course import Course

Acts = list[tuple[Principal, SubmitPetition | PetitionCommand]]

_LATE_ENTRY_SHARE = 0.03
_LATE_ENTRY_DAYS = (1, 1, 2, 3)
# Their guards look at the host's clock too: entered late, the act would be refused.
_TIMELY = frozenset({Course.EXTENDED, Course.RETURNED, Course.RETURN_REJECTED, Course.REOPENED})


def entered(acts: Acts, course: Course, rng: Random) -> list[datetime]:
    """Return when each act is entered: as it happens, but for a few that wait some days.

    Changes the generator's state alone.
    """
    instants = [command.occurred_at for _, command in acts if command.occurred_at is not None]
    if course in _TIMELY or rng.random() >= _LATE_ENTRY_SHARE:
        return instants
    late = rng.randrange(len(instants))
    until = instants[late] + timedelta(days=rng.choice(_LATE_ENTRY_DAYS))
    return [*instants[:late], *(max(at, until) for at in instants[late:])]
