"""Writes docs/openapi.json anew: ``.venv/bin/python -m tests.write_openapi``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI

from api.app import create_app
from api.services import Services
from ledger.database import Database, Role

PATH = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"


def make_app() -> FastAPI:
    """Return the API of a ledger that is nowhere; it documents itself all the same."""
    nowhere = "host=/nowhere"
    database = Database("main", dict.fromkeys(Role, nowhere), nowhere)
    return create_app(Services.of(database, lambda: datetime.now(UTC), uuid4, lambda _: "E-0"))


def document_text() -> str:
    """Return the document as the file holds it."""
    return json.dumps(make_app().openapi(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(document_text(), encoding="utf-8")
