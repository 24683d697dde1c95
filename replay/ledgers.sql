-- list_ledgers --
-- The ledgers of this database, by name.
SELECT substr(nspname, 4)
FROM pg_namespace
WHERE nspname LIKE 'tz\_%%'
    AND EXISTS (
        SELECT
        FROM pg_class
        WHERE relnamespace = pg_namespace.oid
            AND relname = 'head'
            AND relkind IN ('r', 'p')
    )
ORDER BY nspname

-- read_end --
-- Where the log ends and since when, also in a schema older than this program.
SELECT
    position,
    recorded_at
FROM head

-- read_size --
-- What the ledger takes on the disk, with indexes.
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint
FROM pg_class
WHERE relnamespace = current_schema()::regnamespace
    AND relkind IN ('r', 'p')
