"""An import in a process of its own: ``python -m tests.integration.importing``."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from ledger.application import PetitionLedger
from ledger.database import Database, Role
from replay.import_file import import_file
from replay.mapping_reader import load_mapping

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def main(conninfos: str, file: str, mapping: str) -> None:
    """Import a file and print how many cases were recorded."""
    dsns = {Role(role): dsn for role, dsn in json.loads(conninfos).items()}
    database = Database("main", dsns, dsns[Role.OWNER])
    with PetitionLedger(database, lambda: NOW) as ledger:
        summary = import_file(
            ledger,
            database,
            Path(file),
            load_mapping(mapping),
            now=NOW,
            on_reject=lambda _, reject: sys.exit(f"row {reject.row}: {reject.reason}"),
        )
    sys.stdout.write(f"{summary.accepted}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
