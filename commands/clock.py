"""Without this file nobody would be reminded, and nothing would end by itself."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit, end_with
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from commands.clock_round import ClockRound
    from replay.clock_report import ClockReport

_HELP = Text(
    "催办、督办建议、自动恢复、重算时限、逾期未补正、承诺未兑现、自动办结与归档。\n\n"
    "每次运行补齐截至该时刻应发生的一切，各按其应发生的时刻记录；重复运行不会重复记录。",
    "Reminders, supervision proposals, resumptions, recounted dues, withdrawals by silence, "
    "broken promises, closures and archiving.\n\n"
    "Each run raises whatever fell due by its instant, at the instant at which it did; running "
    "it again adds nothing.",
)
_AT = Text(
    "按该时刻计算，缺省为当前；只写日期则为当日结束。",
    "Act as of this instant, by default now; a bare day stands for its end.",
)
_DRY = Text("只列出应发生的数量，不作记录。", "Only count what is due; record nothing.")
_JSON = Text("输出 JSON（taizhang.clock/1）。", "Print JSON (taizhang.clock/1).")
_EVERY = Text(
    "每隔若干秒运行一次，直至中断。", "Run again after so many seconds, until interrupted."
)
_CHECK = Text(
    "只检查台账可用、时钟没有倒退；供容器健康检查。",
    "Only check that the ledger answers and no clock went backwards; for health checks.",
)
_EVERY_MAX_S = 86_400


@click.command(help=say(_HELP))
@click.option("--at", "at_text", help=say(_AT))
@click.option("--dry-run", is_flag=True, help=say(_DRY))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.option("--every", "every_s", type=click.IntRange(1, _EVERY_MAX_S), help=say(_EVERY))
@click.option("--check", "is_check", is_flag=True, help=say(_CHECK))
@click.pass_obj
def clock(
    invocation: Invocation,
    *,
    at_text: str | None,
    dry_run: bool,
    as_json: bool,
    every_s: int | None,
    is_check: bool,
) -> Exit:
    """Raise what fell due, once or again and again; exit 1 if a petition had to be left out."""
    from commands.clock_text import print_report
    from ledger.server_guard import guard_server

    if every_s is not None and (at_text is not None or is_check):
        raise CommandError(
            Exit.USAGE,
            Text(
                "--every 不能与 --at 或 --check 同用；未作任何记录，请只选其一。",
                "--every goes with neither --at nor --check; nothing was recorded, choose one.",
            ),
        )
    with _open(invocation) as rounds:
        if is_check:
            rounds.check(datetime.now(UTC))
            return Exit.DONE

        def run() -> "ClockReport":
            report = rounds.run(at_text, datetime.now(UTC), is_dry=dry_run)
            print_report(report, rounds.zone, is_dry=dry_run, as_json=as_json)
            return report

        if every_s is None:
            return Exit.FINDING if run().failures else Exit.DONE
        with guard_server(rounds.database.server):
            _keep_running(invocation, run, every_s)
    return Exit.DONE


def _keep_running(invocation: Invocation, run: "Callable[[], ClockReport]", every_s: int) -> None:
    """Run until told to stop; what goes wrong is said, and tried again at the next round."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        is_complete = True
        try:
            is_complete = run().is_complete
        except Exception as error:  # noqa: BLE001 - a service outlives whatever one round meets
            end_with(error, environ=invocation.environ, debug=False)
        if is_complete:
            stop.wait(every_s)


@contextmanager
def _open(invocation: Invocation) -> "Iterator[ClockRound]":
    from commands.clock_round import ClockRound
    from ledger.application import PetitionLedger

    with (
        open_ledger(invocation) as database,
        PetitionLedger(database, lambda: datetime.now(UTC)) as ledger,
    ):
        yield ClockRound(database, ledger)
