"""Without this module the steps of a ledger's schema would have no order and no identity."""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final, LiteralString, NamedTuple

_FILE_NAME: Final = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_OF_TRIGGERS: Final = re.compile(
    r"^(?:CREATE TRIGGER|ALTER TABLE \w+ ENABLE ALWAYS TRIGGER)\b[^;]*;\n", re.MULTILINE
)


class Migration(NamedTuple):
    """One step of a ledger's schema; its text never changes once it was released.

    Attributes:
        number: 1, 2, 3 … without a gap.
        name: What it brings, from the file name.
        sha256: Hash of the file's bytes, 64 hex digits.
    """

    number: int
    name: str
    sha256: str

    @property
    def title(self) -> str:
        """Return number and name as in the file name."""
        return f"{self.number:04}_{self.name}"


def shipped_migrations() -> tuple[Migration, ...]:
    """Return the migrations of this program, oldest first. Reads its own files once.

    Raises:
        ValueError: A file is misnamed, or the numbers have a gap.
    """
    return tuple(migration_statements())


@cache
def migration_statements() -> dict[Migration, LiteralString]:
    """Return each migration of this program with its text, in order. Reads its files once.

    Raises:
        ValueError: A file is misnamed, or the numbers have a gap.
    """
    found: dict[Migration, LiteralString] = {}
    folder = files("ledger").joinpath("migrations")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".sql"):
            continue
        match = _FILE_NAME.fullmatch(entry.name)
        if match is None or int(match[1]) != len(found) + 1:
            raise ValueError(f"ledger/migrations/{entry.name}: expected {len(found) + 1:04}_name")
        content = entry.read_bytes()
        step = Migration(int(match[1]), match[2], hashlib.sha256(content).hexdigest())
        found[step] = content.decode("utf-8")
    return found


def without_triggers(statements: LiteralString) -> LiteralString:
    """Return a migration without its statements about triggers, for a server that has none.

    Pure. What the triggers guard is left to the grants of the same migration.
    """
    return _OF_TRIGGERS.sub("", statements)
