"""Without this file nobody could be let into the API, or shut out of it."""

from datetime import UTC, datetime, timedelta

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.key_fields import instant_text, key_fields, print_json
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text
from domain.vocabulary import Role

_HELP = Text("管理 API 密钥。", "Manage API keys.")
_ADD = Text(
    "生成一把密钥并显示一次；以后无法再看到，只能重新生成。",
    "Make a key and show it once; it cannot be seen again, only replaced.",
)
_LIST = Text("列出所有密钥，新的在前。", "List every key, the newest first.")
_REVOKE = Text(
    "停用一把密钥；运行中的服务几秒内生效。", "Revoke a key; a running API obeys in seconds."
)
_ROLE = Text("密钥的唯一角色。", "The one role the key acts in.")
_UNIT = Text(
    "绑定的单位代码（承办人、部门负责人必填）。", "Unit it is bound to; handlers need one."
)
_ACCOUNT = Text("账号，缺省为 角色-随机。", "Account it acts as; by default the role and a number.")
_NAME = Text("密钥的名称，供人识别。", "What people call the key.")
_EXPIRES = Text("多少天后到期，缺省不到期。", "Days until it expires; by default never.")
_JSON = Text("输出 JSON。", "Print JSON.")


@click.group(help=say(_HELP))
def keys() -> None:
    """Manage API keys."""


@keys.command(help=say(_ADD))
@click.option(
    "--role", type=click.Choice([each.value for each in Role]), required=True, help=say(_ROLE)
)
@click.option("--unit", help=say(_UNIT))
@click.option("--account", help=say(_ACCOUNT))
@click.option("--name", "label", required=True, help=say(_NAME))
@click.option("--expires-days", type=click.IntRange(1, 3660), help=say(_EXPIRES))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def add(
    invocation: Invocation,
    *,
    role: str,
    unit: str | None,
    account: str | None,
    label: str,
    expires_days: int | None,
    as_json: bool,
) -> Exit:
    """Make a key."""
    from secrets import token_hex

    from ledger.api_keys import KeyGrant, issue_key
    from ledger.application import PetitionLedger

    now = datetime.now(UTC)
    grant = KeyGrant(
        label=label,
        role=Role(role),
        actor_id=account or f"{role}-{token_hex(3)}",
        unit=unit,
        expires_at=None if expires_days is None else now + timedelta(days=expires_days),
    )
    with open_ledger(invocation) as database, PetitionLedger(database, lambda: now) as ledger:
        text = issue_key(database, grant, ledger.reference.roster().state, now)
    if as_json:
        print_json(
            {
                "schema": "taizhang.key/1",
                "key": text,
                "role": role,
                "unit": unit,
                "account": grant.actor_id,
                "name": label,
                "expires_at": instant_text(grant.expires_at),
            }
        )
    else:
        click.echo(text)
    shown = Text(
        f"密钥只显示这一次，请妥善保存。账号 {grant.actor_id}，角色{grant.role.label.zh}。",
        f"The key is shown this once; keep it safe. Account {grant.actor_id}, role {role}.",
    )
    click.echo(say(shown), err=True)
    return Exit.DONE


@keys.command("list", help=say(_LIST))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def list_all(invocation: Invocation, *, as_json: bool) -> Exit:
    """List every key."""
    from ledger.api_keys import list_keys

    with open_ledger(invocation) as database:
        found = list_keys(database)
    now = datetime.now(UTC)
    if as_json:
        print_json({"schema": "taizhang.keys/1", "keys": [key_fields(key, now) for key in found]})
        return Exit.DONE
    for key in found:
        values = key_fields(key, now)
        click.echo("\t".join("" if value is None else str(value) for value in values.values()))
    return Exit.DONE


@keys.command(help=say(_REVOKE))
@click.argument("key_id")
@click.pass_obj
def revoke(invocation: Invocation, *, key_id: str) -> Exit:
    """Revoke a key."""
    from ledger.api_keys import revoke_key

    # People paste what they have: the public part, or the key up to its secret.
    public = key_id.removeprefix("tz_").split("_")[0]
    with open_ledger(invocation) as database:
        is_done = revoke_key(database, public, datetime.now(UTC))
    if not is_done:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                f"没有有效的密钥 {public}；未作任何更改。全部密钥见 taizhang keys list。",
                f"There is no key {public} in force; nothing was changed. See: taizhang keys list",
            ),
        )
    click.echo(say(Text(f"已停用密钥 {public}。", f"Key {public} is revoked.")), err=True)
    return Exit.DONE
