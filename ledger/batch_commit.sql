-- rollback_append --
-- Give the end of the log back unchanged.
ROLLBACK

-- notify_followers --
-- Hint that the log has grown; losing the hint costs a poll, so it need not wait for the disk.
SELECT
    set_config('synchronous_commit', 'off', true),
    pg_notify(%(channel)s::text, (%(position)s::bigint)::text)
