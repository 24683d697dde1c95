-- lock_ledger --
-- Wait for every other migrate step of this ledger; the lock ends with the session.
SELECT pg_advisory_lock(hashtextextended('taizhang migrate ' || %(schema)s::text, 0))

-- find_schema --
-- Whether the ledger's schema is there.
SELECT nspname
FROM pg_namespace
WHERE nspname = %(schema)s::text

-- find_migration_table --
-- Whether the list of applied migrations is there.
SELECT to_regclass(%(schema)s::text || '.migration') IS NOT NULL

-- create_migration_table --
-- The list of applied migrations, kept by the owner alone and readable to the other roles.
CREATE TABLE IF NOT EXISTS migration (
    number integer NOT NULL PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)

-- grant_migration_table --
-- A start compares the list with its own migrations.
GRANT SELECT ON migration TO tz_app, tz_projector

-- insert_migration --
-- Record a migration in the transaction that applies it.
INSERT INTO migration (number, name, sha256)
VALUES (%(number)s::integer, %(name)s::text, %(sha256)s::text)

-- list_migrations --
-- Every applied migration, oldest first.
SELECT
    number,
    name,
    sha256
FROM migration
ORDER BY number

-- set_timeouts --
-- A migration gives up on a busy table instead of holding up the ledger behind it.
SELECT
    set_config('lock_timeout', %(lock_timeout)s::text, TRUE),
    set_config('statement_timeout', %(statement_timeout)s::text, TRUE)

-- set_session_lock_timeout --
-- How long this session waits for the other migrate steps.
SELECT set_config('lock_timeout', %(lock_timeout)s::text, FALSE)

-- find_citus --
-- Whether this database spreads its schemas over a cluster.
SELECT extversion
FROM pg_extension
WHERE extname = 'citus'

-- shard_new_schemas --
-- A schema made in this transaction is kept whole on one node of the cluster.
SELECT set_config('citus.enable_schema_based_sharding', 'on', TRUE)
