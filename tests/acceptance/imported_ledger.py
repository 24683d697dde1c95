"""Real files imported into ledgers of the tests' own."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.application import PetitionLedger
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from replay.import_file import import_file
from replay.import_summary import ImportSummary
from replay.mapping_reader import load_mapping
from replay.rejects import Reject

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def real_file(name: str) -> Path:
    """Return a file of the real data, or skip the test where they are not."""
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the real data are not here: {path} is missing")
    return path


def truth(source: str) -> dict[str, Any]:
    """Return the figures somebody else computed from the same rows."""
    figures: dict[str, Any] = json.loads(real_file(f"{source}/truth.json").read_text("utf-8"))
    return figures


def import_whole(
    database: Database, name: str, *, is_dry: bool = False
) -> tuple[ImportSummary, list[Reject]]:
    """Import a real file by its shipped mapping and bring the read models up to date."""
    rejects: list[Reject] = []
    mapping = load_mapping(name.partition("/")[0])
    with PetitionLedger(database, lambda: NOW) as ledger:
        summary = import_file(
            ledger,
            database,
            real_file(name),
            mapping,
            now=NOW,
            is_dry=is_dry,
            on_reject=lambda _, reject: rejects.append(reject),
        )
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    return summary, rejects


def log_position(database: Database) -> int:
    """Return the end of the log."""
    with PetitionLedger(database, lambda: NOW) as ledger:
        return ledger.reader.read_position()
