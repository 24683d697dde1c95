"""schema.sql is the truth and the migrations are the way there: both give one catalog."""

from dataclasses import replace
from importlib.resources import files

from psycopg import Connection
from psycopg.rows import TupleRow

from ledger.database import Database, Role
from ledger.migrate import migrate

_CATALOG = """
SELECT 'relation', c.relname::text, c.relkind::text, pg_get_userbyid(c.relowner)::text,
    c.relacl::text, c.relrowsecurity::text, c.relforcerowsecurity::text, c.reloptions::text
FROM pg_class AS c
WHERE c.relnamespace = current_schema::regnamespace
UNION ALL
SELECT 'column', c.relname::text, a.attname::text, a.attnum::text,
    format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
    a.attacl::text, concat(pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated)
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = current_schema::regnamespace AND NOT a.attisdropped
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname::text, contype::text,
    pg_get_constraintdef(oid), NULL, NULL, NULL
FROM pg_constraint
WHERE connamespace = current_schema::regnamespace
UNION ALL
SELECT 'index', tablename::text, indexname::text, indexdef, NULL, NULL, NULL, NULL
FROM pg_indexes
WHERE schemaname = current_schema
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname::text, tgenabled::text,
    pg_get_triggerdef(t.oid), NULL, NULL, NULL
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema::regnamespace AND NOT tgisinternal
UNION ALL
SELECT 'function', proname::text, pg_get_function_arguments(oid), pg_get_userbyid(proowner)::text,
    pg_get_functiondef(oid), proacl::text, NULL, NULL
FROM pg_proc
WHERE pronamespace = current_schema::regnamespace
UNION ALL
SELECT 'sequence', sequencename::text, data_type::text, start_value::text,
    increment_by::text, cycle::text, cache_size::text, NULL
FROM pg_sequences
WHERE schemaname = current_schema
UNION ALL
SELECT 'type', typname::text, typtype::text, pg_get_userbyid(typowner)::text,
    format_type(typbasetype, typtypmod), NULL, NULL, NULL
FROM pg_type
WHERE typnamespace = current_schema::regnamespace
"""
# Kept by the migrate step itself, before the first migration.
_MECHANISM = "migration"


def read_catalog(connection: Connection[TupleRow], schema: str) -> set[tuple[str, ...]]:
    """Return everything the server knows of a ledger's schema, by other names than its own."""
    rows = connection.execute(_CATALOG).fetchall()
    return {
        tuple("" if value is None else str(value).replace(schema, "tz") for value in row)
        for row in rows
        if not str(row[1]).startswith((_MECHANISM, f"_{_MECHANISM}"))
    }


def test_schema_file_and_migrations_give_one_catalog(empty_database: Database) -> None:
    """Tables, columns, rules, indexes, triggers, functions, owners and grants are the same."""
    migrate(empty_database)
    whole = replace(empty_database, ledger="from_schema_file")
    schema = files("ledger").joinpath("schema.sql").read_text("utf-8")
    with whole.connect(Role.OWNER) as connection:
        connection.execute(f"CREATE SCHEMA {whole.schema}".encode())
        connection.execute(
            f"GRANT USAGE ON SCHEMA {whole.schema} TO tz_app;"
            f"GRANT USAGE, CREATE ON SCHEMA {whole.schema} TO tz_projector".encode()
        )
        connection.execute(schema.encode())
        connection.commit()
        from_file = read_catalog(connection, whole.schema)
    with empty_database.connect(Role.OWNER) as connection:
        from_migrations = read_catalog(connection, empty_database.schema)
    assert sorted(from_file ^ from_migrations) == []
    assert any(row[0] == "trigger" for row in from_file)


def test_catalog_notices_a_difference(database: Database) -> None:
    """The comparison has teeth: a dropped default or a grant more is seen."""
    other = replace(database, ledger="other")
    migrate(other)
    with database.connect(Role.OWNER) as connection:
        before = read_catalog(connection, database.schema)
    with other.connect(Role.OWNER) as connection:
        assert sorted(read_catalog(connection, other.schema) ^ before) == []
        connection.execute("GRANT DELETE ON event TO tz_app")
        assert read_catalog(connection, other.schema) != before
