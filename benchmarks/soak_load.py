"""Without this file a slow server would be asked less, and look fast."""

import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import count
from time import perf_counter, sleep
from uuid import uuid4

PETITION = {
    "channel": "hotline",
    "petition_type": "appeal",
    "subject": "厂区门口停车位不足",
    "text": "员工停车困难, 请协调增设车位。",
    "petitioner_name": "示例诉求人",
    "petitioner_phone": "000-0000",
}
_CREATED = 201


@dataclass
class Load:
    """Commands over HTTP at a steady rate, from clients that each file and register petitions.

    A command is due at its own time whether the ones before it are answered or not, and its
    latency counts from then: a server that stands still is not spared what it kept waiting.

    Attributes:
        port: Of the API on the loopback address.
        key: Of an intake clerk.
        rate: Commands per second.
        clients_len: Connections.
        latencies_s: Of every command that was answered, in the order of their answers.
        failures: What was answered else, or why nothing was.
    """

    port: int
    key: str
    rate: float
    clients_len: int = 32
    latencies_s: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the clients; none begins yet."""
        self._slots = count()
        self._stop = threading.Event()
        self._started_at_s = 0.0
        self._threads = [threading.Thread(target=self._run) for _ in range(self.clients_len)]

    def start(self) -> None:
        """Begin to send."""
        self._started_at_s = perf_counter()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Send no more. Blocks for the answers under way."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        petition_id = ""
        while not self._stop.is_set():
            due_at_s = self._started_at_s + next(self._slots) / self.rate
            sleep(max(0.0, due_at_s - perf_counter()))
            try:
                petition_id = self._command(connection, petition_id)
            except (OSError, HTTPException, ValueError) as error:
                self.failures.append(repr(error))
                connection.close()
                petition_id = ""
            else:
                self.latencies_s.append(perf_counter() - due_at_s)
        connection.close()

    def _command(self, connection: HTTPConnection, petition_id: str) -> str:
        """File a petition and return its id, or register it and return nothing."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        path, body = "/v1/petitions", json.dumps(PETITION)
        if petition_id:
            path, body = f"{path}/{petition_id}/registration", "{}"
            headers["If-Match"] = '"1"'
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise ValueError(f"{response.status} {answer[:300].decode('utf-8', 'replace')}")
        return str(json.loads(answer)["petition_id"]) if response.status == _CREATED else ""
