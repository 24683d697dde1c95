"""Without this file nobody could say whether a unit signed, answered or returned in time."""

from datetime import datetime

from domain.measures import PLACES
from domain.petition_facts import Assignment
from domain.standing import happened


def judge_assignment(assignment: Assignment, as_of: datetime, row: list[int]) -> None:
    """Add what an assignment counts for to the row of its own unit; pure.

    A duty that ends with the assignment before it is due is neither met nor missed.
    """
    row[PLACES["assigned"]] += 1
    row[PLACES["returned"]] += int(happened(assignment.returned_at, as_of))
    row[PLACES["returns_rejected"]] += int(happened(assignment.return_rejected_at, as_of))
    for name, due_at, met_at in (
        ("signed", assignment.sign_due_at, assignment.signed_at),
        ("response", assignment.contact_due_at, assignment.contacted_at),
    ):
        if due_at is None:
            continue
        met = happened(met_at, as_of)
        if met or (as_of > due_at and not happened(assignment.ended_at, due_at)):
            row[PLACES[f"{name}_d"]] += 1
            row[PLACES[f"{name}_n"]] += int(met and met_at is not None and met_at <= due_at)
