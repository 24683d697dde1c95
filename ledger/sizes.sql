-- read_sizes --
-- Tables of the log with all that hangs on them, then their indexes, each by size.
SELECT
    pg_class.relname::text,
    pg_class.relkind = 'i' AS is_index,
    CASE pg_class.relkind
        WHEN 'i' THEN pg_relation_size(pg_class.oid)
        ELSE pg_table_size(pg_class.oid)
    END AS size_bytes
FROM pg_class
LEFT JOIN pg_index
    ON pg_index.indexrelid = pg_class.oid
WHERE coalesce(pg_index.indrelid, pg_class.oid) IN (
    'event'::regclass,
    'personal'::regclass,
    'command'::regclass,
    'claim'::regclass
)
ORDER BY
    is_index,
    size_bytes DESC,
    relname
