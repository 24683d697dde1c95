"""Without this file a session, a policy … could be asked for and never be answered."""

from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from api.acts import path_of, show_resource, show_written
from api.reading import fresh_headers, is_known
from api.services import Services
from api.visibility import knows_of, shown_versions
from api.withholding import hidden_events
from domain.principal import Principal
from domain.resource import Resource
from ledger.application import PetitionLedger
from ledger.errors import LedgerUnavailableError
from ledger.lookup_errors import UnknownAggregateError
from ledger.receipt import Receipt


def answer_resource_written(
    ledger: PetitionLedger, resource: Resource, receipt: Receipt, status: int
) -> Response:
    """Return the answer to a command that was recorded. Blocking, one read.

    Args:
        ledger: The ledger.
        resource: What the command was given to.
        receipt: What it led to.
        status: HTTP status.
    """
    headers = {
        "Cache-Control": "no-store",
        "ETag": f'"{receipt.version}"',
        "Ledger-Position": str(receipt.last_position),
        "Location": path_of(resource, receipt.originator_id),
    }
    if receipt.replayed:
        headers["Idempotency-Replayed"] = "true"
    try:
        aggregate = ledger.load(receipt.originator_id, receipt.version)
    except LedgerUnavailableError:
        # It is recorded: to answer that nothing was would be false.
        aggregate = None
    body = msgspec.json.encode(show_written(resource, receipt, aggregate))
    return Response(body, status, headers, "application/json")


def answer_resource(
    serving: Services, resource: Resource, resource_id: UUID, caller: Principal, request: Request
) -> Response:
    """Return one aggregate with its timeline, or 304 where the caller has it. Blocking.

    Raises:
        UnknownAggregateError: there is none of this id, or none the caller may know of: it
            began with a petition that is hidden from the caller.
    """
    ledger = serving.ledger
    events = ledger.reader.read_stream(resource_id)
    aggregate = ledger.load(resource_id, events[-1].version) if events else None
    if not isinstance(aggregate, resource.aggregate) or not knows_of(caller, events):
        raise UnknownAggregateError(resource, resource_id)
    with serving.sessions.snapshot() as connection:
        hidden = hidden_events(connection, caller, events)
    if events[0].version in hidden:
        raise UnknownAggregateError(resource, resource_id)
    tag = f'"{aggregate.version}"'
    headers = fresh_headers(tag, max(events[-1].position, serving.watcher.seen.position))
    # A copy from before a petition was marked may show more than is shown now.
    if not hidden and is_known(request, tag):
        return Response(status_code=304, headers=headers)
    shown = shown_versions(caller, events)
    opened = ledger.reader.open_personal(resource_id) if shown else {}
    view = show_resource(resource, aggregate, events, opened, shown, hidden)
    return Response(msgspec.json.encode(view), headers=headers, media_type="application/json")
