"""Several nodes of one installation: API processes and projectors on one ledger."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, cast

from ledger.database import Database, Role
from tests.programs import PATIENCE_S, ROOT, wait_until


def environment(database: Database, folder: Path) -> dict[str, str]:
    """Return the environment of every process of an installation."""
    others = {key: value for key, value in os.environ.items() if not key.startswith("TAIZHANG")}
    return {
        **others,
        "TAIZHANG_LANG": "en",
        "TAIZHANG_LEDGER": database.ledger,
        "TAIZHANG_DATA_DIR": str(folder),
        "TAIZHANG_DSN": database.dsns[Role.APP],
        "TAIZHANG_OWNER_DSN": database.dsns[Role.OWNER],
        "TAIZHANG_PROJECTOR_DSN": database.dsns[Role.PROJECTOR],
        "TAIZHANG_ADMIN_DSN": database.admin_dsn,
    }


class Node:
    """One process of the program, and what it has said."""

    def __init__(self, environ: dict[str, str], *arguments: str) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(ROOT / "taizhang.py"), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environ,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def leads(self) -> bool:
        """Whether this projector has taken the lead."""
        return "keeps the read models current" in self.said

    def wait_for_url(self) -> str:
        """Return the address of this API once it answers."""
        wait_until(lambda: "Stop" in self.said or self.process.poll() is not None)
        found = re.search(r"http://[0-9.:]+", self.said)
        assert found is not None, self.said
        return found[0]

    def kill(self) -> None:
        """End it with -9, if it still runs, and read the rest."""
        self.process.kill()
        self.process.wait(PATIENCE_S)
        self._reader.join()
        cast("IO[str]", self.process.stdout).close()

    def _read(self) -> None:
        for line in cast("IO[str]", self.process.stdout):
            self.said += line
