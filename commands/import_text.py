"""Without this file an import would say nothing while it runs and little when it ends."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import click

from commands.language import say
from commands.row_text import print_summary
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


def print_cases(summary: ImportSummary, *, is_dry: bool, rejects: Path, as_json: bool) -> None:
    """Write what became of the cases of a file to stdout."""
    accepted = Text("将导入", "to be imported") if is_dry else Text("已导入", "imported")
    print_summary(
        SCHEMA,
        summary,
        (accepted, summary.accepted),
        _case_lines(summary),
        is_dry=is_dry,
        rejects=rejects,
        as_json=as_json,
    )


def _case_lines(summary: ImportSummary) -> Iterator[str]:
    for status, count in summary.statuses.items():
        stated = Text(
            f"其中办结 {count.closed}，未办结 {count.open}",
            f"{count.closed} closed, {count.open} open",
        )
        yield f"{say(Text('原状态', 'stated status'))} {status}\t{say(stated)}"
    for topic, events in summary.events.items():
        yield f"{say(Text('事件', 'events'))} {topic}\t{events}"
    if summary.units_registered:
        yield f"{say(Text('新单位', 'new units'))}\t{summary.units_registered}"
