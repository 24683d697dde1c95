"""Without this file live engine and rebuild could write different rows of the same facts."""

from typing import Final, NamedTuple

from domain.deadline_lines import DeadlineLine, deadline_lines
from domain.metrics import Step, steps
from domain.petition_facts import PetitionFacts
from domain.task import Task
from domain.tasks import tasks
from projections.backlog import BACKLOG, BACKLOG_TERMS
from projections.confidential_petitions import CONFIDENTIAL_PETITIONS
from projections.deadline_rows import hidden_from
from projections.petition_steps import Kind, kind_of
from projections.promise_ledger import PROMISES
from projections.public_list import PUBLIC_LIST
from projections.upward_reports import UPWARD_REPORTS

BOARDS: Final = (
    PROMISES,
    BACKLOG,
    BACKLOG_TERMS,
    UPWARD_REPORTS,
    CONFIDENTIAL_PETITIONS,
    PUBLIC_LIST,
)
"""Tables whose rows follow from one petition's facts each, and are replaced as a whole."""


class Standing(NamedTuple):
    """What a petition's facts put into the other tables."""

    kind: Kind
    steps: list[Step]
    tasks: list[Task]
    clocks: list[DeadlineLine]
    caption: tuple[str | None, str | None, str | None]
    """What the lists say of the petition: its number, its type, and from whom it is hidden."""
    boards: list[list[bytes]]
    """Its rows in each of ``BOARDS``."""


def standing_of(facts: PetitionFacts) -> Standing:
    """Return what facts put into the other tables; pure."""
    caption = (facts.number, facts.petition_type, hidden_from(facts))
    boards = [board.rows(facts) for board in BOARDS]
    return Standing(
        kind_of(facts), steps(facts), tasks(facts), deadline_lines(facts), caption, boards
    )


def nothing(kind: Kind) -> Standing:
    """Return the standing of a petition that is not there yet; pure."""
    return Standing(kind, [], [], [], (None, None, None), [])
