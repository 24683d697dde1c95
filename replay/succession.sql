-- read_roster_events --
-- What the roster's stream held by a position, oldest first.
SELECT
    topic,
    schema_version,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(roster_id)s::uuid
    AND position <= %(position)s::bigint
ORDER BY version
