"""Without this file nobody could rebuild or check the read models from a terminal."""

import json
import os
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from commands.replay_what_if import what_if
from domain.text import Text

if TYPE_CHECKING:
    from projections.model import ModelFactory
    from replay.verify import Verified

_HELP = Text(
    "由日志重建读模型、核验整个台账，或按另一套规则重放。",
    "Rebuild read models, verify the ledger, or replay it under other rules.",
)
_REBUILD = Text(
    "由日志重建读模型，完成后一次替换；期间照常读写，中断后可继续。",
    "Make read models anew from the log and swap them in; reading and writing go on "
    "meanwhile, and an interrupted run goes on where it ended.",
)
_VERIFY = Text(
    "核验日志与读模型。退出码 0 为无误，1 为有发现。",
    "Check the log and the read models. Exit 0 if all is right, 1 if something was found.",
)
_MODEL = Text("只处理此读模型，可多次给出；默认全部。", "Only this read model; repeatable.")
_JOBS = Text("并行进程数。", "Processes to share the work.")
_EVERY_CORE = Text(
    "并行进程数；默认每核一个。", "Processes to share the work; one for each core by default."
)
_SCHEDULER = Text(
    "由此 Dask 调度器的工作进程分担（地址如 tcp://10.0.0.7:8786），须安装可选组件 distributed；"
    "各工作进程自备 TAIZHANG_DSN，并运行同一版本。仅限封闭网络。",
    "Let the workers of this Dask scheduler share the work (such as tcp://10.0.0.7:8786); needs "
    "the optional group 'distributed'. Workers have a TAIZHANG_DSN of their own and the same "
    "version. For closed networks only.",
)
_KEEP = Text("保留旧表，供回退查看。", "Keep the old tables to look at.")
_JSON = Text("以 JSON 输出。", "Print JSON.")
_JOBS_MAX = 64


@click.group(help=say(_HELP))
def replay() -> None:
    """Group the commands that read the whole log."""


replay.add_command(what_if)


@replay.command(help=say(_REBUILD))
@click.option("--model", "models", multiple=True, help=say(_MODEL))
@click.option("--jobs", type=click.IntRange(1, _JOBS_MAX), default=1, help=say(_JOBS))
@click.option("--scheduler", metavar="ADDRESS", help=say(_SCHEDULER))
@click.option("--keep-old", is_flag=True, help=say(_KEEP))
@click.pass_obj
def rebuild(
    invocation: Invocation,
    *,
    models: tuple[str, ...],
    jobs: int,
    scheduler: str | None,
    keep_old: bool,
) -> None:
    """Rebuild read models."""
    from commands.progress import show_progress
    from replay.extras import require_extra
    from replay.rebuild import rebuild as rebuild_models

    if scheduler is not None:
        require_extra("distributed", "distributed")
    with open_ledger(invocation) as database:
        factories = _choose(models)
        with show_progress(say(Text("重建", "Rebuilding"))) as progress:
            rebuilt = rebuild_models(
                database,
                factories,
                jobs=jobs,
                scheduler=scheduler,
                keep_old=keep_old,
                progress=progress,
            )
    names, position = ", ".join(rebuilt.models), rebuilt.position
    _tell(
        Text(f"已重建至第 {position} 号事件：{names}", f"Rebuilt up to event {position}: {names}")
    )
    if rebuilt.kept_schema is not None:
        kept = rebuilt.kept_schema
        _tell(Text(f"旧表保留在模式 {kept}。", f"The old tables are kept in schema {kept}."))


@replay.command(help=say(_VERIFY))
@click.option("--model", "models", multiple=True, help=say(_MODEL))
@click.option(
    "--jobs",
    type=click.IntRange(1, _JOBS_MAX),
    default=lambda: min(os.cpu_count() or 1, _JOBS_MAX),
    help=say(_EVERY_CORE),
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def verify(invocation: Invocation, *, models: tuple[str, ...], jobs: int, as_json: bool) -> int:
    """Check the log and the read models."""
    from commands.progress import show_progress
    from replay.verify import verify as verify_ledger

    with open_ledger(invocation) as database:
        with show_progress(say(Text("核验", "Verifying"))) as progress:
            verified = verify_ledger(database, _choose(models), jobs=jobs, progress=progress)
        click.echo(_as_json(database.ledger, verified) if as_json else _as_text(verified))
    return Exit.FINDING if verified.findings else Exit.DONE


def _choose(names: tuple[str, ...]) -> "list[ModelFactory]":
    from projections.models import MODELS

    known = {model.name: model for model in MODELS}
    for name in names:
        if name not in known:
            listed = ", ".join(known)
            text = Text(
                f"没有读模型“{name}”；可选：{listed}",
                f"no read model '{name}'; there are: {listed}",
            )
            raise click.BadParameter(say(text), param_hint="--model")
    return [model for name, model in known.items() if not names or name in names]


def _as_text(verified: "Verified") -> str:
    lines = [say(finding.text) for finding in verified.findings]
    models = ", ".join(f"{name} {position}" for name, position in verified.models.items())
    if not lines:
        guard = verified.guard.label
        text = Text(
            f"无误：日志至第 {verified.position} 号事件，读模型 {models}；只增不改由{guard.zh}保证",
            f"All is right: the log up to event {verified.position}, read models {models}; "
            f"append-only by {guard.en}",
        )
        lines.append(say(text))
    return "\n".join(lines)


def _as_json(ledger: str, verified: "Verified") -> str:
    return json.dumps(
        {
            "schema": "taizhang.verify/1",
            "ledger": ledger,
            "ok": not verified.findings,
            "position": verified.position,
            "models": verified.models,
            "append_only_by": verified.guard,
            "findings": [
                {
                    "fault": finding.fault,
                    "position": finding.position,
                    "table": finding.table,
                    "key": finding.key,
                    "zh": finding.text.zh,
                    "en": finding.text.en,
                }
                for finding in verified.findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _tell(text: Text) -> None:
    click.echo(say(text), err=True)
