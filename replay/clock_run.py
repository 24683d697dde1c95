"""Without this file nothing would fall due unless somebody looked."""

from datetime import datetime
from typing import Any, Final

from psycopg import Connection

from ledger.application import PetitionLedger
from replay.clock_errors import refuse_wrong_clock
from replay.clock_head import last_act, last_record, read_model_lag
from replay.clock_look import ClockLook
from replay.clock_raising import StepRaiser
from replay.clock_report import ClockReport

STEPS_MAX: Final = 10_000
"""Most steps of one run; what is left is for the next one."""


def run_clock(
    ledger: PetitionLedger,
    connection: Connection[Any],
    at: datetime,
    now: datetime,
    *,
    is_dry: bool = False,
    steps_max: int = STEPS_MAX,
) -> ClockReport:
    """Raise whatever fell due by an instant, in the order in which it did.

    Blocking, one transaction for each step, each by an ordinary command under a key made of
    rule, petition, cycle and logical instant: what is cut short is completed by the next
    run, and two at once add nothing to each other. The read model finds the petitions; what
    is done is decided on the log. A petition that fails is reported and left out.

    Args:
        ledger: Where to.
        connection: Of the role tz_app, in autocommit mode.
        at: Aware logical instant.
        now: The host's clock, aware.
        is_dry: Whether to count alone, and append nothing.
        steps_max: Most steps to record.

    Raises:
        ClockWentBackError: the host's clock or ``at`` lies before what the ledger has seen.
        InstantInFutureError: ``at`` has not come.
        LedgerNotOpenedError: the ledger has no roster, or no pack in force.
        LedgerUnavailableError, OutcomeUnknownError: the database went away.
    """
    refuse_wrong_clock(at, now, last_record(connection), last_act(connection))
    lag = read_model_lag(connection)
    run = StepRaiser(ledger, ClockLook(ledger, connection, at, now))
    run.look()
    if not is_dry:
        run.record(steps_max)
    return ClockReport(
        at=at,
        petitions_len=run.petitions_len,
        counts=run.counts,
        failures=tuple(run.failures),
        lag=lag,
        is_complete=is_dry or not run.waiting,
    )
