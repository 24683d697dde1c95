"""Without this file each check of a file's bytes would read them in its own way."""

import hashlib
from pathlib import Path


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits; blocking."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
