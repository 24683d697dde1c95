"""Workers that stand for exports which take long, or whose process dies."""

import os
import time
from pathlib import Path

from api.export_files import note_progress
from ledger.database import Database
from replay.petition_export import PetitionOrder


def last_long(database: Database, folder: Path, order: PetitionOrder) -> None:
    """Begin, and go on until ended."""
    del database, order
    note_progress(folder, 1, 2)
    (folder / ".work-x").mkdir()
    time.sleep(600)


def die(database: Database, folder: Path, order: PetitionOrder) -> None:
    """End without a word."""
    del database, folder, order
    os._exit(3)
