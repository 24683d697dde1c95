"""Without this file a command repeated after a lost answer would be a second command."""

from collections.abc import Callable
from hmac import digest
from time import monotonic, sleep

from domain.act import Act
from ledger.errors import LedgerUnavailableError, OutcomeUnknownError
from ledger.log_reader import GivenAnswer, LogReader
from ledger.receipt import Receipt, receipt_of

SETTLE_TIMEOUT_S = 10.0
SETTLE_INTERVAL_S = 0.2


class Answers:
    """The answers that commands were given under their idempotency keys. Blocking.

    Args:
        get_reader: Returns the reader of the ledger.
    """

    def __init__(self, get_reader: Callable[[], LogReader]) -> None:
        self._get_reader = get_reader
        self._secret: bytes | None = None

    def fingerprint(self, request: bytes) -> bytes:
        """Return the 32 bytes by which an equal request is known again."""
        if self._secret is None:
            self._secret = self._get_reader().read_secret("fingerprint")
        return digest(self._secret, request, "sha256")

    def find(self, act: Act, fingerprint: bytes) -> Receipt | None:
        """Return the answer an equal request was given, if there is one.

        Raises:
            KeyReusedError: the key belongs to another request.
        """
        if act.idempotency_key is None:
            return None
        given = self._get_reader().find_answer(act.actor_id, act.idempotency_key)
        if given is None:
            return None
        return receipt_of(given, act.idempotency_key, fingerprint, replayed=True)

    def settle(self, act: Act, fingerprint: bytes, unknown: OutcomeUnknownError) -> Receipt:
        """Return the answer of a command whose commit was cut off, if it was recorded.

        Raises:
            OutcomeUnknownError: there is no key to ask by, or the database stays away.
            LedgerUnavailableError: it was not recorded.
        """
        if act.idempotency_key is None:
            raise unknown
        given = self._await(act.actor_id, act.idempotency_key, unknown)
        if given is None:
            raise LedgerUnavailableError("the connection broke before the commit") from unknown
        return receipt_of(given, act.idempotency_key, fingerprint, replayed=False)

    def _await(self, actor_id: str, key: str, unknown: OutcomeUnknownError) -> GivenAnswer | None:
        give_up_at_s = monotonic() + SETTLE_TIMEOUT_S
        while True:
            try:
                return self._get_reader().settle_answer(actor_id, key)
            except LedgerUnavailableError:
                if monotonic() > give_up_at_s:
                    raise unknown from None
                sleep(SETTLE_INTERVAL_S)
