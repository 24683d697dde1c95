"""Without this file people would not know where the demo is, how to use it, or how to end it."""

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import click

from commands.aligned import box
from commands.demo_stage import issue_demo_keys
from commands.language import say
from commands.serving import place_lines
from domain.text import Text
from ledger.database import Database
from scenarios.scenario import Scenario

_TITLE = "示范模式，请勿用于实际业务 / demo, not for production"
_KEPT = Text("（退出后保留，再次运行不会重复写入）", " (kept; playing again adds nothing)")
_GONE = Text("（临时目录，退出即删除）", " (temporary, deleted at the end)")


def show_banner(
    database: Database, scenario: Scenario, base_url: str | None, *, is_ephemeral: bool
) -> None:
    """Print where the demo is; keys are made only where there is an API to use them on."""
    lines = banner_lines(
        scenario,
        place_lines(database)[0],
        program=_program(),
        is_ephemeral=is_ephemeral,
        base_url=base_url,
        keys=[] if base_url is None else issue_demo_keys(database, scenario),
    )
    click.echo("\n".join(["", *lines]))


def banner_lines(
    scenario: Scenario,
    place: Text,
    *,
    program: str,
    is_ephemeral: bool,
    base_url: str | None = None,
    keys: Sequence[tuple[Text, str]] = (),
) -> list[str]:
    """Return what stands below the demo's report, at most 25 lines. Pure.

    Args:
        scenario: What was played.
        place: Where the data lie, in a line.
        program: How the reader calls this program.
        is_ephemeral: Whether the data go with the process.
        base_url: Where the API answers, or None if it was not started.
        keys: Whom each demo key stands for, and its text.
    """
    lines = box(_TITLE)
    if base_url is not None:
        lines.append(f"{say(Text('接口文档', 'API docs'))}: {base_url}/docs")
        lines.append(f"{say(Text('运行状况', 'Health'))}: {base_url}/v1/health")
    lines += [f"{say(label)}: {key}" for label, key in keys]
    lines.append(f"{say(place)}{say(_GONE if is_ephemeral else _KEPT)}")
    if not is_ephemeral:
        removal = f"{program} demo {scenario.city} --delete"
        lines.append(f"{say(Text('删除示范数据', 'To delete the demo data'))}: {removal}")
    if not is_ephemeral or base_url is not None:
        lines.append(say(Text("接下来可以：", "Next:")))
    if base_url is not None and keys:
        curl = f"curl -H 'Authorization: Bearer {keys[0][1]}'"
        lines.append(f"  {curl} '{base_url}/v1/rates?by=unit&as_of={_utc(scenario)}'")
    if not is_ephemeral:
        ours = f"TAIZHANG_LEDGER={scenario.ledger} {program}"
        day = f"{scenario.as_of:%Y-%m-%d}"
        lines.append(f"  {ours} report closure --by unit --as-of {day}")
        lines.append(f"  {ours} petition show {scenario.shown_petition}")
    if base_url is None and not is_ephemeral:
        lines.append(f"  {program} demo {scenario.city}")
    if base_url is not None:
        lines.append(say(Text("停止：Ctrl-C", "Stop: Ctrl-C")))
    return lines


def _utc(scenario: Scenario) -> str:
    return f"{scenario.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _program() -> str:
    """Return how the reader can call this program from where they are."""
    called = Path(sys.argv[0])
    if called.name != "taizhang" or shutil.which("taizhang") == str(called.absolute()):
        return "taizhang"
    return os.path.relpath(called) if called.is_relative_to(Path.cwd()) else str(called)
