"""Without this file a rebuild could use no machine but its own."""

import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from socket import gethostname
from typing import Final, NamedTuple

from psycopg import OperationalError

from domain.text import Text
from ledger.database import open_database
from ledger.errors import LedgerError
from ledger.settings import DatabaseSettings
from ledger.startup import StartupError
from replay.extras import require_extra
from replay.parallel import SliceWork, bundles
from replay.program import program_digest
from replay.shadow import Plan, Purpose, Shadow

_CONNECT_TIMEOUT_S: Final = 10
_DATABASE_LOST: Final = Text(
    "数据库没有应答；请检查该工作进程的 TAIZHANG_DSN",
    "the database does not answer; look at the worker's TAIZHANG_DSN",
)


class ClusterUnavailableError(LedgerError):
    """No scheduler answers there, it has no worker, or workers died over their task."""

    code = "cluster-unavailable"

    def __init__(self, scheduler: str, why: Text) -> None:
        super().__init__(
            Text(
                f"集群 {scheduler} 不可用：{why.zh}。现有读模型未改动，已完成的分片已保留；"
                "请检查调度器与工作进程后重试，或不加 --scheduler 在本机继续。",
                f"The cluster {scheduler} cannot be used: {why.en}. The read models are unchanged "
                "and finished slices are kept; look at scheduler and workers and try again, or "
                "go on here without --scheduler.",
            )
        )


class WorkerRefusedError(LedgerError):
    """A worker could not do its part rightly, so it did nothing."""

    code = "worker-refused"

    def __init__(self, host: str, why: Text) -> None:
        super().__init__(
            Text(
                f"工作主机 {host} 拒绝参与：{why.zh}。现有读模型未改动，已完成的分片已保留。",
                f"The worker on {host} refused: {why.en}. The read models are unchanged and "
                "finished slices are kept.",
            )
        )
        self._parts = host, why

    def __reduce__(self) -> tuple[type["WorkerRefusedError"], tuple[str, Text]]:
        """Let it come back from another host."""
        return WorkerRefusedError, self._parts


class ClusterWork(NamedTuple):
    """What a worker on another host is told; how to log in to the database it knows itself.

    Attributes:
        ledger: Name of the ledger.
        purpose: Whose shadow.
        plan: What it is to hold, and by which program.
    """

    ledger: str
    purpose: Purpose
    plan: Plan

    def fill(self, numbers: Sequence[int]) -> int:
        """Fill slices and return how many events they have. Blocking.

        Reads the worker's own environment: it is where that process begins its part. What a
        lost worker had finished of them is not done again.

        Raises:
            UnreplayableEventError: an event cannot be read or applied.
            WorkerRefusedError: another program, or no way to the database.
        """
        host = gethostname()
        if program_digest() != self.plan.program:
            text = Text(
                "其程序版本与发起方不同；请在各主机安装同一版本",
                "its program differs from the caller's; install the same version everywhere",
            )
            raise WorkerRefusedError(host, text)
        try:
            settings = DatabaseSettings.from_env(os.environ)
            if settings.dsn is None:
                text = Text(
                    "其环境中没有 TAIZHANG_DSN；请在启动工作进程前设置",
                    "TAIZHANG_DSN is not set there; set it before the worker starts",
                )
                raise WorkerRefusedError(host, text)
            with open_database(replace(settings, ledger=self.ledger)) as database:
                return SliceWork(database, self.purpose, self.plan).fill(numbers)
        except StartupError as error:
            text = Text(f"{error.what.zh}（{error.why.zh}）", f"{error.what.en} ({error.why.en})")
            raise WorkerRefusedError(host, text) from None
        except OperationalError:
            # Its text may say how somebody logs in.
            raise WorkerRefusedError(host, _DATABASE_LOST) from None


def fill_on_cluster(
    shadow: Shadow, plan: Plan, missing: Sequence[int], scheduler: str
) -> Generator[int, None, None]:
    """Fill slices by the workers of a Dask scheduler, and yield numbers of events as done.

    Blocking. The first failure ends the work; slices that are finished stay so.

    Args:
        shadow: Prepared.
        plan: What it is to hold.
        missing: Numbers of the slices.
        scheduler: Its address, such as ``tcp://10.0.0.7:8786``. Whoever may reach it can run
            programs there, so it belongs into a closed network.

    Raises:
        ClusterUnavailableError: nobody answers, no worker is there, or workers died.
        MissingExtraError: the library is not installed.
        UnreplayableEventError: an event cannot be read or applied.
        WorkerRefusedError: a worker has another program, or no way to the database.
    """
    require_extra("distributed", "distributed")
    from distributed import CancelledError, Client, KilledWorker, as_completed  # noqa: PLC0415

    try:
        client = Client(scheduler, timeout=_CONNECT_TIMEOUT_S, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterUnavailableError(scheduler, Text("没有应答", "nobody answers")) from None
    with client:
        threads = client.nthreads()
        if not threads:
            text = Text("没有工作进程", "it has no worker")
            raise ClusterUnavailableError(scheduler, text)
        work = ClusterWork(shadow.database.ledger, shadow.purpose, plan)
        parts = client.map(work.fill, bundles(missing, sum(threads.values())), pure=False)
        try:
            for part in as_completed(parts, loop=client.loop):
                yield part.result()
        except (KilledWorker, CancelledError):
            text = Text("工作进程中途消失", "workers vanished over their work")
            raise ClusterUnavailableError(scheduler, text) from None
        finally:
            client.cancel(parts)
