"""Without this file a run could be seen once and neither kept nor compared."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from benchmarks.growth import Growth
from benchmarks.machine import Machine
from benchmarks.rows import Row
from benchmarks.sizes import Sizes


class Outcome(msgspec.Struct, frozen=True):
    """A whole run, with what a reader needs to repeat it.

    Attributes:
        measured_at: Aware instant of the run's beginning.
        took_s: Seconds of the whole run.
        machine: What it ran on.
        server: The server's settings by name.
        settings: Per contender its version and settings by name, but for where it is.
        seed: What the random draws began with.
        sizes: How much was measured.
        rows: In the order of the table.
        growths: What the log of each ledger of a full run takes, ascending.
    """

    measured_at: datetime
    took_s: float
    machine: Machine
    server: Mapping[str, str]
    settings: Mapping[str, Mapping[str, str]]
    seed: int
    sizes: Sizes
    rows: tuple[Row, ...]
    growths: tuple[Growth, ...] = ()

    def write_json(self, path: Path) -> None:
        """Write the run as JSON, every round of every contender; its folder is made.

        Whoever reads meanwhile, or ends the program, finds a whole file.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".begun")
        begun.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")
        begun.replace(path)


def read_outcome(path: Path) -> Outcome:
    """Return a run that was written as JSON.

    Raises:
        msgspec.ValidationError: the file holds something else.
    """
    return msgspec.json.decode(path.read_bytes(), type=Outcome)
