"""Without this file a write would be answered without what the caller needs for the next one."""

from typing import Final

import msgspec
from starlette.responses import Response

from api.schemas import Label, Written
from domain.petition import Petition
from domain.petition_fold import fold_all
from ledger.application import PetitionLedger
from ledger.errors import LedgerUnavailableError
from ledger.receipt import Receipt

CREATED: Final = 201
DONE: Final = 200


def answer_written(ledger: PetitionLedger, receipt: Receipt, status: int) -> Response:
    """Return the answer to a command that was recorded. Blocking, one read at most.

    Args:
        ledger: The ledger.
        receipt: What the command led to.
        status: HTTP status.
    """
    headers = {
        "Cache-Control": "no-store",
        "ETag": f'"{receipt.version}"',
        "Ledger-Position": str(receipt.last_position),
        "Location": f"/v1/petitions/{receipt.originator_id}",
    }
    if receipt.replayed:
        headers["Idempotency-Replayed"] = "true"
    body = msgspec.json.encode(describe_receipt(ledger, receipt))
    return Response(body, status, headers, "application/json")


def describe_receipt(ledger: PetitionLedger, receipt: Receipt) -> Written:
    """Return what a command led to, with the state its petition came to. Blocking."""
    number, state = None, None
    try:
        petition = ledger.load(receipt.originator_id, receipt.version)
    except LedgerUnavailableError:
        # It is recorded: to answer that nothing was would be false.
        petition = None
    if isinstance(petition, Petition):
        facts = fold_all(petition.history)
        number, state = facts.number, facts.state
    return Written(
        petition_id=receipt.originator_id,
        number=number,
        version=receipt.version,
        state=state,
        state_label=None if state is None else Label.of(state.label),
        first_position=receipt.first_position,
        last_position=receipt.last_position,
        replayed=receipt.replayed,
    )
