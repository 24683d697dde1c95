"""Without this file nobody could see from a terminal which ledgers there are."""

from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.json_text import print_json
from commands.key_fields import instant_text
from commands.language import say
from commands.table_text import Column, print_table
from domain.text import Text

if TYPE_CHECKING:
    from replay.ledgers import LedgerLine

_HELP = Text(
    "列出数据库中的全部台账：辖区、状态、事件数、大小、结构版本，以及读模型落后多少。",
    "List every ledger of the database: jurisdiction, state, events, size, migrations, and how "
    "far its read models are behind.",
)
_JSON = Text("输出 JSON（taizhang.ledgers/1）。", "Print JSON (taizhang.ledgers/1).")
_COLUMNS = (
    Column(Text("台账", "ledger"), is_number=False, is_whole=True),
    Column(Text("辖区", "jurisdiction"), is_number=False),
    Column(Text("英文名", "in English"), is_number=False),
    Column(Text("状态", "state"), is_number=False),
    Column(Text("事件数（末位置）", "events (last position)")),
    Column(Text("大小 MiB", "size MiB")),
    Column(Text("结构", "schema"), is_number=False),
    Column(Text("读模型落后", "lag")),
)
_UNKNOWN = "–"


@click.command("list", help=say(_HELP))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def list_all(invocation: Invocation, *, as_json: bool) -> Exit:
    """List every ledger."""
    from ledger.database import open_database
    from ledger.settings import DatabaseSettings
    from replay.ledgers import list_ledgers

    with open_database(DatabaseSettings.from_env(invocation.environ)) as database:
        lines = list_ledgers(database)
    if as_json:
        print_json({"schema": "taizhang.ledgers/1", "ledgers": [_member(each) for each in lines]})
    else:
        print_table(_COLUMNS, [_cells(line) for line in lines])
    return Exit.DONE


def _cells(line: "LedgerLine") -> list[str]:
    state = _UNKNOWN
    if line.place is not None:
        state = say(line.place.state.label)
        if line.place.elsewhere is not None:
            state = f"{state} ({line.place.elsewhere})"
    lag = _UNKNOWN if line.lag is None else str(line.lag)
    if line.stopped:
        stopped = say(Text("停止", "stopped"))
        lag = f"{lag} ({stopped}: {', '.join(line.stopped)})"
    return [
        line.name,
        line.jurisdiction.zh,
        line.jurisdiction.en,
        state,
        str(line.position),
        f"{line.size_bytes / 2**20:.1f}",
        say(_schema(line)),
        lag,
    ]


def _schema(line: "LedgerLine") -> Text:
    pending, unknown = len(line.plan.pending), len(line.plan.unknown)
    if line.plan.changed:
        return Text("与程序不符", "differs from the program")
    if unknown:
        return Text(f"较新，多 {unknown} 步", f"newer by {unknown}")
    if pending:
        return Text(f"较旧，缺 {pending} 步", f"older by {pending}")
    return Text("最新", "current")


def _member(line: "LedgerLine") -> dict[str, object]:
    place = line.place
    return {
        "name": line.name,
        "jurisdiction": line.jurisdiction._asdict(),
        "state": place and place.state.value,
        "elsewhere": place and place.elsewhere,
        "events": line.position,
        "last_position": line.position,
        "recorded_at": instant_text(line.recorded_at),
        "size_bytes": line.size_bytes,
        "schema": "current" if line.is_current else "differs",
        "pending": [step.title for step in line.plan.pending],
        "unknown": [step.title for step in (*line.plan.unknown, *line.plan.changed)],
        "lag": line.lag,
        "stopped": list(line.stopped),
    }
