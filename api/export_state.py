"""Without this file nobody could say whether an export is still to come, or why it never will."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.text import Text
from domain.vocabulary import Labelled
from ledger.errors import LedgerError
from replay.petition_export import PetitionExport, PetitionOrder


class ExportState(Labelled):
    """How an export stands."""

    QUEUED = "queued", "排队", "queued"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "完成", "done"
    FAILED = "failed", "失败", "failed"
    CANCELLED = "cancelled", "已取消", "cancelled"
    INTERRUPTED = "interrupted", "因服务重启中断", "interrupted by a restart"
    EXPIRED = "expired", "已过期", "expired"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self in {ExportState.QUEUED, ExportState.RUNNING}


class Export(NamedTuple):
    """One export.

    Attributes:
        export_id: Its id.
        order: What was asked, and by whom.
        requested_at: Aware instant.
        state: How it stands.
        progress: Petitions read, of how many; both 0 before it begins.
        result: What came of it, or None.
    """

    export_id: UUID
    order: PetitionOrder
    requested_at: datetime
    state: ExportState
    progress: tuple[int, int]
    result: PetitionExport | None


class UnknownExportError(LedgerError):
    """There is no such export, or it is somebody else's; both are answered alike."""

    code = "unknown-export"

    def __init__(self, export_id: UUID) -> None:
        super().__init__(
            Text(
                f"没有标识为 {export_id} 的导出；只有申请人本人可以查看。请重新申请。",
                f"There is no export {export_id}; only who asked for one may see it. Ask again.",
            )
        )


class ExportNotReadyError(LedgerError):
    """It has no file: not yet, or never."""

    code = "export-not-ready"

    def __init__(self, state: ExportState) -> None:
        label = state.label
        super().__init__(
            Text(
                f"该导出没有可下载的文件（{label.zh}）。进行中的请稍后再取，其余请重新申请。",
                f"This export has no file ({label.en}). Fetch a running one later; ask for others "
                "again.",
            )
        )


class ExportExpiredError(LedgerError):
    """Its file was kept for a day and is removed."""

    code = "export-expired"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "该导出的文件保留 24 小时，已删除；台账未改动。请重新申请。",
                "The file of this export was kept for 24 hours and is removed; the ledger is "
                "unchanged. Ask again.",
            )
        )


class TooManyExportsError(LedgerError):
    """Somebody asked for more than is worked on at a time."""

    code = "too-many-exports"

    def __init__(self, open_max: int) -> None:
        super().__init__(
            Text(
                f"已有 {open_max} 个导出尚未完成；未受理新的导出。请等待或取消其中一个。",
                f"{open_max} exports are not finished yet; no other was taken on. Wait, or cancel "
                "one of them.",
            )
        )


def refused_file(state: ExportState) -> LedgerError:
    """Return why an export in this state has no file to fetch. Pure."""
    return ExportExpiredError() if state is ExportState.EXPIRED else ExportNotReadyError(state)
