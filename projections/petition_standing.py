"""Without this file live engine and rebuild could write different rows of the same facts."""

from typing import Final, NamedTuple

from domain.metrics import Step, steps
from domain.petition_facts import PetitionFacts
from projections.backlog import BACKLOG, BACKLOG_TERMS
from projections.confidential_petitions import CONFIDENTIAL_PETITIONS
from projections.deadline_rows import DEADLINES
from projections.petition_steps import Kind, kind_of
from projections.promise_ledger import PROMISES
from projections.public_list import PUBLIC_LIST
from projections.upward_reports import UPWARD_REPORTS
from projections.worklist import WORKLIST

BOARDS: Final = (
    WORKLIST,
    DEADLINES,
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
    boards: list[list[bytes]]
    """Its rows in each of ``BOARDS``."""


def standing_of(facts: PetitionFacts) -> Standing:
    """Return what facts put into the other tables; pure."""
    return Standing(kind_of(facts), steps(facts), [board.rows(facts) for board in BOARDS])


def nothing(kind: Kind) -> Standing:
    """Return the standing of a petition that is not there yet; pure."""
    return Standing(kind, [], [])
