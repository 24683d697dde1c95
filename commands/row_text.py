"""Without this file an import would end without a word on the rows it left behind."""

from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from commands.json_text import print_json
from commands.language import say
from domain.text import Text
from replay.row_tally import RowSummary


def print_summary(
    schema: str,
    summary: RowSummary,
    recorded: tuple[Text, int],
    more: Iterable[str] = (),
    *,
    is_dry: bool,
    rejects: Path,
    as_json: bool,
) -> None:
    """Write what became of the rows of a file to stdout.

    Args:
        schema: Of the JSON.
        summary: What became of them.
        recorded: What is said of the rows that were recorded, and how many they are.
        more: Lines for a person, before those about the log and the rejects.
        is_dry: Whether nothing was recorded.
        rejects: Where rejected rows are.
        as_json: Whether a program reads it.
    """
    if as_json:
        where = str(rejects) if summary.rejected else None
        result = msgspec.to_builtins(summary)
        print_json({"schema": schema, "dry_run": is_dry, **result, "rejects_file": where})
        return
    lines: list[tuple[Text, object]] = [
        (Text("来源", "source"), summary.source),
        (Text("SHA-256", "SHA-256"), summary.file_sha256),
        (Text("行数", "rows"), summary.rows),
        recorded,
        (Text("此前已有", "already there"), summary.already_there),
        (Text("拒绝", "rejected"), summary.rejected),
    ]
    reasons = sorted(summary.rejected_by_reason.items())
    last: list[tuple[Text, object]] = []
    if summary.last_position is not None:
        last.append((Text("日志位置", "log position"), summary.last_position))
    if summary.rejected:
        last.append((Text("拒绝清单", "rejects file"), rejects))
    for line in (
        *(f"{say(name)}\t{value}" for name, value in lines),
        *(f"  {reason}\t{count}" for reason, count in reasons),
        *more,
        *(f"{say(name)}\t{value}" for name, value in last),
    ):
        click.echo(line)
