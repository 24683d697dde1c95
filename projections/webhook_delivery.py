"""Without this file no program of a subscriber would be told of a policy."""

import hmac
import ssl
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from ledger.delivery_settings import WebhookSettings
from projections.outgoing import DeliveryFailedError, Outgoing

_TIMEOUT_S: Final = 15.0
_HTTPS: Final = 443
_TAKEN: Final = range(200, 300)
_GONE: Final = 410

Connect = Callable[[str, int], HTTPConnection]


def signing_key(secret: bytes, subscription_id: UUID) -> bytes:
    """Return the key that signs what goes to one subscription; pure.

    Receivers get their own key alone, so none can pass for the ledger at another one.
    """
    return hmac.digest(secret, b"taizhang/webhook/v1" + subscription_id.bytes, "sha256")


def sign(key: bytes, message_id: str, sent_at: int, body: bytes) -> str:
    """Return the signature of a call by Standard Webhooks 1.0; pure.

    Args:
        key: Of the subscription.
        message_id: Header ``webhook-id``.
        sent_at: Header ``webhook-timestamp``, seconds since 1970.
        body: As sent.
    """
    signed = f"{message_id}.{sent_at}.".encode() + body
    return f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


class WebhookDelivery:
    """Calls receivers over https; blocking, for one thread.

    A host that is not on the list is never called, and a redirect is a failure: whoever
    gives an address cannot make the ledger call another one.

    Args:
        settings: Hosts and secret.
        ledger: Name of the ledger, the source of its events.
        connect: Returns an open-able connection to host and port.
    """

    def __init__(
        self, settings: WebhookSettings, ledger: str, connect: Connect | None = None
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._connect = connect or _connect

    def deliver(self, outgoing: Outgoing, at: datetime) -> None:
        """Call one receiver.

        Raises:
            DeliveryFailedError: it did not answer with success, or may not be called.
        """
        try:
            address = urlsplit(outgoing.address)
            host, port = address.hostname or "", address.port or _HTTPS
        except ValueError as error:
            raise DeliveryFailedError("address not usable", is_final=True) from error
        if address.scheme != "https" or host not in self._settings.hosts:
            raise DeliveryFailedError("host not in TAIZHANG_WEBHOOK_HOSTS", is_final=False)
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        status = self._call(host, port, path, outgoing, at)
        if status not in _TAKEN:
            raise DeliveryFailedError(f"receiver answered {status}", is_final=status == _GONE)

    def _call(self, host: str, port: int, path: str, outgoing: Outgoing, at: datetime) -> int:
        body = msgspec.json.encode(self._event(outgoing))
        message_id, sent_at = str(outgoing.message.message_id), int(at.timestamp())
        key = signing_key(self._settings.secret, outgoing.message.address_stream)
        headers = {
            "Content-Type": "application/cloudevents+json",
            "User-Agent": "taizhang",
            "webhook-id": message_id,
            "webhook-timestamp": str(sent_at),
            "webhook-signature": sign(key, message_id, sent_at, body),
        }
        connection = self._connect(host, port)
        try:
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        except (HTTPException, OSError, ValueError) as error:
            # The text of the error may hold the address.
            reason = f"receiver: {type(error).__name__}"
            raise DeliveryFailedError(reason, is_final=False) from error
        finally:
            connection.close()

    def _event(self, outgoing: Outgoing) -> dict[str, object]:
        message = outgoing.message
        return {
            "specversion": "1.0",
            "id": str(message.message_id),
            "source": f"/ledgers/{self._ledger}",
            "type": message.topic,
            "subject": str(message.originator_id),
            "time": message.created_at,
            "datacontenttype": "application/json",
            "data": {
                "policy_id": message.originator_id,
                "number": outgoing.number,
                "title": outgoing.title,
                "unit": outgoing.unit,
                "sha256": outgoing.sha256,
                "valid_from": outgoing.valid_from,
                "valid_until": outgoing.valid_until,
            },
        }


def _connect(host: str, port: int) -> HTTPConnection:
    context = ssl.create_default_context()
    return HTTPSConnection(host, port, timeout=_TIMEOUT_S, context=context)
