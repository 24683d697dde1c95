"""Without this file the import of a survey would end without a word."""

from pathlib import Path
from typing import Final

import click
import msgspec

from commands.json_text import print_json
from commands.language import say
from domain.text import Text
from replay.survey import SurveySummary

SCHEMA: Final = "taizhang.survey_import/1"


def print_summary(summary: SurveySummary, *, is_dry: bool, rejects: Path, as_json: bool) -> None:
    """Write what became of a survey's rows to stdout."""
    if as_json:
        result = msgspec.structs.asdict(summary)
        rejects_file = str(rejects) if summary.rejected else None
        print_json({"schema": SCHEMA, "dry_run": is_dry, **result, "rejects_file": rejects_file})
        return
    recorded = Text("将登记", "to be recorded") if is_dry else Text("已登记", "recorded")
    lines: list[tuple[Text, object]] = [
        (Text("来源", "source"), summary.source),
        (Text("SHA-256", "SHA-256"), summary.file_sha256),
        (Text("行数", "rows"), summary.rows),
        (recorded, summary.recorded),
        (Text("此前已有", "already there"), summary.already_there),
        (Text("拒绝", "rejected"), summary.rejected),
        *(
            (Text(f"  {reason}", f"  {reason}"), count)
            for reason, count in sorted(summary.rejected_by_reason.items())
        ),
    ]
    if summary.last_position is not None:
        lines.append((Text("日志位置", "log position"), summary.last_position))
    if summary.rejected:
        lines.append((Text("拒绝清单", "rejects file"), rejects))
    for name, value in lines:
        click.echo(f"{say(name)}\t{value}")
