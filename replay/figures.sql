-- read_head --
-- Last position of the log.
SELECT position
FROM head

-- read_recorded_at --
-- When an event came into the log.
SELECT recorded_at
FROM event
WHERE position = %(position)s::bigint

-- read_scope_events --
-- All that was declared of the intake of scopes by a position.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE topic LIKE 'scope.%%'
    AND position <= %(position)s::bigint
ORDER BY position
