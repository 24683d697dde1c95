"""Without this file a peer of another environment could not be asked from here."""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Final, Self

import msgspec

from benchmarks.generator import EncodedLife
from benchmarks.peers.peer import MissingPeerError
from ledger.codec import EncodedEvent

BATCH_LEN: Final = 500
_GRACE_S: Final = 120.0
"""Beyond a turn's own length; a program that takes longer is ended."""


class Answer(msgspec.Struct, frozen=True):
    """What a driver's program says in one line.

    Attributes:
        settings: With its first line, its version and settings.
        rate: With the others, per second.
        error: Why there is no rate.
    """

    settings: Mapping[str, str] = {}
    rate: float = 0.0
    error: str = ""


class PeerDriver:
    """A peer's own program, asked and answered by a line of JSON each. Blocking.

    Args:
        arguments: Of the program, which says its settings as soon as it is ready.
        folder: Where it runs.
        event: What each command appends.
    """

    def __init__(self, arguments: Sequence[str], folder: Path, event: EncodedEvent) -> None:
        self._event = event
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by __exit__
        self._process = subprocess.Popen(
            arguments,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        try:
            self.settings = self._listen(_GRACE_S).settings
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the program end."""
        self._end()

    def _end(self) -> None:
        """Ask nothing more, at which the program ends by itself."""
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._errors.close()

    def measure_commands(self, writers_len: int, turn_s: float) -> float:
        """As ``Peer``."""
        return self._ask(
            {
                "writers": writers_len,
                "turn_s": turn_s,
                "topic": self._event.topic,
                "payload": self._event.payload.decode(),
            },
            turn_s,
        )

    def measure_import(self, lives: Sequence[EncodedLife]) -> float:
        """As ``Peer``."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
            for life in lives:
                events = [(event.topic, event.payload.decode()) for event, _, _ in life.events]
                print(json.dumps([str(life.petition_id), events]), file=file)
            file.flush()
            return self._ask({"file": file.name, "batch_len": BATCH_LEN}, _GRACE_S)

    def _ask(self, request: Mapping[str, object], takes_s: float) -> float:
        if self._process.stdin is None or self._process.poll() is not None:
            raise MissingPeerError("its program has ended")
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return self._listen(takes_s + _GRACE_S).rate

    def _listen(self, timeout_s: float) -> Answer:
        killer = Timer(timeout_s, self._process.kill)
        killer.start()
        line = self._process.stdout.readline() if self._process.stdout else ""
        killer.cancel()
        if not line:
            raise MissingPeerError(f"its program ended: {self._last_error()}")
        answer = msgspec.json.decode(line, type=Answer)
        if answer.error:
            raise MissingPeerError(answer.error)
        return answer

    def _last_error(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        lines = [line.strip() for line in self._errors if "Error" in line or ":" in line]
        return lines[-1] if lines else f"code {self._process.returncode}"
