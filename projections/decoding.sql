-- read_events --
-- The next stretch of the log.
SELECT
    position,
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE position > %(after)s::bigint
    AND position <= %(upto)s::bigint
ORDER BY position
LIMIT %(limit)s::integer
