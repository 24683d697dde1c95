"""Without this file a spawned process would not know what to export."""

import signal
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from api.export_files import note_progress, note_result
from ledger.database import Database
from replay.petition_export import PetitionOrder, export_petitions


def work_on(database: Database, folder: Path, order: PetitionOrder) -> None:
    """Make one export and note what came of it; the entry of a process of its own. Blocking.

    Args:
        database: The ledger, without its server.
        folder: The export's own.
        order: What it is to hold.
    """
    # Ctrl-C reaches the whole group of processes; the server decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Told at once, so that what is running can be told from what waits.
    note_progress(folder, 0, 1)
    progress = partial(note_progress, folder)
    result = export_petitions(database, folder, order, progress, lambda: datetime.now(UTC))
    note_result(folder, result)
