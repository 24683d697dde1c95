-- add_page_inspection --
-- What shows how deep an index is; comes with the server.
CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA public

-- vacuum_log --
-- What autovacuum does once enough rows were inserted, at once and in the foreground.
VACUUM (ANALYZE) event

-- read_log_size --
-- Rows and bytes of the event table.
SELECT
    reltuples::bigint,
    pg_table_size(oid)
FROM pg_class
WHERE oid = 'event'::regclass

-- read_index_sizes --
-- Per index of the event table its name, bytes, pages, and levels above the leaves.
SELECT
    pg_class.relname::text,
    pg_relation_size(pg_class.oid),
    pg_relation_size(pg_class.oid) / current_setting('block_size')::bigint,
    (public.bt_metap(pg_class.oid::regclass::text)).level
FROM pg_index
INNER JOIN pg_class
    ON pg_class.oid = pg_index.indexrelid
WHERE pg_index.indrelid = 'event'::regclass
ORDER BY pg_class.relname
