-- try_to_lock_move --
-- One move of a ledger at a time; the lock ends with the session.
SELECT pg_try_advisory_lock(hashtextextended('taizhang move ' || current_schema(), 0))

-- find_head --
-- Whether a schema holds a ledger.
SELECT to_regclass(%(schema)s::text || '.head') IS NOT NULL

-- lock_head --
-- The end of the log, which then stays; also where the schema is older than this program.
SELECT position
FROM head
FOR UPDATE
