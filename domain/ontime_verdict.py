"""Without this file late, extended and explained would be one and the same."""

from datetime import datetime

from domain.cycle_facts import Cycle, Explanation
from domain.measures import PLACES
from domain.standing import deadlines_at, effective_due, happened, is_paused, last_reply


def judge_ontime(first: Cycle, as_of: datetime, row: list[int], *, closed: bool) -> None:
    """Judge by the first cycle's due; a reopened petition keeps that verdict, but is not closed.

    While its clock stands still a petition is not late, whatever the due was.
    """
    deadlines = deadlines_at(first, as_of)
    original = None if deadlines.original is None else deadlines.original.due_at
    effective = None if deadlines.effective is None else deadlines.effective.due_at
    reply = last_reply(first, as_of)
    replied_at = None if reply is None else reply.replied_at
    # A checked withdrawal after the reply closes without a closing act: it counts by h.
    ended_at = first.closed_at or replied_at
    if closed and effective is not None and ended_at is not None:
        row[PLACES["ontime_closed_d"]] = 1
        row[PLACES["ontime_closed_n"]] = int(ended_at <= effective)
    runs = not is_paused(first, as_of)
    for name, due_at in (("effective", effective), ("original", original)):
        if due_at is None:
            continue
        on_time = replied_at is not None and replied_at <= due_at
        if replied_at is not None or (runs and as_of > due_at):
            row[PLACES[f"ontime_{name}_d"]] = 1
            row[PLACES[f"ontime_{name}_n"]] = int(on_time)
    if row[PLACES["ontime_effective_d"]]:
        explained = any(_counts(each, as_of) for each in first.explanations)
        row[PLACES["ontime_explained"]] = int(explained or row[PLACES["ontime_effective_n"]] == 1)


def judge_delays(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count explained delays, and whether all that has to follow came in time.

    The duty is that of petitions which are late or explained their delay.
    """
    explained = owed = kept = False
    unreported = 0
    for cycle in cycles:
        given = [each for each in cycle.explanations if each.explained_at <= as_of]
        explained = explained or any(not each.late for each in given)
        if given or _is_late(cycle, as_of):
            owed = True
            kept = any(_is_complete(each, cycle, as_of) for each in given)
        unreported += sum(_missed_report(each, cycle, as_of) for each in given)
    row[PLACES["delay_explained"]] = int(explained)
    row[PLACES["upward_d"]] = int(owed)
    row[PLACES["upward_n"]] = int(kept)
    row[PLACES["upward_late"]] = unreported


def _counts(explanation: Explanation, as_of: datetime) -> bool:
    """Whether an explanation came in time and the petitioner was told in time."""
    if explanation.late or explanation.explained_at > as_of:
        return False
    told_at, by = explanation.told_at, explanation.inform_by
    return told_at is not None and told_at <= as_of and (by is None or told_at <= by)


def _is_complete(explanation: Explanation, cycle: Cycle, as_of: datetime) -> bool:
    return _counts(explanation, as_of) and _is_reported(explanation, cycle, as_of)


def _is_reported(explanation: Explanation, cycle: Cycle, as_of: datetime) -> bool:
    by = explanation.report_by
    return any(
        explanation.explained_at <= report.reported_at <= as_of
        and (by is None or report.reported_at <= by)
        for report in cycle.upward_reports
    )


def _missed_report(explanation: Explanation, cycle: Cycle, as_of: datetime) -> bool:
    """Whether the time to report an explained delay upward passed without a report."""
    by = explanation.report_by
    return by is not None and as_of > by and not _is_reported(explanation, cycle, as_of)


def _is_late(cycle: Cycle, as_of: datetime) -> bool:
    due_at = effective_due(cycle, as_of)
    if due_at is None:
        return False
    reply = last_reply(cycle, as_of)
    if reply is not None:
        return reply.replied_at > due_at
    closed = happened(cycle.closed_at, as_of)
    return not closed and as_of > due_at and not is_paused(cycle, as_of)
