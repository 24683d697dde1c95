"""Without this file a run could be seen once and neither kept nor compared."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from benchmarks.machine import Machine
from benchmarks.rounds import Row, met_goals
from benchmarks.sizes import Sizes

_PROCESSES = "ours, 2 processes"
_HEADINGS = (
    "#",
    "work 工作",
    "ours 台账",
    "eventsourcing",
    "limit 极限",
    "÷ eventsourcing",
    "÷ limit",
    "goal 目标",
)


class Outcome(msgspec.Struct, frozen=True):
    """A whole run, with what a reader needs to repeat it.

    Attributes:
        measured_at: Aware instant of the run's beginning.
        took_s: Seconds of the whole run.
        machine: What it ran on.
        server: The server's settings by name.
        peer: The peer's settings by name, but for where the server is.
        seed: What the random draws began with.
        sizes: How much was measured.
        rows: In the order of the table.
    """

    measured_at: datetime
    took_s: float
    machine: Machine
    server: Mapping[str, str]
    peer: Mapping[str, str]
    seed: int
    sizes: Sizes
    rows: tuple[Row, ...]

    def write_json(self, path: Path) -> None:
        """Write the run as JSON, every round of every contender."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")

    def table(self) -> str:
        """Return the run as a Markdown table with its circumstances. Pure."""
        met, judged = met_goals(self.rows)
        lines = [
            (
                f"Measured {self.measured_at:%Y-%m-%d %H:%M} UTC in {self.took_s:,.0f} s on "
                f"{self.machine.cpu}, {self.machine.cpus} CPUs, {self.machine.memory_gib} GiB, "
                f"{self.machine.system}, {self.machine.python}. Medians of {self.sizes.rounds_len} "
                f"rounds in turn, per second; seed {self.seed}."
            ),
            "",
            _line(_HEADINGS),
            _line("---" for _ in _HEADINGS),
            *(_line(_cells(row)) for row in self.rows),
            "",
            f"Goals met 达标: {met} / {judged}.",
            "",
            "Server (one for all): " + _pairs(self.server) + ".",
            "Peer: " + _pairs(self.peer) + "; all else as the library defaults.",
            "Packages: " + _pairs(self.machine.packages) + ".",
        ]
        return "\n".join(lines)


def _cells(row: Row) -> list[str]:
    if row.failure:
        return [row.benchmark, row.work, f"could not run 未能运行: {row.failure}", *[""] * 5]
    ours = _rate(row, "ours")
    if _PROCESSES in row.rates:
        ours = f"{ours} (2 processes {_rate(row, _PROCESSES)})"
    return [
        row.benchmark,
        f"{row.work}, {row.unit}/s",
        ours,
        _rate(row, "eventsourcing"),
        _rate(row, "limit"),
        _ratio(row.ratio("eventsourcing")),
        _ratio(row.ratio("limit")),
        _verdict(row),
    ]


def _verdict(row: Row) -> str:
    goal, ratio = row.goal, row.ratio(row.goal.against) if row.goal else None
    if goal is None:
        return ""
    if ratio is None:
        return "not judged 未判定"
    said = "met 达标" if row.is_met() else "not met 未达标"
    return f"≥ {goal.ratio_min:g} × {goal.against}: {said} ({ratio:.2f})"


def _rate(row: Row, name: str) -> str:
    rate = row.median(name)
    return "–" if rate is None else f"{rate:,.0f}"


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f} ×"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
