"""Without this file no command could be given from a terminal but by writing HTTP by hand."""

from typing import BinaryIO
from uuid import UUID

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_HELP = Text(
    "对任一事项执行一个命令。\n\nRESOURCE 为事项类别，COMMAND 为命令，ID 为其标识（新建时不填）。"
    "只写 RESOURCE 时列出其全部命令；都不写时列出全部类别。办理人由密钥确定，"
    "密钥取自环境变量 TAIZHANG_KEY。",
    "Give any command to anything.\n\nRESOURCE is the kind of thing, COMMAND the command, ID its "
    "id (none to begin one). RESOURCE alone lists its commands, nothing at all lists the "
    "resources. The key says who acts; it is taken from the variable TAIZHANG_KEY.",
)
_FILE = Text("命令内容的 JSON 文件，- 为标准输入。", "JSON file with the body, - for stdin.")
_KEY = Text("幂等键；同一键只执行一次。", "Idempotency key; the same key acts once.")
_VERSION = Text("已读取的版本；缺省为最新。", "Version that was read; by default the latest.")


@click.command(help=say(_HELP))
@click.argument("resource", required=False)
@click.argument("command", required=False)
@click.argument("target", required=False, type=click.UUID, metavar="[ID]")
@click.option("--json-file", type=click.File("rb"), help=say(_FILE))
@click.option("--idempotency-key", help=say(_KEY))
@click.option("--version", "seen_version", type=click.IntRange(1), help=say(_VERSION))
@click.pass_obj
def act(
    invocation: Invocation,
    *,
    resource: str | None,
    command: str | None,
    target: UUID | None,
    json_file: BinaryIO | None,
    idempotency_key: str | None,
    seen_version: int | None,
) -> Exit:
    """Give one command and print what it led to."""
    from commands.act_catalogue import take_act
    from commands.act_lists import list_acts, list_resources
    from commands.acting import open_acting
    from commands.json_text import print_json

    if resource is None:
        list_resources()
        return Exit.DONE
    if command is None:
        list_acts(resource)
        return Exit.DONE
    chosen = take_act(resource, command, has_target=target is not None)
    body = chosen.decode(json_file.read() if json_file is not None else b"{}")
    with open_acting(invocation) as (ledger, principal, _):
        receipt = chosen.give(ledger, target, body, principal, idempotency_key, seen_version)
    print_json(
        {
            "schema": "taizhang.receipt/1",
            "id": str(receipt.originator_id),
            "version": receipt.version,
            "first_position": receipt.first_position,
            "last_position": receipt.last_position,
            "replayed": receipt.replayed,
        }
    )
    return Exit.DONE
