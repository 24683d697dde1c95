"""Without this file a message would have an address and nothing to say."""

from datetime import date
from typing import Any, Final, NamedTuple

import msgspec
from psycopg import Connection

from ledger.queries import load_queries
from projections.outbox import Message

QUERIES: Final = load_queries("projections", "outgoing")


class DeliveryFailedError(Exception):
    """A message was not taken.

    Args:
        reason: Why, without address and without what the receiver said of it.
        is_final: Whether trying again cannot help.
    """

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class Outgoing(NamedTuple):
    """What a message says, and to which address.

    Attributes:
        message: From the outbox.
        address: E-mail address or https address.
        number: Document number of the policy.
        title: As printed.
        unit: Unit that issued it.
        sha256: Digest of its text.
        valid_from: First civil day it holds.
        valid_until: Last civil day it holds, or None.
    """

    message: Message
    address: str
    number: str
    title: str
    unit: str
    sha256: str
    valid_from: date
    valid_until: date | None


def read_outgoing(connection: Connection[Any], message: Message) -> Outgoing:
    """Return what a message says. Blocking, one query.

    Raises:
        DeliveryFailedError: the address was erased, the subscription has ended or the policy
            was withdrawn: it is not to be sent.
    """
    parameters = {
        "policy_id": message.originator_id,
        "address_stream": message.address_stream,
        "address_version": message.address_version,
        "address_path": message.address_path,
    }
    row = connection.execute(QUERIES["read_outgoing"], parameters).fetchone()
    if row is None:
        raise DeliveryFailedError("nothing to send", is_final=True)
    address, ended, withdrawn, *said = row
    if address is None:
        raise DeliveryFailedError("address erased", is_final=True)
    if ended:
        raise DeliveryFailedError("unsubscribed", is_final=True)
    if withdrawn:
        raise DeliveryFailedError("policy withdrawn", is_final=True)
    return Outgoing(message, msgspec.json.decode(bytes(address), type=str), *said)
