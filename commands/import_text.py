"""Without this file an import would say nothing while it runs and little when it ends."""

from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import click
import msgspec
import orjson

from commands.language import say
from domain.text import Text
from replay.import_summary import ImportSummary
from replay.rejects import Reject, RejectsFile

SCHEMA = "taizhang.import/1"
_INTERVAL_S = 10.0
_UNPRINTED_S = 2.0


class RejectsOnDemand:
    """Opens the rejects file when the first row is rejected; a context manager.

    Args:
        path: Where it goes; an older one is overwritten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: RejectsFile | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.__exit__(kind, error, trace)

    def write(self, header: tuple[str, ...], reject: Reject) -> None:
        """Add one row."""
        if self._file is None:
            stream = self.path.open("w", encoding="utf-8-sig", newline="")
            self._file = RejectsFile(stream, header)
        self._file.write(reject)


class ImportProgress:
    """Says on stderr how far an import is: a line that stays current, or one per 10 s.

    Args:
        is_terminal: Whether stderr can rewrite its line.
    """

    def __init__(self, *, is_terminal: bool) -> None:
        self._is_terminal = is_terminal
        self._started_s = self._said_s = monotonic()

    def tell(self, summary: ImportSummary, fraction: float) -> None:
        """Say rows, rate and time left, where that is due."""
        now_s = monotonic()
        passed_s = now_s - self._started_s
        is_due = passed_s > _UNPRINTED_S if self._is_terminal else self._is_interval_over(now_s)
        if not is_due:
            return
        self._said_s = now_s
        rate = round(summary.rows / passed_s)
        left_s = round(passed_s * (1 - fraction) / fraction) if fraction else 0
        line = say(
            Text(
                f"已读 {summary.rows:,} 行（{fraction:.0%}），每秒 {rate:,} 行，"
                f"约余 {left_s} 秒；拒绝 {summary.rejected:,} 行",
                f"{summary.rows:,} rows read ({fraction:.0%}), {rate:,} a second, about "
                f"{left_s} s left; {summary.rejected:,} rejected",
            )
        )
        start = "\r\x1b[K" if self._is_terminal else ""
        click.echo(f"{start}{line}", err=True, nl=not self._is_terminal)

    def end(self) -> None:
        """Leave the line that was being rewritten."""
        if self._is_terminal and self._said_s > self._started_s:
            click.echo(err=True)

    def _is_interval_over(self, now_s: float) -> bool:
        return now_s - self._said_s >= _INTERVAL_S


def summary_lines(summary: ImportSummary, *, is_dry: bool, rejects: Path) -> list[str]:
    """Return the result of an import as a person reads it; pure."""
    accepted = Text("将导入", "to be imported") if is_dry else Text("已导入", "imported")
    lines = [
        f"{say(Text('来源', 'source'))}\t{summary.source}",
        f"SHA-256\t{summary.file_sha256}",
        f"{say(Text('行数', 'rows'))}\t{summary.rows}",
        f"{say(accepted)}\t{summary.accepted}",
        f"{say(Text('此前已有', 'already there'))}\t{summary.already_there}",
        f"{say(Text('拒绝', 'rejected'))}\t{summary.rejected}",
    ]
    lines += [
        f"  {reason}\t{count}" for reason, count in sorted(summary.rejected_by_reason.items())
    ]
    for status, count in summary.statuses.items():
        stated = Text(
            f"其中办结 {count.closed}，未办结 {count.open}",
            f"{count.closed} closed, {count.open} open",
        )
        lines.append(f"{say(Text('原状态', 'stated status'))} {status}\t{say(stated)}")
    lines += [
        f"{say(Text('事件', 'events'))} {topic}\t{count}" for topic, count in summary.events.items()
    ]
    if summary.units_registered:
        lines.append(f"{say(Text('新单位', 'new units'))}\t{summary.units_registered}")
    if summary.last_position is not None:
        lines.append(f"{say(Text('日志位置', 'log position'))}\t{summary.last_position}")
    if summary.rejected:
        lines.append(f"{say(Text('拒绝清单', 'rejects file'))}\t{rejects}")
    return lines


def summary_json(summary: ImportSummary, *, is_dry: bool, rejects: Path) -> str:
    """Return the result of an import as one JSON object; pure."""
    result = {
        "schema": SCHEMA,
        "dry_run": is_dry,
        **msgspec.to_builtins(summary),
        "rejects_file": str(rejects) if summary.rejected else None,
    }
    return orjson.dumps(result).decode()
