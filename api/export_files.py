"""Without this file an export would be forgotten with the server that made it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

import msgspec

from api.export_servers import ExportServers
from api.export_state import Export, ExportState
from replay.petition_export import WORK_PREFIX, PetitionExport, PetitionOrder

EXPIRY: Final = timedelta(hours=24)
"""How long a finished file can be fetched."""
MEMORY: Final = timedelta(days=30)
"""How long it is known what came of an export."""

_REQUEST: Final = "request.json"
_RESULT: Final = "result.json"
_PROGRESS: Final = "progress.json"
_CANCELLED: Final = "cancelled"
_SERVERS: Final = "servers"


class ExportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it was given: by whom, when, to which server, and its fingerprint."""

    order: PetitionOrder
    requested_at: datetime
    server: UUID
    fingerprint: str


class ExportFiles:
    """Exports as folders: what was asked, how far it is, what came of it. Blocking.

    The state follows from the files, so that it is the same after a restart: an export
    without a result whose server is gone was interrupted.

    Args:
        folder: Where; None for a folder that ends with this process.
    """

    def __init__(self, folder: Path | None) -> None:
        self._temporary = None if folder else TemporaryDirectory(prefix="taizhang-exports-")
        self._folder = folder or Path(self._temporary.name if self._temporary else "")
        self._servers = ExportServers(self._folder / _SERVERS)

    @property
    def server(self) -> UUID:
        """Which server this one is."""
        return self._servers.own

    def close(self) -> None:
        """Let go of what this server was working on."""
        self._servers.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def folder_of(self, export_id: UUID) -> Path:
        """Return where an export's files are; pure."""
        return self._folder / str(export_id)

    def add(self, export_id: UUID, request: ExportRequest) -> None:
        """Keep a new order, for its own account alone."""
        folder = self.folder_of(export_id)
        folder.mkdir(mode=0o700)
        write_member(folder / _REQUEST, request)

    def find_request(self, export_id: UUID) -> ExportRequest | None:
        """Return what was asked, or None where nothing was."""
        try:
            text = (self.folder_of(export_id) / _REQUEST).read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(text, type=ExportRequest)

    def cancel(self, export_id: UUID) -> None:
        """Note that nobody wants it any more."""
        (self.folder_of(export_id) / _CANCELLED).touch()

    def read(self, export_id: UUID, request: ExportRequest, now: datetime) -> Export:
        """Return how an export stands, and remove its file once that has expired."""
        folder = self.folder_of(export_id)
        result, progress = self._result(folder), (0, 0)
        if (folder / _PROGRESS).exists():
            text = (folder / _PROGRESS).read_bytes()
            progress = msgspec.json.decode(text, type=tuple[int, int])
        state = self._state(folder, request, result, now, has_begun=progress != (0, 0))
        if not state.is_open and state is not ExportState.DONE:
            _tidy(folder)
        return Export(export_id, request.order, request.requested_at, state, progress, result)

    def all(self, now: datetime) -> Iterator[Export]:
        """Yield every export, and forget those nobody can need any more."""
        for folder in self._folder.iterdir():
            if folder.name == _SERVERS:
                continue
            export_id = UUID(folder.name)
            request = self.find_request(export_id)
            if request is not None and request.requested_at + MEMORY < now:
                shutil.rmtree(folder)
            elif request is not None:
                yield self.read(export_id, request, now)

    def _result(self, folder: Path) -> PetitionExport | None:
        try:
            text = (folder / _RESULT).read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(text, type=PetitionExport)

    def _state(
        self,
        folder: Path,
        request: ExportRequest,
        result: PetitionExport | None,
        now: datetime,
        *,
        has_begun: bool,
    ) -> ExportState:
        if (folder / _CANCELLED).exists():
            return ExportState.CANCELLED
        if result is not None and result.file is None:
            return ExportState.FAILED
        if result is not None:
            is_kept = now < result.finished_at + EXPIRY
            return ExportState.DONE if is_kept else ExportState.EXPIRED
        if not self._servers.is_alive(request.server):
            return ExportState.INTERRUPTED
        return ExportState.RUNNING if has_begun else ExportState.QUEUED


def _tidy(folder: Path) -> None:
    """Remove what was made, or half made, and is not to be fetched."""
    for each in folder.glob("*.zip"):
        each.unlink(missing_ok=True)
    for each in folder.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(each, ignore_errors=True)


def note_progress(folder: Path, done: int, total: int) -> None:
    """Note how far an export is. Blocking."""
    write_member(folder / _PROGRESS, (done, total))


def note_result(folder: Path, result: PetitionExport) -> None:
    """Note what came of an export. Blocking."""
    write_member(folder / _RESULT, result)


def write_member(path: Path, value: object) -> None:
    """Write JSON so that nobody finds half of it. Blocking."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(msgspec.json.encode(value))
    part.replace(path)
