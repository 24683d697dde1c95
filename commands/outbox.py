"""Without this file messages to subscribers would never leave the ledger."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from uuid import UUID

    from projections.outbox_sending import Sent

_ABOUT = Text("发送给订阅人的消息。", "Messages to subscribers.")
_SEND = Text(
    "发送到期的消息一次，然后退出；由定时任务每分钟运行。\n\n"
    "邮件按 TAIZHANG_SMTP_HOST、_PORT、_SECURITY、_FROM、_USER、_PASSWORD_FILE；"
    "回调只发往 TAIZHANG_WEBHOOK_HOSTS，按 TAIZHANG_WEBHOOK_SECRET_FILE 签名（Standard Webhooks）。"
    "失败的按 1 分钟至 24 小时重试六次。",
    "Send what is due once and stop; let a timer run it every minute.\n\n"
    "Mail by TAIZHANG_SMTP_HOST, _PORT, _SECURITY, _FROM, _USER, _PASSWORD_FILE; webhooks to the "
    "hosts of TAIZHANG_WEBHOOK_HOSTS alone, signed by TAIZHANG_WEBHOOK_SECRET_FILE (Standard "
    "Webhooks). What fails is tried six more times, after 1 minute up to 24 hours.",
)
_KEY = Text(
    "显示一个订阅的回调签名密钥，交给接收方验签。",
    "Show the key that signs a subscription's webhooks, for its receiver to check them by.",
)
_LIMIT = Text("最多发送多少条。", "Send at most so many.")
_JSON = Text("输出 JSON（taizhang.sent/1）。", "Print JSON (taizhang.sent/1).")
_KEY_JSON = Text("输出 JSON（taizhang.webhook-key/1）。", "Print JSON (taizhang.webhook-key/1).")


@click.group(help=say(_ABOUT))
def outbox() -> None:
    """Group what is done about outgoing messages."""


@outbox.command("send", help=say(_SEND))
@click.option(
    "--limit", type=click.IntRange(1, 1_000), default=1_000, show_default=True, help=say(_LIMIT)
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def send(invocation: Invocation, *, limit: int, as_json: bool) -> Exit:
    """Send what is due once."""
    from commands.json_text import print_json
    from domain.subscription import PushChannel
    from ledger.database import Role
    from ledger.delivery_settings import SmtpSettings, WebhookSettings
    from ledger.settings import DatabaseSettings
    from projections.mail_delivery import MailDelivery
    from projections.outbox_sending import Delivery, send_messages
    from projections.webhook_delivery import WebhookDelivery

    settings = DatabaseSettings.from_env(invocation.environ)
    smtp = SmtpSettings.from_env(invocation.environ)
    webhooks = WebhookSettings.from_env(invocation.environ)
    ways: dict[PushChannel, Delivery] = {}
    mail = None if smtp is None else MailDelivery(smtp)
    if mail is not None:
        ways[PushChannel.EMAIL] = mail
    if webhooks is not None:
        ways[PushChannel.WEBHOOK] = WebhookDelivery(webhooks, settings.ledger)
    with (
        open_ledger(invocation) as database,
        database.connect(Role.APP, autocommit=True) as connection,
    ):
        try:
            sent = send_messages(connection, ways, lambda: datetime.now(UTC), limit=limit)
        finally:
            if mail is not None:
                mail.close()
    if as_json:
        print_json({"schema": "taizhang.sent/1", **sent._asdict()})
    else:
        click.echo(say(_told(sent)), err=True)
    return Exit.FINDING if sent.retrying or sent.given_up else Exit.DONE


@outbox.command("key", help=say(_KEY))
@click.argument("subscription", type=click.UUID)
@click.option("--json", "as_json", is_flag=True, help=say(_KEY_JSON))
@click.pass_obj
def key(invocation: Invocation, *, subscription: "UUID", as_json: bool) -> Exit:
    """Show the key of one subscription's webhooks."""
    from base64 import b64encode

    from commands.json_text import print_json
    from ledger.delivery_settings import WebhookSettings
    from projections.webhook_delivery import signing_key

    settings = WebhookSettings.from_env(invocation.environ)
    if settings is None:
        raise CommandError(
            Exit.USAGE,
            Text(
                "没有设置 TAIZHANG_WEBHOOK_HOSTS；未作任何更改，请设置后重试。",
                "TAIZHANG_WEBHOOK_HOSTS is not set; nothing was changed, set it and try again.",
            ),
        )
    text = f"whsec_{b64encode(signing_key(settings.secret, subscription)).decode()}"
    if as_json:
        print_json(
            {"schema": "taizhang.webhook-key/1", "subscription": str(subscription), "key": text}
        )
    else:
        click.echo(text)
    return Exit.DONE


def _told(sent: "Sent") -> Text:
    return Text(
        f"已发送 {sent.delivered}，待重试 {sent.retrying}，不再发送 {sent.given_up}，"
        f"未设置发送方式 {sent.unset}。全部消息见 taizhang board outbox。",
        f"Sent {sent.delivered}, to be tried again {sent.retrying}, given up {sent.given_up}, no "
        f"way set up for {sent.unset}. See: taizhang board outbox",
    )
