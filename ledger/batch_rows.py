"""Without this file a batch would be written differently by those who read the log first."""

from typing import Final

from ledger.admission import Standing
from ledger.append_session import AppendSession
from ledger.binary_fields import as_bigint, as_instant, as_parameter
from ledger.binary_row import CLAIM_ROW, COMMAND_ROW, EVENT_ROW, PERSONAL_ROW
from ledger.placement import Placement
from ledger.premise import Premise
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "batch_rows")

MOVED: Final = b"UPDATE 1"
"""What the server says of a batch that was recorded, and of no other."""


def send_rows(
    session: AppendSession, placement: Placement, standing: Standing, premise: Premise
) -> None:
    """Send the rows of a batch, to be recorded where its premise holds; does not wait.

    Args:
        session: Its exchange must be entered, and the append lock sent before.
        placement: What was admitted.
        standing: The log after the batch.
        premise: What must be true of the log before it.
    """
    events = placement.event_rows(standing.ledger, standing.recorded_at)
    session.exchange.send(
        QUERIES["record_batch"],
        position=as_parameter(as_bigint(standing.position)),
        recorded_at=as_parameter(as_instant(standing.recorded_at)),
        events=EVENT_ROW.array(session.event_type, events),
        personal_values=PERSONAL_ROW.array(session.personal_type, placement.personal_rows()),
        commands=COMMAND_ROW.array(session.command_type, placement.command_rows()),
        claims=CLAIM_ROW.array(session.claim_type, placement.claim_rows()),
        **premise.parameters,
    )
