"""Without this file an interrupted rebuild could be finished by other rules than it began with."""

from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def program_digest() -> str:
    """Return a hash of everything that decides what read models hold, 64 hex digits.

    Reads the program's own files once per process.
    """
    digest = sha256()
    for package in ("domain", "ledger", "projections", "replay"):
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".sql")):
                digest.update(f"{package}/{entry.name}\n".encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()
