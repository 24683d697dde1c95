-- read_later_events --
-- What was recorded in one stream since a version, oldest first.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(originator_id)s::uuid
    AND version > %(after_version)s::integer
ORDER BY version
