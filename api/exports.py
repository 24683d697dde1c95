"""Without this file a large export would be made by a request, and hold up all others."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from api.export_files import ExportFiles, ExportRequest, note_result
from api.export_state import Export, ExportState, TooManyExportsError, UnknownExportError
from api.export_worker import work_on
from ledger.database import Database
from ledger.errors import KeyReusedError
from replay.petition_export import CRASHED, PetitionExport, PetitionOrder

OWN_MAX: Final = 2
"""Exports one account may have open."""
OPEN_MAX: Final = 20
"""Exports all accounts together may have open."""

_NAMES: Final = UUID("4f0cc2a0-5f4d-4d7c-8d8e-0d6a3f6f6a11")


class Exports:
    """Takes orders for large exports and has them made one after the other, in another process.

    Nothing is started or written before the first order. Thread-safe.

    Args:
        database: The ledger; left open.
        folder: Where exports are kept; None for as long as this process lives.
        get_now: The host's clock, aware.
    """

    def __init__(
        self, database: Database, folder: Path | None, get_now: Callable[[], datetime]
    ) -> None:
        # The worker attaches; an embedded server stays this process's own.
        self._database = replace(database, server=None)
        self._folder = folder
        self._get_now = get_now
        self._lock = threading.RLock()
        self._opened: ExportFiles | None = None
        self._queue = ThreadPoolExecutor(1, "exports")
        self._worker: tuple[UUID, BaseProcess] | None = None
        self._is_closing = False

    def start(self, order: PetitionOrder, key: str, asked: bytes) -> Export:
        """Take an order and return how it stands; the same key gives the same export. Blocking.

        Args:
            order: What to make.
            key: The request's Idempotency-Key.
            asked: The request as it was sent, before now stood for what it left out.

        Raises:
            KeyReusedError: the key was used for another order.
            TooManyExportsError: the account has too many open, or all accounts together.
        """
        export_id = uuid5(_NAMES, f"{order.reader.actor_id}\0{key}")
        fingerprint = sha256(asked).hexdigest()
        with self._lock:
            files, now = self._files(), self._get_now()
            request = files.find_request(export_id)
            if request is None:
                self._refuse_too_many(order, now)
                request = ExportRequest(
                    order=order, requested_at=now, server=files.server, fingerprint=fingerprint
                )
                files.add(export_id, request)
                self._queue.submit(self._make, export_id, order)
            elif request.fingerprint != fingerprint:
                raise KeyReusedError(key)
            return files.read(export_id, request, now)

    def find(self, actor_id: str, export_id: UUID) -> Export:
        """Return an export of an account. Blocking.

        Raises:
            UnknownExportError: it has none of this id.
        """
        files = self._files()
        request = files.find_request(export_id)
        if request is None or request.order.reader.actor_id != actor_id:
            raise UnknownExportError(export_id)
        return files.read(export_id, request, self._get_now())

    def cancel(self, actor_id: str, export_id: UUID) -> Export:
        """Give an open export up and return how it stands; a finished one stays. Blocking.

        Raises:
            UnknownExportError: the account has none of this id.
        """
        with self._lock:
            if self.find(actor_id, export_id).state.is_open:
                self._files().cancel(export_id)
                if self._worker is not None and self._worker[0] == export_id:
                    self._worker[1].terminate()
        return self.find(actor_id, export_id)

    def file_of(self, export: Export) -> Path | None:
        """Return where the file of an export is, or None where it has none; pure."""
        if export.state is not ExportState.DONE or export.result is None or not export.result.file:
            return None
        return self._files().folder_of(export.export_id) / export.result.file

    def close(self) -> None:
        """End what is being made. Blocking; it is found interrupted from now on."""
        with self._lock:
            self._is_closing = True
            if self._worker is not None:
                self._worker[1].terminate()
        self._queue.shutdown(cancel_futures=True)
        if self._opened is not None:
            self._opened.close()

    def _files(self) -> ExportFiles:
        with self._lock:
            if self._opened is None:
                self._opened = ExportFiles(self._folder)
            return self._opened

    def _refuse_too_many(self, order: PetitionOrder, now: datetime) -> None:
        found = [each for each in self._files().all(now) if each.state.is_open]
        own = [each for each in found if each.order.reader.actor_id == order.reader.actor_id]
        if len(own) >= OWN_MAX:
            raise TooManyExportsError(OWN_MAX)
        if len(found) >= OPEN_MAX:
            raise TooManyExportsError(OPEN_MAX)

    def _make(self, export_id: UUID, order: PetitionOrder) -> None:
        files = self._files()
        with self._lock:
            if self._is_closing or not self._is_open(export_id, order):
                return
            # Spawned: a forked child would share this process's connections and threads.
            process = multiprocessing.get_context("spawn").Process(
                target=work_on,
                args=(self._database, files.folder_of(export_id), order),
                name="taizhang-export",
                daemon=True,
            )
            process.start()
            self._worker = export_id, process
        process.join()
        with self._lock:
            self._worker = None
            if self._is_open(export_id, order) and not self._is_closing:
                crashed = PetitionExport(finished_at=self._get_now(), problem=CRASHED)
                note_result(files.folder_of(export_id), crashed)

    def _is_open(self, export_id: UUID, order: PetitionOrder) -> bool:
        return self.find(order.reader.actor_id, export_id).state.is_open
