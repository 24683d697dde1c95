-- plan_once --
-- Every statement of a session is asked again and again with other values, and each look-up is
-- by key: one plan serves them all, also one that was made while the tables were empty.
SELECT
    set_config('plan_cache_mode', 'force_generic_plan', false),
    set_config('enable_seqscan', 'off', false)

-- read_row_types --
-- By what numbers the server knows the rows of the tables that an append writes to.
SELECT
    'event'::regtype::oid,
    'personal'::regtype::oid,
    'command'::regtype::oid,
    'claim'::regtype::oid

-- notify_followers --
-- Hint that the log has grown; losing the hint costs a poll, so it need not wait for the disk.
SELECT
    set_config('synchronous_commit', 'off', true),
    pg_notify(%(channel)s::text, (%(position)s::bigint)::text)
