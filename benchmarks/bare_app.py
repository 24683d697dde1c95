"""Without this file nobody would know what the framework alone costs.

The least that a FastAPI and psycopg program can do: it inserts one row, or reads one, checks
nothing and knows nobody.
"""

from uuid import uuid4

from fastapi import FastAPI
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from ledger.queries import load_queries

QUERIES = load_queries("benchmarks", "bare_app")
POOL_LEN = 16


def create_bare_app(conninfo: str) -> FastAPI:
    """Return the program; its connections open with the first request.

    Args:
        conninfo: A login that may create tables.
    """
    app = FastAPI()
    pool = ConnectionPool(conninfo, min_size=POOL_LEN, max_size=POOL_LEN, open=False)

    @app.post("/rows", status_code=201)
    def write(body: dict[str, str]) -> dict[str, str]:
        row_id = str(uuid4())
        pool.open()
        with pool.connection() as connection:
            connection.execute(QUERIES["insert_row"], {"id": row_id, **body})
        return {"id": row_id}

    @app.get("/rows/{row_id}")
    def read(row_id: str) -> dict[str, object]:
        pool.open()
        with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(QUERIES["read_row"], {"id": row_id}).fetchone()
        return row or {}

    return app
