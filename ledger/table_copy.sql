-- list_tables --
-- The tables of a ledger with the columns that are stored, those that refer to others last. The
-- list of migrations is the target's own, and the head is moved by itself.
SELECT
    stored.relname::text,
    ARRAY(
        SELECT attname::text
        FROM pg_attribute
        WHERE attrelid = stored.oid
            AND attnum > 0
            AND NOT attisdropped
            AND attgenerated = ''
        ORDER BY attname
    ),
    pg_get_userbyid(stored.relowner)::text
FROM pg_class AS stored
WHERE stored.relnamespace = current_schema()::regnamespace
    AND stored.relkind IN ('r', 'p')
    AND stored.relname NOT IN ('head', 'migration')
ORDER BY
    (
        SELECT count(*)
        FROM pg_constraint
        WHERE conrelid = stored.oid
            AND contype = 'f'
    ),
    stored.relname

-- list_sequences --
-- How far each sequence of the ledger has come; without a value it was never asked.
SELECT
    sequencename::text,
    last_value
FROM pg_sequences
WHERE schemaname = current_schema()
ORDER BY sequencename

-- set_sequence --
-- Let a sequence go on where the source's stands.
SELECT setval(%(sequence)s::text::regclass, %(value)s::bigint)

-- set_snapshot --
-- Everything that is copied belongs to one instant.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- set_patience --
-- A copy takes as long as it takes, and the source waits while its target is proved.
SELECT
    set_config('statement_timeout', '0', TRUE),
    set_config('idle_in_transaction_session_timeout', '0', TRUE)

-- update_head --
-- Set the end of the log as the source has it.
UPDATE head
SET
    position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz

-- read_head --
-- The end of the log.
SELECT
    position,
    recorded_at
FROM head
